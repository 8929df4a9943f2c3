/** Urgent data both ways: MSG_OOB, the pointer, the octet that is taken out of the stream, SO_OOBINLINE (RFC 9293 §3.8.5, RFC 6093). */
import { Linux } from '../../bsd/constants.js';
import { IpHeader, readIp } from '../../wire/ip.js';
import { Packet } from '../../wire/packet.js';
import { otherRole, type Role } from '../ends/end.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { establish } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const [URGENT, AFTER] = ['ABC', 'DE'];
/** Where the field is in the TCP header. */
const URGENT_POINTER = 18;
/** How the receiver deals with it: sockets as they are, SO_OOBINLINE, or net.ipv4.tcp_stdurg = 1. */
type Manner = 'apart' | 'inline' | 'stdurg';
const SENDERS: readonly Role[] = ['client', 'server'];

/** What the header says; it means something with URG only. */
function urgentPointer({ octets }: Seen): number {
  const header = new IpHeader();
  readIp(Packet.of(octets), header);
  return new DataView(octets.buffer, octets.byteOffset).getUint16(header.payloadStart + URGENT_POINTER);
}

interface Reading {
  readonly sender: Role;
  readonly flagged: boolean;
  readonly pointer: number;
  /** What each recv() gave: "AB,DE". */
  readonly stream: string;
  /** What recv(MSG_OOB) gave, or its error. */
  readonly outOfBand: string;
}

/** "ABC" with MSG_OOB, then "DE" without, on a connection of its own. */
async function sendUrgent(stage: Stage, sender: Role, port: number, manner: Manner): Promise<Reading> {
  const receiver = stage.host(otherRole(sender));
  if (manner === 'stdurg') receiver.sysctl('net.ipv4.tcp_stdurg', 1);
  const pair = await establish(stage, port);
  const [writer, reader] = [pair[sender], pair[receiver.role]];
  if (manner === 'inline') reader.option(Linux.SOL_SOCKET, Linux.SO_OOBINLINE, 1);
  const { length } = stage.seen;
  writer.send(URGENT, Linux.MSG_OOB);
  const pieces = [await arrived(stage, reader, URGENT.length)];
  const early = urgentOctet(reader);
  writer.send(AFTER);
  await stage.until(() => stage.seen.slice(length).some(({ from, view }) => from === receiver.role && view.ack === 1 + URGENT.length + AFTER.length));
  const late = urgentOctet(reader);
  pieces.push(reader.receive(), reader.receive());
  receiver.sysctl('net.ipv4.tcp_stdurg', 0);
  const seen = stage.seen.slice(length).find(withText(sender)) as Seen;
  return { sender, flagged: seen.flags.includes('URG'), pointer: urgentPointer(seen), stream: pieces.filter((it) => it !== '').join(','), outOfBand: early.length === 1 ? early : late };
}

/** The first recv() that gives something. */
async function arrived(stage: Stage, reader: LabSocket, most: number): Promise<string> {
  let read = '';
  await stage.until(() => (read = reader.receive(most)) !== '');
  return read;
}

const urgentOctet = (socket: LabSocket): string => new TextDecoder().decode(socket.receiveOctets(1, Linux.MSG_OOB)) || socket.error;
const inWords = (readings: readonly Reading[]): string => readings.map((r) => `from the ${r.sender}: pointer ${r.pointer}, read ${r.stream}, out of band ${r.outOfBand}`).join('; ');

export const flagUrg: Lab = {
  id: 'flag-urg',
  section: 'D',
  entries: [37],
  glass: 'client',
  musts: ['wire', 'apart', 'inline', 'off-by-one'],
  lasts: 2,
  citations: ['RFC 9293 §3.8.5', 'RFC 6093 §3, §5, §6', 'RFC 1122 §4.2.2.4'],
  play: async (stage) => {
    const rows: Cell[][] = [];
    let port = 80;
    const bothWays = async (manner: Manner): Promise<Reading[]> => {
      stage.say(manner);
      const readings: Reading[] = [];
      for (const sender of SENDERS) readings.push(await sendUrgent(stage, sender, port++, manner));
      rows.push(...readings.map(({ sender, pointer, stream, outOfBand }) => [sender, manner, pointer, stream, outOfBand]));
      return readings;
    };
    const reads = (readings: readonly Reading[], stream: string, outOfBand: string): boolean => readings.every((r) => r.stream === stream && r.outOfBand === outOfBand);
    const apart = await bothWays('apart');
    stage.must('wire', apart.every(({ flagged, pointer }) => flagged && pointer === URGENT.length), inWords(apart), { pointer: apart[0].pointer });
    stage.must('apart', reads(apart, 'AB,DE', 'C'), inWords(apart));
    const inline = await bothWays('inline');
    stage.must('inline', reads(inline, 'AB,CDE', 'EINVAL'), inWords(inline));
    const standard = await bothWays('stdurg');
    stage.must('off-by-one', standard.every(({ pointer }) => pointer === URGENT.length) && reads(standard, 'ABC,E', 'D'), inWords(standard));
    stage.show({ kind: 'table', key: 'readings', columns: ['sender', 'manner', 'pointer', 'stream', 'oob'], rows });
  },
};
