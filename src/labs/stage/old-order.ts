/** An order to a bank that the network holds up, and the next connection of the same four numbers into which it comes (RFC 9293 §3.4.3). */
import { Unsafe } from '../../tcp/unsafe.js';
import { MILLISECOND } from '../../util/units.js';
import type { Guessable } from './guessable.js';
import type { LabSocket } from './lab-socket.js';
import { accepted } from './opening.js';
import { atPort, type Seen, segment, withText } from './seen.js';
import type { Stage } from './stage.js';
import { readText } from './text-flow.js';

export const PORT = 80;
const GREETING = '220 bank.example ready: one order a line, please, and have a nice day.\r\n';
/** As long as the ISN's step: what follows it has the number that the next connection begins with. */
export const LOGIN = 'login alice'.padEnd(64, '.');
export const [OLD, NEW, MIXED] = ['pay 900', 'pay 100 to Bob', 'pay 900 to Bob'];
/** For the old segment to arrive, and its answer. */
const ENOUGH = 60 * MILLISECOND;

/** What is left out in one try. */
export interface Try {
  readonly key: string;
  readonly port: number;
  readonly guessable: boolean;
  readonly timestamps: boolean;
  readonly paws: boolean;
}

export const TRIES: readonly Try[] = [
  { key: 'none', port: 40_000, guessable: true, timestamps: false, paws: true },
  { key: 'clock', port: 40_001, guessable: false, timestamps: false, paws: true },
  { key: 'stamps', port: 40_002, guessable: true, timestamps: true, paws: true },
  { key: 'unread', port: 40_003, guessable: true, timestamps: true, paws: false },
];

const variantOf = ({ guessable, paws }: Try): Unsafe | null => (guessable ? (paws ? Unsafe.predictableIsn : Unsafe.predictableIsnNoPaws) : null);

/** The first connection: an order is held up by the network, sent again, and taken. The server closes first. */
export async function firstConnection(stage: Stage, guessable: Guessable, listener: LabSocket, attempt: Try): Promise<Seen> {
  const { port } = attempt;
  for (const host of [stage.client, stage.server]) host.sysctl('net.ipv4.tcp_timestamps', attempt.timestamps ? 1 : 0);
  stage.server.becomeUnsafe(variantOf(attempt));
  stage.accident({ from: 'client', match: (s) => s.srcPort === port && s.dataLength === OLD.length, action: 'hold', label: 'held' });
  const { client, server } = await open(stage, guessable, listener, attempt);
  client.send(LOGIN);
  let read = await readText(stage, server, LOGIN.length);
  client.send(OLD);
  await stage.until(() => (read += server.receive()) === LOGIN + OLD);
  server.close();
  await stage.until(() => (client.receive(), client.ended));
  client.close();
  await stage.until(() => stage.state('client', port, PORT) === 'CLOSED');
  return stage.seen.find((s) => s.fate === 'held' && atPort(port, withText('client'))(s)) as Seen;
}

async function open(stage: Stage, guessable: Guessable, listener: LabSocket, attempt: Try): Promise<{ readonly client: LabSocket; readonly server: LabSocket }> {
  const client = guessable.socket(attempt.port, attempt.guessable).connect(stage.server.address, PORT);
  const server = await accepted(stage, listener);
  if (server === undefined) throw new Error(`no connection came about (${client.error})`);
  server.send(GREETING);
  await readText(stage, client, GREETING.length);
  return { client, server };
}

export interface SecondConnection {
  /** What the server has read. */
  readonly read: string;
  /** All of the connection but its end. */
  readonly passed: readonly Seen[];
}

/** The old segment comes into the second connection before its client has said anything. */
export async function secondConnection(stage: Stage, guessable: Guessable, listener: LabSocket, attempt: Try): Promise<SecondConnection> {
  const { length } = stage.seen;
  const { client, server } = await open(stage, guessable, listener, attempt);
  stage.say('release', { old: OLD });
  stage.release();
  await stage.pause(ENOUGH);
  client.send(NEW);
  const read = await readText(stage, server, NEW.length);
  await stage.until(() => stage.seen.some(atPort(attempt.port, segment('server', 'ACK', { ack: 1 + NEW.length }))));
  const passed = stage.seen.slice(length);
  for (const socket of [client, server]) {
    socket.lingerZero();
    socket.close();
  }
  await stage.pause(ENOUGH);
  return { read, passed };
}
