/** The ways in which conversations begin and end, orderly and not. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Direction, going, isData, isFin } from '../../../../src/device/impairment.js';
import type { Segment } from '../../../../src/wire/segment.js';
import { type Contents, type Scene, scene } from '../scene.js';
import { A, B, type Stage } from '../stage.js';

const HOST = '127.0.0.1,7531';
const MS = 1000;

const killedPeer = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const server = stage.peer(network, `listen=${HOST}`, 'accept', 'hear');
  await server.printed('listening');
  const client = stage.peer(network, `connect=${HOST}`, 'send=5000', 'say=sent', 'hear', 'send=5000', 'wait=100', 'send=5000');
  await client.printed('sent');
  await server.end('SIGKILL');
  client.tell();
  await client.succeeded();
};

const unreadClose = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const server = stage.peer(network, `listen=${HOST}`, 'accept', 'read=100', 'hear', 'close');
  await server.printed('listening');
  const client = stage.peer(network, `connect=${HOST}`, 'send=20000', 'say=sent', 'drain');
  await client.printed('sent');
  await pause(50);
  server.tell();
  await Promise.all([server.succeeded(), client.succeeded()]);
};

/** Both ends of a line of 30 ms each way do their steps at once, from `hear` on, so that what they send crosses. */
const crossing = (name: string, contents: Contents, a: readonly string[], b: readonly string[]): Scene => ({
  name,
  contents: { [name]: contents, [`${name}-b`]: contents },
  play: async (stage) => {
    const weather = { delay: 30 * MS };
    const line = await stage.line({ in: weather, out: weather });
    await Promise.all([stage.capture(line.a, { on: line.atA }), stage.capture(line.b, { on: line.atB, as: `${name}-b` })]);
    const right = stage.peer(line.b, ...b);
    await right.printed(READY);
    const left = stage.peer(line.a, ...a);
    await Promise.all([left.printed('at once'), right.printed('at once')]);
    left.tell();
    right.tell();
    await Promise.all([left.succeeded(), right.succeeded()]);
  },
});

/** What the passive side of a crossing prints when the other one may begin. */
const READY = /listening|at once/;
const NOW = ['say=at once', 'hear'];
const TALK = ['send=1000', 'read=1000'];
const END = ['shut', 'drain', 'close'];

const simultaneousOpen = crossing('simultaneous-open', { frames: 8, streams: 1, crossing_syns: 1 },
  [`bind=${A.v4},7541`, ...NOW, `connect=${B.v4},7542`, ...TALK, ...END], [`bind=${B.v4},7542`, ...NOW, `connect=${A.v4},7541`, ...TALK, ...END]);

const simultaneousClose = crossing('simultaneous-close', { frames: 9, streams: 1, crossing_fins: 1 },
  [`connect=${B.v4},7531`, ...TALK, ...NOW, ...END], [`listen=${B.v4},7531`, 'accept', ...TALK, ...NOW, ...END]);

const halfClose = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const server = stage.peer(network, `listen=${HOST}`, 'accept', 'drain', 'send=30000', 'wait=100', 'send=30000', 'close');
  await server.printed('listening');
  const nc = network.start('nc.openbsd', ['-N', '127.0.0.1', '7531']);
  nc.child.stdin?.end('a question\n');
  await Promise.all([server.succeeded(), nc.succeeded()]);
};

const scanned = (kind: string) => async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const server = stage.peer(network, `listen=${HOST}`, 'hear');
  await server.printed('listening');
  await network.run('nmap', '-n', '-Pn', '--max-retries', '0', kind, '-p', '7521-7541', '127.0.0.1');
  server.tell();
  await server.succeeded();
};

const knocked = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const server = stage.peer(network, `listen=${HOST}`, 'hear');
  await server.printed('listening');
  await network.start('nc.openbsd', ['-n', '-z', '127.0.0.1', '7526-7536']).ended;
  server.tell();
  await server.succeeded();
};

const refused = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  await stage.peer(network, `connect=${HOST}`, 'connect=::1,7531').succeeded();
};

/** The line swallows all: SYNs go out again and again. */
const noAnswer = async (stage: Stage): Promise<void> => {
  const line = await stage.line({ in: { loss: 1 } });
  await stage.capture(line.a, { on: line.atA });
  stage.peer(line.a, `connect=${B.v4},7531`);
  await pause(3500);
  await stage.finish();
};

/** Conversations that have come to different points when the capture ends: open, closed by one side, closing, refused. */
const leftOpen = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const talks: readonly (readonly [port: number, server: readonly string[], client: readonly string[]])[] = [
    [7532, ['read=100', 'send=100'], ['send=100', 'read=100']],
    [7533, ['drain', 'send=5000'], ['send=100', 'shut', 'read=5000']],
    [7534, ['close'], ['drain']],
    [7535, ['drain', 'close'], ['send=100', 'close']],
  ];
  await Promise.all(talks.map(async ([port, server, client]) => {
    const serving = stage.peer(network, `listen=127.0.0.1,${port}`, 'accept', ...server, 'say=here', 'hear');
    await serving.printed('listening');
    const calling = stage.peer(network, `connect=127.0.0.1,${port}`, ...client, 'say=here', 'hear');
    await Promise.all([serving.printed('here'), calling.printed('here')]);
  }));
  await stage.finish();
};

/** From the first FIN on the line swallows what comes to A: its FIN is never acknowledged. */
const leftClosing = async (stage: Stage): Promise<void> => {
  let ended = false;
  const line = await stage.line({
    gremlins: [{ match: (segment, direction) => { ended ||= direction === 'in' && isFin(segment); return ended && direction === 'out'; }, times: Infinity, action: 'drop', label: 'silence' }],
  });
  await Promise.all([stage.capture(line.a, { on: line.atA }), stage.capture(line.b, { on: line.atB, as: 'left-closing-b' })]);
  const server = stage.peer(line.b, `listen=${B.v4},7531`, 'accept', 'drain', 'close', 'hear');
  await server.printed('listening');
  const client = stage.peer(line.a, `connect=${B.v4},7531`, 'send=300', 'shut', 'say=shut', 'hear');
  await client.printed('shut');
  await pause(700);
  await stage.finish();
};

/** FINs cross; then the line swallows all: neither end hears of its FIN. */
const leftCrossing = async (stage: Stage): Promise<void> => {
  const ended = new Set<Direction>();
  const lost = (segment: Segment, direction: Direction): boolean => {
    if (ended.size === 2) return true;
    if (isFin(segment)) ended.add(direction);
    return false;
  };
  const line = await stage.line({ in: { delay: 30 * MS }, out: { delay: 30 * MS }, gremlins: [{ match: lost, times: Infinity, action: 'drop', label: 'silence' }] });
  await Promise.all([stage.capture(line.a, { on: line.atA }), stage.capture(line.b, { on: line.atB, as: 'left-crossing-b' })]);
  const server = stage.peer(line.b, `listen=${B.v4},7531`, 'accept', ...TALK, ...NOW, 'shut', 'hear');
  await server.printed('listening');
  const client = stage.peer(line.a, `connect=${B.v4},7531`, ...TALK, ...NOW, 'shut', 'hear');
  await Promise.all([server.printed('at once'), client.printed('at once')]);
  server.tell();
  client.tell();
  await pause(600);
  await stage.finish();
};

/** Conversations one after another between the same two ports, each ended by a reset; then without. */
const samePorts = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const server = stage.peer(network, `listen=${HOST}`, 'serve=12,400');
  await server.printed('listening');
  await stage.peer(network, 'set=linger0', 'bind=127.0.0.1,7541', `visit=${HOST},6,300`,
    ...Array.from({ length: 6 }, () => [`connect=${HOST}`, 'send=300', 'read=0', 'close']).flat()).succeeded();
  await server.succeeded();
};

const manyShort = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network, { snap: 1600 });
  const server = stage.peer(network, `listen=${HOST}`, 'serve=80,500');
  await server.printed('listening');
  await Promise.all([1, 2].map(() => stage.peer(network, `visit=${HOST},40,200`).succeeded()));
  await server.succeeded();
};

/** Data is never answered: who sent it gives up, with a reset. */
const abandoned = async (stage: Stage): Promise<void> => {
  const line = await stage.line({ gremlins: [{ match: going('in', isData), times: Infinity, action: 'drop', label: 'all data is lost' }] });
  await stage.capture(line.a, { on: line.atA });
  const server = stage.peer(line.b, `listen=${B.v4},7531`, 'accept', 'drain', 'close');
  await server.printed('listening');
  await stage.peer(line.a, 'set=linger0', `connect=${B.v4},7531`, 'send=3000', 'wait=1500', 'close').succeeded();
  await server.succeeded();
};

export const endings: readonly Scene[] = [
  scene('killed-peer', { resets: 1 }, killedPeer),
  scene('unread-close', { resets: 1 }, unreadClose),
  simultaneousOpen,
  simultaneousClose,
  scene('half-close', { frames: 8 }, halfClose, ['nc.openbsd']),
  scene('scan-syn', { resets: 20, streams: 21 }, scanned('-sS'), ['nmap']),
  scene('scan-connect', { resets: 20, streams: 21 }, scanned('-sT'), ['nmap']),
  scene('scan-nc', { resets: 10, streams: 11 }, knocked, ['nc.openbsd']),
  scene('refused', { resets: 2, streams: 2 }, refused),
  scene('no-answer', { frames: 3, retransmission: 2 }, noAnswer),
  scene('same-ports', { reused_ports: 5, streams: 6 }, samePorts),
  scene('left-open', { streams: 4 }, leftOpen),
  { name: 'left-closing', contents: { 'left-closing': { retransmission: 1 }, 'left-closing-b': { retransmission: 1 } }, play: leftClosing },
  { name: 'left-crossing', contents: { 'left-crossing': { crossing_fins: 1 }, 'left-crossing-b': { crossing_fins: 1 } }, play: leftCrossing },
  scene('many-short', { streams: 80 }, manyShort),
  scene('abandoned', { retransmission: 2, resets: 1 }, abandoned),
];
