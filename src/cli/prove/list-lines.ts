/** `prove --list`: all claims by their sections, each with its verdict and where it is answered. */
import { labsThatAnswer } from '../../labs/claims/answers.js';
import { sectionOf } from '../../labs/claims/all.js';
import { verdictOf } from '../../labs/claims/claim.js';
import { SECTION_TITLES, VERDICT_MARKS, VERDICT_NAMES } from '../../labs/claims/names.js';
import { CLAIM_TEXTS } from '../../labs/claims/texts.js';
import type { Language } from '../../labs/text/language.js';
import { padBefore, padTo, type Terminal, widthOf } from '../terminal.js';
import { type Chosen, notesOf } from './choose.js';

const NAME_COLUMNS = 16;
const VERDICT_COLUMNS = 12;

export function listText(chosen: readonly Chosen[], language: Language, { colors: c, width }: Terminal): string {
  let section = '';
  return chosen.flatMap(({ claim, note }) => {
    const name = sectionOf(claim);
    const heading = name === section ? [] : [`${section === '' ? '' : '\n'}${c.bold(`${name}  ${SECTION_TITLES[language][name]}`)}`];
    section = name;
    const notes = note === undefined ? notesOf(claim) : [note];
    const verdict = verdictOf(claim, note);
    const before = `${padBefore(String(claim.number), 3)}  ${padTo(notes.length === 0 ? '–' : notes.join(' '), NAME_COLUMNS)}${padTo(`${VERDICT_MARKS[verdict]} ${VERDICT_NAMES[language][verdict]}`, VERDICT_COLUMNS)} `;
    return [...heading, `${before}${cut(CLAIM_TEXTS[language][claim.number].claim, width - widthOf(before))}`];
  }).join('\n') + '\n';
}

/** As much as fits. */
function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let shown = '';
  for (const char of text) {
    if (widthOf(shown + char) > columns - 1) break;
    shown += char;
  }
  return `${shown}…`;
}

/** The same as data. */
export const listData = (chosen: readonly Chosen[], language: Language): readonly object[] => chosen.map(({ claim, note }) => ({
  entry: claim.number, section: sectionOf(claim), notes: note === undefined ? notesOf(claim) : [note], verdict: verdictOf(claim, note), claim: CLAIM_TEXTS[language][claim.number].claim, labs: labsThatAnswer(claim).map(({ id }) => id),
}));
