/** What any segment is in plain words, whether or not anything about it is remarkable: "text: octets 1…1448". */
import { otherSide, type Sighting } from '../../observe/sighting.js';

/** One sentence without a full stop. */
export function plainWords(sighting: Sighting): string {
  const { flags } = sighting.view;
  if (flags.includes('RST')) return 'a reset: the connection is over at once';
  if (flags.includes('SYN')) return synWords(sighting);
  if (completesHandshake(sighting)) return `the third segment of the handshake: the connection is open on both sides${textBeside(sighting)}`;
  const parts = [contentWords(sighting), ackWords(sighting)].filter((part) => part !== '');
  return parts.join('; ') || 'neither text nor an acknowledgment';
}

function synWords(sighting: Sighting): string {
  const { view, from } = sighting;
  const again = view.again ? ', again' : '';
  const numbers = `the ${from} counts its octets from ${view.absolute.seq}${textBeside(sighting)}`;
  if (!view.flags.includes('ACK')) return `the first segment of the handshake${again}: asks for a connection; ${numbers}`;
  return `the second segment of the handshake${again}: agrees, and acknowledges the SYN; ${numbers}`;
}

/** The client's ACK of the SYN,ACK. */
function completesHandshake({ view, from, states }: Sighting): boolean {
  if (from !== 'left' || view.ack !== 1) return false;
  const { left, right } = states;
  return (left.before === 'SYN-SENT' && left.after === 'ESTABLISHED') || (right.before === 'SYN-RECEIVED' && right.after === 'ESTABLISHED');
}

/** Text beside a SYN or the end of a handshake. */
const textBeside = ({ view }: Sighting): string => (view.length === 0 ? '' : `; with ${octets(view.length)} of text`);

function contentWords({ view, from }: Sighting): string {
  const { seq, length, again } = view;
  const fin = view.flags.includes('FIN');
  const parts: string[] = [];
  if (length > 0) parts.push(`text${again ? ' again' : ''}: octet${length === 1 ? ` ${seq}` : `s ${seq}…${wrapped(seq + length - 1)}`}`);
  if (fin) parts.push(`FIN${again ? ' again' : ''}, octet ${wrapped(seq + length)}: nothing more will come from the ${from}`);
  return parts.join(', and ');
}

function ackWords(sighting: Sighting): string {
  const { view, from } = sighting;
  if (view.ack === undefined) return '';
  const other = otherSide(from);
  const bare = view.length === 0 && !view.flags.includes('FIN');
  return `acknowledges everything before ${view.ack}${acksFin(sighting) ? `, the ${other}'s FIN too` : bare ? `, offers the ${other} a window of ${octets(view.window)}` : ''}`;
}

/** The other side waited for its FIN to be acknowledged, and waits no more. */
function acksFin({ from, states }: Sighting): boolean {
  const { before, after } = states[otherSide(from)];
  return before !== after && (before === 'FIN-WAIT-1' || before === 'CLOSING' || before === 'LAST-ACK') && after !== 'CLOSING';
}

const wrapped = (number: number): number => number >>> 0;
const octets = (n: number): string => `${n} octet${n === 1 ? '' : 's'}`;
