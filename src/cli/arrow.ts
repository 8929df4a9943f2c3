/** The arrow of one segment between two lifelines: its words, its head, and where it ends when the link has lost it. */
import type { SegmentView } from '../observe/segment-view.js';
import type { Language } from '../trace/language.js';
import { fitLabel, isMilestone, segmentPaint } from './segment-label.js';
import { type Colors, type Paint, widthOf } from './terminal.js';

export interface Arrow {
  /** What stands between the lifelines, as wide as they are apart. */
  readonly shaft: string;
  /** What replaces the lifeline at which it begins. */
  readonly joint: string;
  /** What did not fit on it; '' = everything did. */
  readonly rest: string;
  readonly paint: Paint;
}

/**
 * @param inner columns between the lifelines
 * @param lost ends on the way
 */
export function drawArrow(view: SegmentView | undefined, toRight: boolean, inner: number, c: Colors, lost = false, language: Language = 'en'): Arrow {
  const paint = lost ? c.red : segmentPaint(view, toRight, c);
  // One dash at least before the text, two after it and the head: "─ text ──►".
  const { label, rest } = fitLabel(view, inner - 6, language);
  const text = ` ${isMilestone(view) || lost ? c.bold(paint(label)) : paint(label)} `;
  const draw = lost ? brokenShaft : wholeShaft;
  return { shaft: draw(widthOf(label), text, toRight, inner, paint), joint: paint(toRight ? '├' : '┤'), rest: rest.join(' '), paint };
}

function wholeShaft(columns: number, text: string, toRight: boolean, inner: number, paint: Paint): string {
  const shaft = inner - columns - 3;
  const short = Math.min(2, shaft - 1);
  const dashes = (n: number): string => paint('─'.repeat(n));
  return toRight
    ? `${dashes(short)}${text}${dashes(shaft - short)}${paint('►')}`
    : `${paint('◄')}${dashes(shaft - short)}${text}${dashes(short)}`;
}

/** An arrow that ends on the way, about three quarters across. */
function brokenShaft(columns: number, text: string, toRight: boolean, inner: number, paint: Paint): string {
  const reach = Math.max(Math.floor(inner * 0.75), columns + 6);
  const tail = reach - columns - 5;
  const gap = ' '.repeat(Math.max(0, inner - reach));
  return toRight
    ? `${paint('──')}${text}${paint(`${'─'.repeat(tail)}✗`)}${gap}`
    : `${gap}${paint(`✗${'─'.repeat(tail)}`)}${text}${paint('──')}`;
}
