/** The ladder of a lab as a picture: two lifelines, an arrow for each packet from where it left to where it arrived, states at both sides. */
import type { Role } from '../../src/labs/ends/end.js';
import type { LabText } from '../../src/labs/lab.js';
import { fill, type Language } from '../../src/labs/text/language.js';
import type { LineFate } from '../../src/labs/line.js';
import { ROLE_NAMES } from '../../src/labs/names.js';
import type { Recording, StateMark } from './recording.js';
import { type Arrow, type Layout, layOut, type Row } from './rows.js';
import { breakLines, escape, STYLE } from './svg.js';
import { WORDS } from './words.js';

/** Narrow enough for a phone without shrinking the letters. */
const WIDTH = 440;
const LEFT = 132;
const RIGHT = 352;
const ROW = 26;
/** Where segments cross, their words need more room. */
const CROSSING_ROW = 42;
const STATE_LINE = 12;
const NOTE_LINE = 15;
const NOTE_COLUMNS = 58;
const LONGEST_STATE = 12;
const STATE_WIDTH = 78;
const HEAD = 46;
/** How far a lost packet gets. */
const LOST_AT = 0.88;

interface Placed {
  readonly row: Row;
  readonly y: number;
}

export function ladderSvg(recording: Recording, text: LabText, language: Language): string {
  const layout = layOut(recording);
  const sentences = (row: Row): string[] => (row.note === undefined ? [] : breakLines(fill(text.says[row.note.key] ?? '', row.note.values), NOTE_COLUMNS));
  const step = layout.arrows.some(({ crosses }) => crosses) ? CROSSING_ROW : ROW;
  let y = HEAD;
  let shown = '';
  const placed: Placed[] = layout.rows.map((row) => {
    const at = y;
    const stacked = Math.max(stateLines(row.states.client).length, stateLines(row.states.server).length, 1);
    y += row.note === undefined ? step + (stacked - 1) * STATE_LINE : sentences(row).length * NOTE_LINE + 10;
    return { row, y: at + (row.note === undefined ? 8 : 0) };
  });
  const bottom = y + 10;
  const times = (row: Row, at: number): string[] => {
    const time = seconds(row.at - recording.start);
    if (row.note !== undefined || row.gap !== undefined || time === shown) return [];
    shown = time;
    return [`<text class="dim" x="2" y="${at + 4}" font-size="9.5">${time}</text>`];
  };
  const body = [
    heads(recording, language),
    rail(LEFT, bottom), rail(RIGHT, bottom),
    ...placed.flatMap(({ row, y: at }) => [...times(row, at), ...states(row, at), ...notes(sentences(row), row, at, language)]),
    ...layout.arrows.map((arrow) => drawArrow(arrow, placed, language)),
  ];
  const label = `${text.title}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 6}" width="${WIDTH}" height="${bottom + 6}" role="img" aria-label="${escape(label)}">
<style>${STYLE}</style>
<defs>${(['head', 'badText', 'oddText', 'madeText'] as const).map(marker).join('')}</defs>
${body.join('\n')}
</svg>
`;
}

const marker = (name: string): string =>
  `<marker id="${name}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" class="${name}"/></marker>`;

function heads({ lab }: Recording, language: Language): string {
  const name = (role: Role): string => `<tspan font-weight="600">${ROLE_NAMES[language][role]}</tspan>${lab.glass === role ? ` <tspan class="dim">glasstcp</tspan>` : ''}`;
  return `<text class="ink" x="${LEFT}" y="20" font-size="13" text-anchor="middle">${name('client')}</text><text class="ink" x="${RIGHT}" y="20" font-size="13" text-anchor="middle">${name('server')}</text>`;
}

const rail = (x: number, bottom: number): string => `<line class="rail" x1="${x}" y1="30" x2="${x}" y2="${bottom}" stroke-width="1.5"/>`;

/** "0.01", "63.2": what is needed to tell the rows apart. */
export const seconds = (micros: number): string => (micros / 1_000_000).toFixed(3);

/** What is longer than any state's name still fits beside its rail. */
const squeezed = (state: string): string => (state.length > LONGEST_STATE ? ` textLength="${STATE_WIDTH}" lengthAdjust="spacingAndGlyphs"` : '');

/** Several sockets of one state at once: "TIME-WAIT ×7". */
function stateLines(marks: readonly StateMark[]): string[] {
  const lines: { state: string; times: number }[] = [];
  for (const { state } of marks) {
    const last = lines.at(-1);
    if (last?.state === state) last.times++;
    else lines.push({ state, times: 1 });
  }
  return lines.map(({ state, times }) => (times === 1 ? state : `${state} ×${times}`));
}

function states({ states: { client, server } }: Row, y: number): string[] {
  return [
    ...stateLines(client).map((state, i) => `<text class="state" x="${LEFT - 7}" y="${y + 4 + i * STATE_LINE}" font-size="10.5" text-anchor="end"${squeezed(state)}>${state}</text>`),
    ...stateLines(server).map((state, i) => `<text class="state" x="${RIGHT + 7}" y="${y + 4 + i * STATE_LINE}" font-size="10.5"${squeezed(state)}>${state}</text>`),
  ];
}

function notes(lines: readonly string[], { gap }: Row, y: number, language: Language): string[] {
  const middle = (LEFT + RIGHT) / 2;
  if (gap !== undefined) return [`<text class="dim" x="${middle}" y="${y + 8}" font-size="11.5" text-anchor="middle">${WORDS[language].gap(gap)}</text>`];
  const height = lines.length * NOTE_LINE + 4;
  if (lines.length === 0) return [];
  return [
    `<rect x="24" y="${y - 2}" width="${WIDTH - 48}" height="${height}" rx="5" class="board"/>`,
    ...lines.map((line, i) => `<text class="note" x="${WIDTH / 2}" y="${y + 11 + i * NOTE_LINE}" font-size="12" text-anchor="middle">${escape(line)}</text>`),
  ];
}

const LOOKS: Readonly<Record<LineFate | 'plain', readonly [line: string, text: string, dash: string]>> = {
  plain: ['line', 'ink', ''], lost: ['bad', 'badText', ''], corrupted: ['bad', 'badText', ''],
  duplicated: ['odd', 'oddText', ''], delayed: ['odd', 'oddText', ''], held: ['odd', 'oddText', '4 3'], injected: ['made', 'madeText', '4 3'],
};

function drawArrow({ packet, from, to, crosses }: Arrow, placed: readonly Placed[], language: Language): string {
  const { seen } = packet;
  const [line, ink, dash] = LOOKS[seen.fate ?? 'plain'];
  const outward = seen.from === 'client';
  const x1 = outward ? LEFT : RIGHT;
  const x2 = outward ? RIGHT : LEFT;
  const y1 = placed[from].y;
  const ends = to.length > 0 ? to.map((row) => ({ x: x2, y: placed[row].y, arrives: true })) : [{ x: x1 + (x2 - x1) * LOST_AT, y: y1 + ROW * LOST_AT, arrives: false }];
  const tip = line === 'line' ? 'head' : ink;
  const shafts = ends.map(({ x, y, arrives }) =>
    `<line class="${line}" x1="${x1}" y1="${y1}" x2="${x}" y2="${y}" stroke-width="1.4"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}${arrives ? ` marker-end="url(#${tip})"` : ''}/>`
    + (arrives ? '' : `<text class="badText" x="${x}" y="${y + 5}" font-size="15" text-anchor="middle">✗</text>`));
  const [end] = ends;
  const rise = (end.y - y1) / (end.x - x1);
  const steep = Math.abs(end.y - y1) > 3 * ROW;
  // In the middle, where what came before and what comes after are farthest away; where two cross, on the first part of each.
  const x = crosses || steep ? x1 + (outward ? 1 : -1) * (crosses ? 62 : 80) : (LEFT + RIGHT) / 2;
  const at = steep ? y1 : y1 + (x - x1) * rise;
  const angle = steep ? 0 : (Math.atan(rise) * 180) / Math.PI;
  const rotate = Math.abs(angle) < 0.05 ? '' : ` transform="rotate(${angle.toFixed(1)} ${x} ${at.toFixed(1)})"`;
  const fate = seen.fate === undefined ? '' : ` <tspan class="${ink}">${WORDS[language].fates[seen.fate]}</tspan>`;
  return `${shafts.join('')}<text class="${ink}" x="${x}" y="${(at - 3.5).toFixed(1)}" font-size="${crosses ? 9.5 : 10.5}" text-anchor="middle"${rotate}><tspan class="dim">${packet.number}</tspan> ${escape(segmentText(packet.seen))}${fate}</text>`;
}

/** "SYN,ACK seq 0 ack 1", "ACK seq 1 ack 6 len 5 ↻": relative numbers; ↻ = sent again. */
export function segmentText({ flags, view }: Recording['packets'][number]['seen']): string {
  const { seq, ack, length, again } = view;
  return `${flags === '' ? '—' : flags} seq ${seq}${ack === undefined ? '' : ` ack ${ack}`}${length > 0 ? ` len ${length}` : ''}${again ? ' ↻' : ''}`;
}

export type { Layout };
