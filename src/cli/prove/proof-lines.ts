/** A proof as people read it: the note's words, the verdict, what is true, and the segments that show it. */
import type { QuoteVerdict, Verdict } from '../../labs/claims/claim.js';
import { VERDICT_MARKS, VERDICT_NAMES } from '../../labs/claims/names.js';
import type { LineFate } from '../../labs/line.js';
import { ROLE_NAMES } from '../../labs/names.js';
import type { SeenLine } from '../../labs/report.js';
import { TEXTS } from '../../labs/text/catalog.js';
import type { Language } from '../../labs/text/language.js';
import { drawFigure } from '../lab/draw-figure.js';
import { type Colors, type Paint, padBefore, padTo, paintRuns, type Terminal, wrap } from '../terminal.js';
import type { Evidence, LabProof, Proof } from './proof.js';
import { PROVE_WORDS } from './words.js';

const plain: Paint = (text) => text;

const paintOf = (verdict: Verdict, { green, red, yellow, cyan }: Colors): Paint => ({ right: green, wrong: red, imprecise: yellow, open: cyan, analogy: cyan, footnote: plain, missing: cyan })[verdict];

/** All that is to be said, with a newline at the end. */
export function proofText(proof: Proof, language: Language, terminal: Terminal): string {
  const { colors: c, width } = terminal;
  const words = PROVE_WORDS[language];
  const name = VERDICT_NAMES[language][proof.verdict];
  const heading = `${c.bold(proof.name)}  ${paintOf(proof.verdict, c)(`${VERDICT_MARKS[proof.verdict]} ${name}`)}`;
  const labelled = (label: string, text: string): string[] => [c.bold(label), ...block(text, width, '  ')];
  return [
    heading, ...quotes(proof, language, terminal), '',
    ...labelled(words.says, proof.claim), ...labelled(words.truth, proof.truth), ...block(`${words.citations}${words.colon}${proof.citations.join(words.semicolon)}`, width, '  ', c.dim),
    ...(proof.labs.length === 0 ? ['', words.noLab] : proof.labs.flatMap((lab) => ['', ...labLines(lab, language, terminal)])),
    ...further(proof, language, terminal), '',
  ].join('\n');
}

function quotes(proof: Proof, language: Language, { colors: c, width }: Terminal): string[] {
  if (proof.quotes.length === 0) return [`  ${c.dim(PROVE_WORDS[language].inNoNote)}`];
  return proof.quotes.flatMap(({ note, words, verdict }) => {
    const mark = quoteMark(verdict, c);
    return block(`“${words}”`, width - 5, '').map((line, i) => (i === 0 ? `  ${mark} ${c.dim(note)} ${line}` : `       ${line}`));
  });
}

const quoteMark = (verdict: QuoteVerdict, c: Colors): string => paintOf(verdict, c)(VERDICT_MARKS[verdict]);

function labLines(played: LabProof, language: Language, terminal: Terminal): string[] {
  const { colors: c, width } = terminal;
  const words = PROVE_WORDS[language];
  const figures = played.figures.flatMap((figure) => {
    const text = TEXTS[language][played.lab].figures?.[figure.key];
    return text === undefined ? [] : ['', drawFigure(figure, text, terminal)];
  });
  return [
    `${c.bold(words.evidence(played.lab))}  ${played.title}  ${c.dim(words[played.setting])}`,
    ...played.evidence.flatMap((evidence) => evidenceLines(evidence, language, terminal)),
    ...failureLines(played, language, c, width), ...figures,
  ];
}

function evidenceLines({ sentence, segments, omitted }: Evidence, language: Language, { colors: c, width }: Terminal): string[] {
  const words = PROVE_WORDS[language];
  const lines = block(sentence, width - 4, '').map((line, i) => (i === 0 ? `  ${c.green('✓')} ${line}` : `    ${line}`));
  const before = omitted === 0 ? [] : [`      ${c.dim(`… ${words.omitted(omitted)}`)}`];
  return [...lines, ...before, ...segments.map((segment) => `      ${segmentLine(segment, language, c)}`)];
}

function failureLines({ failure }: LabProof, language: Language, c: Colors, width: number): string[] {
  if (failure === null) return [];
  const words = PROVE_WORDS[language];
  const what = failure.sentence === '' ? words.fault : `${words.notSeen}${words.colon}${failure.sentence}`;
  return [...block(what, width - 4, '').map((line, i) => (i === 0 ? `  ${c.bold(c.red('✗'))} ${line}` : `    ${line}`)), ...block(`${words.instead}${words.colon}${failure.instead}`, width, '    ')];
}

/** "   20.0 ms  client ──▶ server  SYN,ACK seq=0 ack=1 len=0" */
export function segmentLine({ at, from, flags, seq, ack, length, fate }: SeenLine, language: Language, c: Colors): string {
  const { fates } = PROVE_WORDS[language];
  const roles = ROLE_NAMES[language];
  const paint = flags.includes('RST') ? c.red : from === 'client' ? c.cyan : c.green;
  const way = from === 'client' ? `${roles.client} ──▶ ${roles.server}` : `${roles.client} ◀── ${roles.server}`;
  const what = [padTo(flags === '' ? '–' : flags, 9), `seq=${seq}`, ...(ack === null ? [] : [`ack=${ack}`]), `len=${length}`].join(' ');
  const became = fate === null ? '' : `  ${c.yellow(fates[fate as LineFate])}`;
  return `${c.dim(padBefore(instant(at), 11))}  ${paint(`${way}  ${what}`)}${became}`;
}

const instant = (micros: number): string => (micros < 10_000_000 ? `${(micros / 1_000).toFixed(1)} ms` : `${(micros / 1_000_000).toFixed(1)} s`);

function further({ furtherLabs, retellings }: Proof, language: Language, { colors: c, width }: Terminal): string[] {
  const words = PROVE_WORDS[language];
  return [
    ...retellings.flatMap(({ narrator, title, lab, breaks }) => [
      '', `${c.bold(`${words.narrators}${words.colon}${title}`)}  ${c.cyan(`glasstcp lab run ${lab} --narrator ${narrator}`)}`, ...breaks.flatMap((sentence) => block(sentence, width - 4, '').map((line, i) => `  ${i === 0 ? '≈' : ' '} ${line}`)),
    ]),
    ...(furtherLabs.length === 0 ? [] : block(`${words.further}${words.colon}${furtherLabs.join(', ')}`, width, '', c.dim)),
  ];
}

function block(text: string, width: number, indent: string, paint: Paint = plain): string[] {
  return wrap([{ text, paint }], width - indent.length).map((runs) => indent + paintRuns(runs));
}
