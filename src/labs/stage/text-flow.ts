/** What plays about the transfer of text ask for: text and bare ACKs that have passed, what a SACK option reports, and reading. */
import type { TcpView } from '../../observe/segment-view.js';
import type { Role } from '../ends/end.js';
import type { LabSocket } from './lab-socket.js';
import { Pair } from './pair.js';
import { bareAck, type Seen, withText } from './seen.js';
import type { Stage } from './stage.js';

/** Text that has been sent by that host, in order. @param since the length of `stage.seen` at an earlier moment */
export const textFrom = (stage: Stage, from: Role, since = 0): Seen[] => stage.seen.slice(since).filter(withText(from));

/** Segments with nothing but an acknowledgment. @param since as above */
export const acksFrom = (stage: Stage, from: Role, since = 0): Seen[] => stage.seen.slice(since).filter(bareAck(from));

/** D-SACK (RFC 2883 §4): the octets that have come twice, told by a first block that lies below the ACK or within the second block. */
export function cameTwice({ sack, ack }: TcpView): readonly [from: number, to: number] | undefined {
  const [first, second] = sack;
  if (first === undefined || ack === undefined) return undefined;
  const within = second !== undefined && first[0] >= second[0] && first[1] <= second[1];
  return first[1] <= ack || within ? first : undefined;
}

/** What a socket reads until it has so many octets, or the patience of the play is at an end. */
export async function readText(stage: Stage, socket: LabSocket, length: number): Promise<string> {
  let read = '';
  await stage.until(() => {
    read += socket.receive();
    return read.length >= length;
  });
  return read;
}

/** One question of the client's, and its answer. */
export async function exchange(stage: Stage, { client, server }: Pick<Pair, 'client' | 'server'>, question: string, answer: string): Promise<void> {
  client.send(question);
  await readText(stage, server, question.length);
  server.send(answer);
  await readText(stage, client, answer.length);
}

/** Sends texts one by one, each on the line before the next, so that a ladder shows at once what became of it. */
export async function speak(stage: Stage, socket: LabSocket, ...texts: readonly (string | Uint8Array)[]): Promise<void> {
  for (const text of texts) {
    socket.send(text);
    await stage.until(() => true);
  }
}
