/** A segment in the few words that stand on its arrow: flags, relative numbers, window, options; and in which colour. */
import type { SegmentView, TcpView } from '../observe/segment-view.js';
import type { Language } from '../trace/language.js';
import { LADDER_WORDS } from './ladder-words.js';
import { type Colors, type Paint, widthOf } from './terminal.js';

/** Who speaks: `near` is the side whose lifeline stands on the left. */
export function segmentPaint(view: SegmentView | undefined, near: boolean, c: Colors): Paint {
  if (view?.protocol === 'TCP' && view.flags.includes('RST')) return c.red;
  if (view?.protocol === 'TCP' && view.again) return c.yellow;
  return near ? c.cyan : c.green;
}

/** Segments that open, close or break a connection. */
export function isMilestone(view: SegmentView | undefined): boolean {
  return view?.protocol === 'TCP' && view.flags.some((f) => f === 'SYN' || f === 'FIN' || f === 'RST');
}

/** As much of a segment's description as fits in so many columns, and the parts that are left for the next line. */
export function fitLabel(view: SegmentView | undefined, columns: number, language: Language = 'en'): { label: string; rest: readonly string[] } {
  if (view === undefined) return { label: LADDER_WORDS[language].unreadable, rest: [] };
  if (view.protocol !== 'TCP') return { label: cut(view.text, columns), rest: [] };
  const parts = segmentParts(view, language);
  // The first to leave the arrow are the last of this list that are there.
  const rest: string[] = [];
  for (const leaving of ['options', 'window', 'ack', 'length', 'again', 'seq'] as const) {
    if (widthOf(joinParts(parts)) <= columns) break;
    if (parts[leaving] !== '') rest.unshift(parts[leaving]);
    parts[leaving] = '';
  }
  return { label: cut(joinParts(parts), columns), rest };
}

/** "SYN seq=0 win=64240 <mss 1460,sackOK,TS,ws 7>" */
export function describeSegment(view: SegmentView, language: Language = 'en'): string {
  return view.protocol === 'TCP' ? joinParts(segmentParts(view, language)) : view.text;
}

const cut = (text: string, columns: number): string => (text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`);
const joinParts = (parts: Readonly<Record<string, string>>): string => Object.values(parts).filter((p) => p !== '').join(' ');

/** The parts of a segment's description, in the order in which they are printed. */
function segmentParts(view: TcpView, language: Language): { flags: string; seq: string; ack: string; window: string; length: string; options: string; again: string } {
  const options = describeOptions(view);
  const words = LADDER_WORDS[language];
  return {
    flags: view.flags.join(',') || words.noFlags,
    seq: `seq=${view.seq}`,
    ack: view.ack === undefined ? '' : `ack=${view.ack}`,
    window: `win=${view.window}`,
    length: view.length === 0 ? '' : `len=${view.length}`,
    options: options === '' ? '' : `<${options}>`,
    again: view.again ? words.again : '',
  };
}

/** Timestamps are named only in a SYN, where they are agreed on: later every segment carries them. */
function describeOptions(view: TcpView): string {
  const names: string[] = [];
  if (view.mss !== undefined) names.push(`mss ${view.mss}`);
  if (view.sackPermitted) names.push('sackOK');
  if (view.timestamps !== undefined && view.flags.includes('SYN')) names.push('TS');
  if (view.windowScale !== undefined) names.push(`ws ${view.windowScale}`);
  if (view.sack.length > 0) names.push(`sack ${view.sack.map(([left, right]) => `${left}-${right}`).join(' ')}`);
  return names.join(',');
}
