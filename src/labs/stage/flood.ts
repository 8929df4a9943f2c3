/** A flood of SYNs with text from forged addresses, in small, and what of their text the flooded host has kept. */
import { MILLISECOND } from '../../util/units.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Role } from '../ends/end.js';
import type { LabSocket } from './lab-socket.js';
import { atPort, type Seen, segment } from './seen.js';
import type { Stage } from './stage.js';

export interface Flood {
  readonly to: Role;
  readonly port: number;
  readonly listener: LabSocket;
  readonly syns: number;
  /** Octets of text in each. */
  readonly octets: number;
  /** TCP options of each SYN. */
  readonly options?: Uint8Array;
}

/** Nobody has these addresses. */
const [FIRST_HOST, FROM, FIRST_NUMBER] = [100, 50_000, 7_000];
const CROSSING = 30 * MILLISECOND;

const addressOf = (stage: Stage, to: Role, n: number): string => stage.host(to).address.replace(/\d+$/, `${FIRST_HOST + n}`);

/** @returns the SYN,ACKs, one for each SYN unless some got none */
export async function flood(stage: Stage, { to, port, syns, octets, options }: Flood): Promise<readonly Seen[]> {
  const text = new Uint8Array(octets).fill(0x61);
  const from = stage.seen.length;
  for (let n = 0; n < syns; n++) stage.inject(to, { src: addressOf(stage, to, n), srcPort: FROM, dstPort: port, seq: FIRST_NUMBER, flags: SYN, text, ...(options === undefined ? {} : { options }) });
  const answers = (): Seen[] => stage.seen.slice(from).filter(atPort(port, segment(to, 'SYN,ACK')));
  await stage.until(() => answers().length >= syns);
  await stage.pause(CROSSING);
  return answers();
}

/** Ends each handshake with an empty ACK, as if the text had been taken. @returns octets of text that can be read then, without being sent again */
export async function textKept(stage: Stage, { to, port, listener, syns, octets }: Flood, answers: readonly Seen[]): Promise<number> {
  for (const { view } of answers) {
    const src = view.to.slice(0, view.to.lastIndexOf(':'));
    stage.inject(to, { src, srcPort: FROM, dstPort: port, seq: FIRST_NUMBER + 1 + octets, ack: view.absolute.seq + 1, flags: ACK });
  }
  const connections: LabSocket[] = [];
  await stage.until(() => {
    for (let next = listener.accept(); next !== null; next = listener.accept()) connections.push(next);
    return connections.length === syns;
  });
  await stage.pause(CROSSING);
  return connections.reduce((sum, connection) => sum + connection.receiveOctets().length, 0);
}
