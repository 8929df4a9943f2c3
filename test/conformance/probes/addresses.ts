/** Which addresses packets may come from and go to; and which of ours speaks. A script has one address on each side, these need more. */
import { Linux } from '../../../src/bsd/constants.js';
import { SocketCalls } from '../../../src/bsd/socket-calls.js';
import { ACK, SYN } from '../../../src/wire/segment.js';
import { probe, type Probe } from '../checks.js';
import { bareSegment, readAnswer, type Answer, type End } from '../peer.js';

const FIRST = '192.0.2.2';
const SECOND = '198.51.100.2';
const SIXTH = '2001:db8::2';
const PEER: End = { address: '192.0.2.1', port: 5000 };
const PORT = 8080;
const NO_SCRIPT = { onKernel: { kind: 'not run', reason: 'a script has one address on each side' } } as const;

const host = (): SocketCalls => new SocketCalls({ addresses: [`${FIRST}/24`, `${SECOND}/24`, `${SIXTH}/64`] });
const v4 = (address: string, port: number) => ({ family: Linux.AF_INET, address, port });

function allSent(calls: SocketCalls): Answer[] {
  const answers: Answer[] = [];
  for (let packet = calls.takePacket(); packet !== undefined; packet = calls.takePacket()) answers.push(readAnswer(packet.octets));
  return answers;
}

function listening(): SocketCalls {
  const calls = host();
  const fd = calls.socket(Linux.AF_INET6, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1; // takes both versions
  calls.bind(fd, { family: Linux.AF_INET6, address: '::', port: PORT });
  calls.listen(fd, 100);
  return calls;
}

/** SYNs and ACKs from and to such addresses: not a packet comes back, and no connection is there. */
function silence(cases: readonly (readonly [from: string, to: string])[]): string | null {
  const calls = listening();
  for (const [from, to] of cases) {
    for (const flags of [SYN, ACK]) {
      calls.packetIn(bareSegment(flags, { address: from, port: 5000 }, { address: to, port: PORT }));
      if (allSent(calls).length > 0) return `a segment from ${from} to ${to} was answered`;
    }
  }
  if (calls.stack.demux.size > 0) return 'a connection was made';
  calls.packetIn(bareSegment(SYN, PEER, { address: FIRST, port: PORT }));
  return allSent(calls).length === 1 ? null : 'a good SYN was not answered either';
}

const badSources = (): string | null => silence([
  ...['0.0.0.0', '0.1.2.3', '127.0.0.1', '224.0.0.1', '239.255.0.1', '255.255.255.255', '192.0.2.255', FIRST, SECOND].map((from) => [from, FIRST] as const),
  ...['::', '::1', 'ff02::1', SIXTH].map((from) => [from, SIXTH] as const),
]);

const badDestinations = (): string | null => silence([
  ...['224.0.0.1', '239.1.2.3', '255.255.255.255', '192.0.2.255', '198.51.100.255'].map((to) => [PEER.address, to] as const),
  ...['ff02::1', 'ff0e::1234'].map((to) => ['2001:db8::1', to] as const),
]);

/** Opens to the peer, from an address if one is given. @returns from where everything was sent, up to the ACK of his SYN,ACK */
function sources(to: End, from?: string): string[] {
  const calls = host();
  const fd = calls.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1;
  if (from !== undefined) calls.bind(fd, v4(from, 0));
  calls.connect(fd, v4(to.address, to.port));
  const [syn] = allSent(calls);
  calls.packetIn(bareSegment(SYN | ACK, to, syn.from, 0, syn.seq + 1));
  calls.write(fd, new Uint8Array(10));
  return [syn, ...allSent(calls)].map((answer) => answer.from.address);
}

const all = (addresses: readonly string[], wanted: string): string | null =>
  addresses.length >= 3 && addresses.every((address) => address === wanted) ? null : `segments came from ${addresses.join(', ')}, not from ${wanted}`;

const chosenByIp = (): string | null => all(sources(PEER), FIRST) ?? all(sources({ address: '198.51.100.1', port: 5000 }), SECOND);
const given = (): string | null => all(sources(PEER, SECOND), SECOND);

function passiveKeepsAddress(): string | null {
  const calls = listening();
  calls.packetIn(bareSegment(SYN, PEER, { address: SECOND, port: PORT }));
  return allSent(calls)[0]?.from.address === SECOND ? null : 'the SYN,ACK came from another address than the SYN went to';
}

function noOpenToMany(): string | null {
  for (const address of ['192.0.2.255', '198.51.100.255', '255.255.255.255', '224.0.0.1']) {
    const calls = host();
    const fd = calls.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1;
    const answer = calls.connect(fd, v4(address, 80)).result;
    if (answer?.errno === 0 || allSent(calls).length > 0) return `an OPEN to ${address} was tried`;
  }
  return null;
}

export const probes: readonly Probe[] = [
  probe('segments from addresses that nobody can have are dropped in silence', ['1122-3.2.1.3', 'MUST-63'], badSources, { ...NO_SCRIPT, rules: ['discarded'] }),
  probe('segments to multicast and broadcast addresses are dropped in silence', ['MUST-57.1', 'MUST-57.2'], badDestinations, { ...NO_SCRIPT, rules: ['discarded'] }),
  probe('an OPEN to a broadcast address of a subnet is an error', ['MUST-46.1'], noOpenToMany, NO_SCRIPT),
  probe('the address that an active OPEN does not name is the one of the peer\'s subnet', ['MUST-44'], chosenByIp, NO_SCRIPT),
  probe('the address that an active OPEN names is in all its segments', ['MUST-45'], given, NO_SCRIPT),
  probe('a passive OPEN answers from the address that was asked', ['MUST-45'], passiveKeepsAddress, NO_SCRIPT),
];
