/** IP options that came with a segment, as the user finds them: socket calls have no word for it. */
import { Linux } from '../../../src/bsd/constants.js';
import { SocketCalls } from '../../../src/bsd/socket-calls.js';
import { Address } from '../../../src/util/address.js';
import { PROTO_TCP } from '../../../src/wire/ip.js';
import type { ReceivedIpOptions } from '../../../src/wire/ip-options.js';
import { IPV4_HEADER, writeIpv4 } from '../../../src/wire/ipv4.js';
import { Packet } from '../../../src/wire/packet.js';
import { SYN } from '../../../src/wire/segment.js';
import { probe, type Probe } from '../checks.js';
import { bareSegment, type End } from '../peer.js';

const US: End = { address: '192.0.2.2', port: 8080 };
const PEER: End = { address: '192.0.2.1', port: 5000 };

/** What a connection knows of the IP options that its SYN came with. */
function received(area: readonly number[]): ReceivedIpOptions | null {
  const calls = new SocketCalls({ addresses: [US.address], profile: 'own' });
  const fd = calls.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1;
  calls.bind(fd, { family: Linux.AF_INET, ...US });
  calls.listen(fd, 1);
  const plain = bareSegment(SYN, PEER, US);
  const packet = new Packet(plain.length + area.length);
  packet.bytes.set(plain.subarray(IPV4_HEADER), IPV4_HEADER + area.length);
  const length = plain.length - IPV4_HEADER;
  writeIpv4(packet.view, 0, length, PROTO_TCP, Address.from(PEER.address), Address.from(US.address), 64, 0, 1, true, Uint8Array.from(area));
  calls.packetIn(packet.bytes);
  const [endpoint] = calls.stack.demux;
  return endpoint.info().rcvIpOptions;
}

/** Two gateways have written their address and their time. */
function timesAreRead(): string | null {
  const read = received([68, 20, 21, 1, 198, 51, 100, 7, 0, 0, 1, 0, 198, 51, 100, 8, 0, 0, 1, 9]);
  const text = read?.timestamps?.times.map(({ address, time }) => `${address?.toString()} at ${time}`).join(', ');
  return text === '198.51.100.7 at 256, 198.51.100.8 at 265' ? null : `read: ${text}`;
}

/** One gateway has written its address into the first of two slots. */
function routeIsRead(): string | null {
  const text = received([7, 11, 8, 198, 51, 100, 7, 0, 0, 0, 0, 0])?.recordRoute?.join(', ');
  return text === '198.51.100.7' ? null : `read: ${text}`;
}

export const probes: readonly Probe[] = [
  probe('times that gateways wrote into a segment are there for the user', ['MAY-10'], timesAreRead, { rules: ['ip-options-taken'] }),
  probe('gateways that wrote themselves into a segment are there for the user', ['MAY-11'], routeIsRead, { rules: ['ip-options-taken'] }),
];
