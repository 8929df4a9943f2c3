/** Initial sequence numbers and ephemeral ports: what they have to do with the clock, with the sockets, and with a secret. */
import { Linux } from '../../../src/bsd/constants.js';
import { SocketCalls } from '../../../src/bsd/socket-calls.js';
import { TupleHash } from '../../../src/stack/isn.js';
import { SYN } from '../../../src/wire/segment.js';
import { probe, type Probe } from '../checks.js';
import { bareSegment, readAnswer, type End } from '../peer.js';

const US: End = { address: '192.0.2.2', port: 8080 };
const PEER: End = { address: '192.0.2.1', port: 5000 };
const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

interface World {
  /** Decides the secret. */
  readonly seed?: number;
  readonly start?: number;
}

const NO_SECRET = { onKernel: { kind: 'not run', reason: 'no script can set its clock and its secret' } } as const;

const hostIn = ({ seed = 1, start = SECOND }: World): SocketCalls => new SocketCalls({ addresses: [US.address, '192.0.2.3'], seed, start });
const addressOf = ({ address, port }: End) => ({ family: Linux.AF_INET, address, port });

function sent(calls: SocketCalls) {
  const packet = calls.takePacket();
  if (packet === undefined) throw new Error('nothing was sent');
  return readAnswer(packet.octets);
}

function socketOf(calls: SocketCalls): number {
  return calls.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1;
}

/** The ISN of an active OPEN. */
function activeIsn(world: World, from = US, to = PEER): number {
  const calls = hostIn(world);
  const fd = socketOf(calls);
  calls.bind(fd, addressOf(from));
  calls.connect(fd, addressOf(to));
  return sent(calls).seq >>> 0;
}

/** The ISNs of passive ones, at one instant. */
function isnsFor(world: World, peers: readonly End[]): number[] {
  const calls = hostIn(world);
  const fd = socketOf(calls);
  calls.bind(fd, addressOf(US));
  calls.listen(fd, peers.length);
  return peers.map((peer) => {
    calls.packetIn(bareSegment(SYN, peer, US));
    return sent(calls).seq >>> 0;
  });
}

const passiveIsn = (world: World): number => isnsFor(world, [PEER])[0];

/** The first ephemeral port for a peer. */
function portTowards(world: World, to: End): number {
  const calls = hostIn(world);
  calls.connect(socketOf(calls), addressOf(to));
  return sent(calls).from.port;
}

const distinct = (numbers: readonly number[]): number => new Set(numbers).size;
const peerNumber = (i: number): End => ({ address: `198.51.100.${1 + (i % 250)}`, port: 80 + Math.floor(i / 250) });
const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** §3.4.1: one more every 4 µs. */
function clockDriven(): string | null {
  for (const isn of [activeIsn, passiveIsn]) {
    for (const later of [4, SECOND, 3 * HOUR]) {
      const step = (isn({ start: SECOND + later }) - isn({})) >>> 0;
      if (step !== later / 4) return `${later} µs later the ISN of ${isn.name} is ${step} higher, not ${later / 4}`;
    }
  }
  return null;
}

function ofSocketsAndSecret(): string | null {
  const { port } = US;
  const isns = [
    activeIsn({}), activeIsn({ seed: 2 }),
    activeIsn({}, { address: '192.0.2.3', port }), activeIsn({}, { address: US.address, port: port + 1 }),
    activeIsn({}, US, { address: '192.0.2.9', port: PEER.port }), activeIsn({}, US, { address: PEER.address, port: PEER.port + 1 }),
  ];
  if (distinct(isns) !== isns.length) return `ISNs of the same instant for other sockets or another secret: ${isns.join(', ')}, not all different`;
  return activeIsn({}) === isns[0] ? null : 'the same sockets, secret and instant give another ISN';
}

/** Who sees the ISNs for his own sockets learns nothing of another's: what lies between two peers depends on the secret. */
function notComputable(): string | null {
  const gaps = many(100, (seed) => {
    const [first, second] = isnsFor({ seed }, [peerNumber(1), peerNumber(2)]);
    return (first - second) >>> 0;
  });
  if (distinct(gaps) < 100) return `with 100 secrets there were only ${distinct(gaps)} distances between the ISNs of two peers`;
  const isns = isnsFor({}, many(500, peerNumber));
  for (let bit = 0; bit < 32; bit++) {
    const ones = isns.filter((isn) => ((isn >>> bit) & 1) === 1).length;
    if (ones < 175 || ones > 325) return `bit ${bit} is 1 in ${ones} of the ISNs for 500 peers`;
  }
  return null;
}

function shortSecretRefused(): string | null {
  try {
    return new TupleHash(new Uint8Array(15)) instanceof TupleHash ? 'a secret of 15 octets, which could be tried out, is taken' : null;
  } catch (error) {
    return error instanceof RangeError ? null : `the refusal is no RangeError: ${String(error)}`;
  }
}

function portsUnguessable(): string | null {
  const bySecret = many(50, (seed) => portTowards({ seed }, PEER));
  if (distinct(bySecret) < 45) return `50 secrets gave only ${distinct(bySecret)} ports for one peer`;
  const byPeer = many(50, (i) => portTowards({}, peerNumber(i)));
  if (distinct(byPeer) < 45) return `50 peers gave only ${distinct(byPeer)} ports`;
  const steps = byPeer.slice(1).map((port, i) => port - byPeer[i]);
  return distinct(steps) > 40 ? null : `from peer to peer there are only ${distinct(steps)} different steps`;
}

function wholeRangeUsed(): string | null {
  const calls = hostIn({});
  calls.sysctl('net.ipv4.ip_local_port_range', '50000 50099');
  const ports = many(100, () => {
    calls.connect(socketOf(calls), addressOf(PEER));
    return sent(calls).from.port;
  });
  if (distinct(ports) !== 100) return `100 connections to one peer from a range of 100 ports have ${distinct(ports)} ports`;
  const beyond = ports.find((port) => port < 50_000 || port > 50_099);
  if (beyond !== undefined) return `port ${beyond} is not of the range`;
  calls.connect(socketOf(calls), addressOf(PEER));
  return calls.takePacket() === undefined ? null : 'with every port in use for the peer another connection was begun';
}

export const probes: readonly Probe[] = [
  probe('the ISN of the same sockets is one higher every 4 µs', ['MUST-8', '6528-3'], clockDriven, NO_SECRET),
  probe('the ISN depends on both sockets and on a secret', ['SHLD-1', '6528-1'], ofSocketsAndSecret, NO_SECRET),
  probe('ISNs of different peers tell nothing of each other', ['MUST-9', '6528-2'], notComputable, NO_SECRET),
  probe('a secret that is too short is refused', ['MUST-9'], shortSecretRefused, NO_SECRET),
  probe('ephemeral ports depend on the peer and on a secret', ['6056-1'], portsUnguessable, NO_SECRET),
  probe('every ephemeral port is used, none twice for a peer', ['6056-2'], wholeRangeUsed),
];
