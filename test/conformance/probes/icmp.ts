/** ICMP that must not be sent: a script waits for packets, it cannot say that none of a kind ever comes. */
import { Linux } from '../../../src/bsd/constants.js';
import { SocketCalls } from '../../../src/bsd/socket-calls.js';
import { PROTO_ICMP } from '../../../src/wire/ip.js';
import { ACK, FIN, PSH, RST, SYN } from '../../../src/wire/segment.js';
import { probe, type Probe } from '../checks.js';
import { bareSegment, type End } from '../peer.js';

const US: End = { address: '192.0.2.2', port: 8080 };
const NOBODY: End = { address: US.address, port: 9 };
const SOURCE_QUENCH = 4;
const MANY = 300;

const peer = (port: number): End => ({ address: '192.0.2.1', port });

/** A listener with a short queue, cookies off: most of what comes has to be dropped. */
function crowded(): SocketCalls {
  const calls = new SocketCalls({ addresses: [`${US.address}/24`], profile: 'own' });
  calls.sysctl('net.ipv4.tcp_syncookies', 0);
  calls.sysctl('net.ipv4.tcp_max_syn_backlog', 4);
  const fd = calls.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1;
  calls.bind(fd, { family: Linux.AF_INET, address: US.address, port: US.port });
  calls.listen(fd, 2);
  return calls;
}

/** More of everything than there is room for: SYNs, text outside every window, resets, strays, packets with a wrong checksum. */
function flood(calls: SocketCalls): void {
  for (let i = 0; i < MANY; i++) {
    for (const flags of [SYN, ACK, ACK | PSH, FIN | ACK, RST, SYN | ACK]) calls.packetIn(bareSegment(flags, peer(5000 + i), i % 3 === 0 ? NOBODY : US, 1000 * i, 7));
    const spoilt = bareSegment(ACK, peer(5000 + i), US);
    spoilt[spoilt.length - 1] ^= 1;
    calls.packetIn(spoilt);
  }
}

function noSourceQuench(): string | null {
  const calls = crowded();
  flood(calls);
  const sent: Uint8Array[] = [];
  for (let packet = calls.takePacket(); packet !== undefined; packet = calls.takePacket()) sent.push(packet.octets);
  const dropped = MANY * 7 - sent.length;
  if (sent.length === 0 || dropped === 0) return `nothing was too much: ${sent.length} packets sent, ${dropped} dropped`;
  const quenched = sent.filter((octets) => octets[9] === PROTO_ICMP && octets[20] === SOURCE_QUENCH);
  return quenched.length === 0 ? null : `${quenched.length} Source Quench messages were sent`;
}

export const probes: readonly Probe[] = [
  probe('however much has to be dropped, no Source Quench is sent', ['6633-2'], noSourceQuench, {
    rules: ['syn-queue-full', 'discarded'], onKernel: { kind: 'not run', reason: 'a script cannot say that a packet never comes' },
  }),
];
