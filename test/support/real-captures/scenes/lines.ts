/** Bad lines: loss, reordering, duplication and delay between two kernels, by our own Netem and by nftables. */
import type { NetemOptions } from '../../../../src/device/netem.js';
import { going, isData, isPureAck } from '../../../../src/device/impairment.js';
import { type Contents, type Scene, scene } from '../scene.js';
import { A, B, type Stage } from '../stage.js';

const MS = 1000;
const PORT = 7531;

interface Transfer {
  readonly name: string;
  readonly weather: Omit<NetemOptions, 'clock'>;
  readonly client: readonly string[];
  readonly server: readonly string[];
  readonly ipv6?: boolean;
  readonly sysctls?: Readonly<Record<string, number>>;
  /** What the captures at A's and B's end of the line must hold. */
  readonly atA: Contents;
  readonly atB: Contents;
}

/** A is the client; both ends of the line are captured. */
const transfer = ({ name, weather, client, server, ipv6 = false, sysctls = {}, atA, atB }: Transfer): Scene => ({
  name,
  contents: { [name]: atA, [`${name}-b`]: atB },
  play: async (stage: Stage) => {
    const line = await stage.line(weather);
    for (const [key, value] of Object.entries(sysctls)) await Promise.all([line.a.sysctl(key, value), line.b.sysctl(key, value)]);
    await Promise.all([stage.capture(line.a, { on: line.atA }), stage.capture(line.b, { on: line.atB, as: `${name}-b` })]);
    const host = `${ipv6 ? B.v6 : B.v4},${PORT}`;
    const serving = stage.peer(line.b, `listen=${host}`, 'accept', ...server);
    await serving.printed('listening');
    const calling = stage.peer(line.a, `connect=${host}`, ...client);
    await Promise.all([calling.succeeded(), serving.succeeded()]);
  },
});

const BOTH = ['both=300000', 'close'];
const SEND = ['send=200000', 'shut', 'drain', 'close'];
const TAKE = ['drain', 'close'];
const delay = 5 * MS;

const nftLoss = async (stage: Stage): Promise<void> => {
  const more = ['both=600000', 'close'];
  const network = await stage.network();
  await network.run('ip', 'link', 'set', 'lo', 'mtu', '1500');
  await network.run('nft', 'add table ip lossy; add chain ip lossy input { type filter hook input priority 0; }; add rule ip lossy input meta length > 500 numgen random mod 100 < 10 drop');
  await stage.capture(network);
  const server = stage.peer(network, `listen=127.0.0.1,${PORT}`, 'accept', ...more);
  await server.printed('listening');
  await Promise.all([stage.peer(network, `connect=127.0.0.1,${PORT}`, ...more).succeeded(), server.succeeded()]);
};

/** The capture begins in the middle of a conversation. */
const midStream = async (stage: Stage): Promise<void> => {
  const weather = { delay };
  const line = await stage.line({ in: weather, out: weather });
  const server = stage.peer(line.b, `listen=${B.v4},${PORT}`, 'accept', 'read=3000', 'say=half', 'both=100000', 'close');
  await server.printed('listening');
  const client = stage.peer(line.a, `connect=${B.v4},${PORT}`, 'send=3000', 'hear', 'both=100000', 'close');
  await server.printed('half');
  await stage.capture(line.a, { on: line.atA });
  client.tell();
  await Promise.all([client.succeeded(), server.succeeded()]);
};

/** One packet in eight is not captured (by the low bits of the IP identification), though all arrive. */
const holes = async (stage: Stage): Promise<void> => {
  const weather = { delay };
  const line = await stage.line({ in: weather, out: weather });
  await stage.capture(line.a, { on: line.atA, filter: 'ip[5] & 7 != 3' });
  const server = stage.peer(line.b, `listen=${B.v4},${PORT}`, 'accept', ...BOTH);
  await server.printed('listening');
  await Promise.all([stage.peer(line.a, `connect=${B.v4},${PORT}`, ...BOTH).succeeded(), server.succeeded()]);
};

export const lines: readonly Scene[] = [
  transfer({
    name: 'loss', weather: { seed: 3, in: { delay, loss: 0.05 }, out: { delay, loss: 0.05 } }, client: BOTH, server: BOTH,
    atA: { retransmission: 3, duplicate_ack: 1 }, atB: { retransmission: 3, duplicate_ack: 1 },
  }),
  transfer({
    name: 'loss-ipv6', ipv6: true, weather: { seed: 5, in: { delay, loss: 0.05 }, out: { delay, loss: 0.05 } }, client: BOTH, server: BOTH,
    atA: { retransmission: 3, duplicate_ack: 1 }, atB: { retransmission: 3, duplicate_ack: 1 },
  }),
  transfer({
    name: 'loss-no-sack', sysctls: { 'net.ipv4.tcp_sack': 0 }, weather: { seed: 7, in: { delay, loss: 0.05 }, out: { delay, loss: 0.02 } }, client: SEND, server: TAKE,
    atA: { retransmission: 3, duplicate_ack: 3 }, atB: { frames: 100 },
  }),
  transfer({
    name: 'reordering', weather: { seed: 11, in: { delay, reorder: 0.1, reorderBy: 3 * MS }, out: { delay, reorder: 0.05 } }, client: BOTH, server: BOTH,
    atA: { frames: 100 }, atB: { out_of_order: 3 },
  }),
  transfer({
    name: 'duplication', weather: { seed: 13, in: { delay, duplicate: 0.1 }, out: { delay, duplicate: 0.1 } }, client: BOTH, server: BOTH,
    atA: { frames: 100, duplicate_ack: 1 }, atB: { frames: 100 },
  }),
  transfer({
    name: 'all-at-once', client: BOTH, server: BOTH,
    weather: { seed: 17, in: { delay, jitter: MS, loss: 0.03, reorder: 0.03, duplicate: 0.03 }, out: { delay, jitter: MS, loss: 0.03, reorder: 0.03, duplicate: 0.03 } },
    atA: { retransmission: 3, duplicate_ack: 1 }, atB: { retransmission: 3, duplicate_ack: 1 },
  }),
  transfer({
    name: 'delay', weather: { in: { delay: 60 * MS }, out: { delay: 60 * MS } }, client: SEND, server: TAKE,
    atA: { frames: 100 }, atB: { frames: 100 },
  }),
  transfer({
    name: 'fast-retransmit', sysctls: { 'net.ipv4.tcp_sack': 0 }, client: SEND, server: TAKE,
    weather: { in: { delay }, out: { delay }, gremlins: [20, 60].map((nth) => ({ match: going('in', isData), nth, action: 'drop' as const, label: 'a data segment is lost' })) },
    atA: { fast_retransmission: 1, duplicate_ack: 3 }, atB: { duplicate_ack: 3 },
  }),
  transfer({
    name: 'tail-loss', client: ['send=9000', 'drain', 'close'], server: ['read=9000', 'wait=50', 'shut', 'drain', 'close'],
    weather: { in: { delay }, out: { delay }, gremlins: [{ match: going('in', isData), nth: 7, action: 'drop', label: 'the last data segment is lost' }] },
    atA: { retransmission: 1 }, atB: { frames: 10 },
  }),
  transfer({
    name: 'acks-lost', client: ['send=1000', 'wait=1200', 'send=1000', 'shut', 'drain', 'close'], server: TAKE,
    weather: { in: { delay }, out: { delay }, gremlins: [{ match: going('out', isPureAck), nth: 1, times: 2, action: 'drop', label: 'two ACKs are lost' }] },
    atA: { retransmission: 1 }, atB: { spurious_retransmission: 1 },
  }),
  transfer({
    name: 'late-acks', client: ['send=20000', 'wait=800', 'send=1000', 'shut', 'drain', 'close'], server: TAKE,
    weather: { in: { delay }, out: { delay }, gremlins: [{ match: going('out', isPureAck), nth: 2, times: 40, action: { delay: 700 * MS }, label: 'ACKs are late' }] },
    atA: { retransmission: 1 }, atB: { spurious_retransmission: 1 },
  }),
  scene('loss-nft', { retransmission: 3, duplicate_ack: 1 }, nftLoss, ['nft']),
  scene('mid-stream', { frames: 60, streams: 1 }, midStream),
  scene('holes', { lost_segment: 3, ack_lost_segment: 1 }, holes),
  scene('loss-one-direction', { frames: 20 }, async (stage) => {
    const bad = { delay, loss: 0.05 };
    const line = await stage.line({ seed: 23, in: bad, out: bad });
    await stage.capture(line.a, { on: line.atA, filter: `src host ${A.v4}` });
    const server = stage.peer(line.b, `listen=${B.v4},${PORT}`, 'accept', ...TAKE);
    await server.printed('listening');
    await Promise.all([stage.peer(line.a, `connect=${B.v4},${PORT}`, ...SEND).succeeded(), server.succeeded()]);
  }),
];
