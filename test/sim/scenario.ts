/** Draws one conversation over one bad network from a seed: everything that a test may vary, within bounds that keep a run short. */
import type { Impairment } from '../../src/device/impairment.js';
import { makeConfig, type TcpConfig } from '../../src/tcp/config.js';
import { Random } from '../../src/util/random.js';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/util/units.js';
import type { Closing, Manners } from './talker.js';

export interface Scenario {
  readonly seed: number;
  readonly ipv6: boolean;
  readonly mtu: number;
  readonly opening: 'active-passive' | 'simultaneous';
  /** Somebody breaks the connection: then not everything that was sent need arrive. */
  readonly broken: boolean;
  readonly a: Party;
  readonly b: Party;
}

export interface Party {
  readonly config: TcpConfig;
  readonly out: Impairment;
  readonly manners: Manners;
  /** Initial send sequence number, or null: as the stack chooses. */
  readonly iss: number | null;
}

export interface Wishes {
  /** Both initial sequence numbers so few octets before the wrap. */
  readonly wrap?: boolean;
  /** Upper bound of what one side sends, octets. Default 60,000, now and then 400,000. */
  readonly most?: number;
}

/** The orders in which two users can close, as [a, b]. */
const PEACEFUL: readonly (readonly [Closing, Closing])[] = [
  ['when-sent', 'after-peer'], ['after-peer', 'when-sent'], ['when-sent', 'when-sent'],
  ['when-sent', 'release-when-done'], ['release-when-done', 'when-sent'],
];
const BREAKING: readonly (readonly [Closing, Closing])[] = [
  ['abort', 'after-peer'], ['when-sent', 'abort'], ['release-early', 'after-peer'], ['when-sent', 'release-early'], ['abort', 'abort'], ['release-early', 'release-early'],
];

export function drawScenario(seed: number, wishes: Wishes = {}): Scenario {
  const random = new Random(seed);
  const ipv6 = random.chance(0.35);
  const broken = random.chance(0.2);
  const [closingA, closingB] = random.pick(broken ? BREAKING : PEACEFUL);
  const mtu = ipv6 ? random.pick([1280, 1500, 4000, 9000]) : random.pick([random.int(200, 1500), 576, 1280, 1500, 1500, 9000]);
  // Half-closed, then the other way: only one of the two can wait for the other.
  const waits = random.chance(0.2) ? (closingA === 'when-sent' ? 'b' : closingB === 'when-sent' ? 'a' : null) : null;
  const most = wishes.most ?? (random.chance(0.15) ? 400_000 : 60_000);
  const configs = { a: drawConfig(random, broken), b: drawConfig(random, broken) };
  const party = (config: TcpConfig, peer: TcpConfig, closing: Closing, sendsAfterPeer: boolean): Party => {
    // What fits the smallest buffer on the way a few dozen times: a window of two octets is not for a hundred thousand.
    const fits = 20 + 25 * Math.min(config.sendBuffer, peer.receiveBuffer);
    const manners = drawManners(random, closing, sendsAfterPeer, most, fits);
    return { config, out: drawImpairment(random), manners, iss: wishes.wrap === true ? 0xfffffff0 : random.chance(0.3) ? drawIss(random) : null };
  };
  return {
    seed, ipv6, mtu, broken,
    opening: random.chance(0.1) ? 'simultaneous' : 'active-passive',
    a: party(configs.a, configs.b, closingA, waits === 'a'),
    b: party(configs.b, configs.a, closingB, waits === 'b'),
  };
}

/** Near the two places where comparisons go wrong: 0 and 2^31. */
const drawIss = (random: Random): number => (random.pick([0, 0x8000_0000]) - random.int(0, 20_000)) >>> 0;

/** From an octet to what a fast link needs, small ones often. */
const drawBuffer = (random: Random): number => Math.ceil(2 ** (random.float() * 18));

function drawConfig(random: Random, broken: boolean): TcpConfig {
  const receiveBuffer = random.chance(0.15) ? drawBuffer(random) : 512 + drawBuffer(random);
  return makeConfig({
    receiveBuffer,
    receiveBufferMax: random.pick([receiveBuffer, receiveBuffer, 200_000, 6_291_456]),
    sendBuffer: 64 + drawBuffer(random),
    windowScaling: random.chance(0.7),
    timestamps: random.chance(0.6),
    sack: random.chance(0.7),
    maxSegmentSize: random.chance(0.3) ? random.int(64, 1500) : Infinity,
    nagle: random.chance(0.7),
    delayedAck: random.pick([0, 40, 200, 499]) * MILLISECOND,
    swsOverride: random.pick([100, 200, 1000]) * MILLISECOND,
    rtoMin: random.pick([1, 10, 200, 1000]) * MILLISECOND,
    rtoMax: random.pick([20, 60, 120]) * SECOND,
    initialWindow: random.pick([1, 2, 4, 10]),
    slowStartLimit: random.pick([1, 2, Infinity]),
    challengeAckLimit: random.pick([1, 10, 100]),
    reassemblyRanges: random.pick([1, 2, 8, 256]),
    msl: random.pick([2, 5, 30]) * SECOND,
    // A network this bad must not end a connection; a peer that is really gone must.
    r2: 6 * HOUR,
    r2Syn: 30 * MINUTE,
    orphanRetries: Infinity,
    finWait2Timeout: 4 * HOUR,
    keepAlive: broken || random.chance(0.2),
    keepAliveIdle: random.pick([5, 30]) * SECOND,
    keepAliveInterval: random.pick([1, 10]) * SECOND,
    keepAliveProbes: 40,
    keepAliveOctet: random.chance(0.5),
  });
}

function drawManners(random: Random, closing: Closing, sendsAfterPeer: boolean, most: number, fits: number): Manners {
  const sends = random.chance(0.1) ? 0 : Math.min(random.int(1, most), fits);
  const size = (): number => Math.min(Math.ceil(2 ** (random.float() * 15)), 65_000);
  const writeMost = size();
  // Octet by octet is a matter of hundreds, not of tens of thousands.
  const amount = Math.min(sends, writeMost * 150);
  const readMost = Math.max(size(), Math.ceil(most / 200));
  const gap = (): number => (random.chance(0.3) ? random.pick([1, 20, 300]) * MILLISECOND : 0);
  return { sends: amount, writeMost, readMost, writeGap: gap(), readGap: gap(), sendsAfterPeer, closing, breaksAt: random.int(0, amount + 1) };
}

function drawImpairment(random: Random): Impairment {
  if (random.chance(0.15)) return {};
  const maybe = (p: number, value: number): number => (random.chance(p) ? value : 0);
  const rate = maybe(0.4, 10 ** (5 + 3 * random.float()));
  return {
    delay: maybe(0.8, random.pick([0.05, 1, 10, 50, 150]) * (1 + random.float()) * MILLISECOND),
    jitter: maybe(0.4, random.pick([0.1, 5, 50]) * MILLISECOND),
    loss: maybe(0.6, random.float() * 0.2),
    burst: random.chance(0.15) ? { p: 0.01 * random.float(), r: 0.2 + 0.5 * random.float() } : undefined,
    duplicate: maybe(0.4, random.float() * 0.1),
    reorder: maybe(0.4, random.float() * 0.2),
    reorderBy: random.pick([1, 5, 40]) * MILLISECOND,
    reorderPackets: random.pick([1, 3, 10, Infinity]),
    corrupt: maybe(0.4, random.float() * 0.05),
    rate,
    // A slow link's queue holds seconds, not minutes: segments must not outlive the MSL.
    limit: rate > 0 && rate < 1e6 ? random.int(4, 20) : random.pick([5, 20, 100, 1000]),
  };
}
