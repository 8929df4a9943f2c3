/** Eight ways to provoke a RST, each on a connection of its own (RFC 9293 §3.5.2, §3.6.1, §3.10.7; RFC 5961 §3.2). */
import { ACK, RST, SYN } from '../../wire/segment.js';
import type { LabSocket } from './lab-socket.js';
import { establish } from './pair.js';
import { atPort } from './seen.js';
import type { Stage } from './stage.js';

/** Octets from where a number would be right. */
const ELSEWHERE = 1_000;

export const KINDS = ['refused', 'half-open', 'challenge', 'syn-sent', 'linger-zero', 'unread', 'after-close', 'overflow'] as const;
export type ResetKind = (typeof KINDS)[number];

/** Plays one kind up to its RST. @returns what the program of the host that gets the RST is told, asked once the RST is there */
export type Provocation = (stage: Stage, port: number) => Promise<() => string>;

/** The error of a call that waits, or "-". */
const told = (socket: LabSocket) => (): string => {
  socket.receive();
  return socket.error === 'EAGAIN' || socket.error === '' ? '-' : socket.error;
};

/** The server has lost the connection, and the client does not know. */
async function forget(stage: Stage, port: number): Promise<LabSocket> {
  const { client, server } = await establish(stage, port);
  stage.accident({ from: 'server', match: (s) => s.srcPort === port && s.has(RST), action: 'drop', label: 'no-power' });
  server.lingerZero();
  server.close();
  return client;
}

export const RESETS: Readonly<Record<ResetKind, Provocation>> = {
  refused: async ({ client }, port) => {
    const socket = client.connect(port);
    return Promise.resolve(() => socket.takeFailure());
  },
  'half-open': async (stage, port) => {
    const client = await forget(stage, port);
    client.send('hello');
    return told(client);
  },
  challenge: async (stage, port) => {
    const client = await forget(stage, port);
    const next = stage.seen.findLast(atPort(port, ({ from }) => from === 'client'))?.view.absolute.ack ?? NaN;
    stage.inject('client', { srcPort: port, dstPort: client.port, seq: (next + ELSEWHERE) >>> 0, flags: RST, window: 0 });
    return told(client);
  },
  'syn-sent': async (stage, port) => {
    stage.accident({ from: 'client', match: (s) => s.dstPort === port && s.has(SYN), action: 'hold', times: Infinity, label: 'slow' });
    const socket = stage.client.connect(port);
    await stage.until(() => stage.seen.some(atPort(port, () => true)));
    const iss = stage.seen.find(atPort(port, () => true))?.view.absolute.seq ?? NaN;
    stage.inject('client', { srcPort: port, dstPort: socket.port, seq: 7_000, ack: (iss - ELSEWHERE) >>> 0, flags: SYN | ACK });
    return () => socket.takeFailure() || 'EINPROGRESS';
  },
  'linger-zero': async (stage, port) => {
    const { client, server } = await establish(stage, port);
    client.lingerZero();
    client.close();
    return told(server);
  },
  unread: async (stage, port) => {
    const { client, server } = await establish(stage, port);
    const length = server.send('never read');
    await stage.until(() => stage.seen.some(atPort(port, ({ from, view }) => from === 'client' && view.ack === 1 + length)));
    client.close();
    return told(server);
  },
  'after-close': async (stage, port) => {
    const { client, server } = await establish(stage, port);
    client.close();
    await stage.until(() => server.receive() === '' && server.ended);
    server.send('too late');
    return () => (server.send('again') < 0 ? server.error : '-');
  },
  overflow: async (stage, port) => {
    const { client, server } = stage;
    server.sysctl('net.ipv4.tcp_abort_on_overflow', 1);
    // Three may wait for accept(), one more than the backlog. Two have come; the next two come at once, and both get SYN,ACK.
    server.listen(port, 2);
    const waiting = [client.connect(port), client.connect(port)];
    await stage.until(() => waiting.every((socket) => stage.state('server', port, socket.port) === 'ESTABLISHED'));
    const [, last] = [client.connect(port), client.connect(port)];
    return told(last);
  },
};
