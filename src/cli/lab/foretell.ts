/** What is about to be sent, and why, in words: the announcement of one segment. */
import type { Lab } from '../../labs/lab.js';
import { explanationsOf, formatCitation, statePath, textIn } from '../../trace/explain.js';
import type { Language } from '../../trace/language.js';
import type { Explanation } from '../../trace/moment.js';
import { describeSegment } from '../segment-label.js';
import { paintRuns, type Run, type Terminal, wrap } from '../terminal.js';
import type { Announced } from './pacer.js';
import { sideNames } from './side-names.js';
import { WATCH_WORDS } from './watch-words.js';

export interface Foretelling {
  readonly lab: Pick<Lab, 'glass'>;
  readonly language: Language;
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
}

/** More would be a page, not an announcement. */
const MOST_SENTENCES = 6;
const plain = (text: string): string => text;

/** Who sends what, from which state, by which rules. Each line fits the terminal. */
export function foretell(announced: Announced, { lab, language, terminal }: Foretelling): string[] {
  const { colors: c, width } = terminal;
  const words = WATCH_WORDS[language];
  const { left, right } = sideNames(lab, 'sim', language);
  const { ours, packet } = announced;
  const who = ours ? left : right;
  const head: Run[] = [
    { text: `▸ ${packet.injected ? words.injected(who) : words.sends(who)}`, paint: packet.from === lab.glass ? c.cyan : c.green },
    { text: ` ${segmentText(announced, language)}`, paint: c.bold },
  ];
  const body = whyOf(announced, language, c);
  return [...wrap(head, width - 2), ...body.flatMap((runs) => wrap(runs, width - 6).map((line) => [{ text: '    ', paint: plain }, ...line]))].map(paintRuns);
}

/** "SYN seq=0 win=64240 <mss 1460>" */
export const segmentText = ({ view }: Announced, language: Language): string => (view === undefined ? '?' : describeSegment(view, language));

/** States and sentences, each once, the latest if there are many. */
function whyOf({ moments }: Announced, language: Language, c: Terminal['colors']): Run[][] {
  const own = moments.at(-1);
  const lines: Run[][] = [];
  const told: Explanation[] = [];
  for (const moment of moments) {
    const states = statePath(moment);
    if (states !== '' && (moment.states.length > 0 || moment === own)) lines.push([{ text: states, paint: (text) => c.bold(c.yellow(text)) }]);
    for (const e of explanationsOf(moment)) {
      if (told.some((t) => t.equals(e))) continue;
      told.push(e);
      lines.push([{ text: textIn(e, language), paint: plain }, { text: formatCitation(e.rule), paint: c.dim, whole: true }]);
    }
  }
  return lines.slice(-MOST_SENTENCES);
}

