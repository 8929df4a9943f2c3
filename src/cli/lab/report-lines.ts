/** What came of a lab, in words: what had to be seen and was, or what was missing and what was there instead. */
import { citationIn } from '../../labs/claims/names.js';
import type { Lab, LabText } from '../../labs/lab.js';
import type { LabReport } from '../../labs/report.js';
import { fill, type Language } from '../../labs/text/language.js';
import { paintRuns, type Terminal, wrap } from '../terminal.js';

const WORDS = {
  en: { seen: 'What had to be seen', not: 'Not seen', instead: 'seen instead', fault: 'The lab could not be played', why: 'Why', ask: 'Questions', read: 'Read on', passed: 'passed', failed: 'failed', colon: ': ', semicolon: '; ' },
  zh: { seen: '应当看到', not: '没有看到', instead: '实际看到', fault: '实验无法进行', why: '解释', ask: '问题', read: '延伸阅读', passed: '通过', failed: '失败', colon: '：', semicolon: '；' },
} as const satisfies Record<Language, Record<string, string>>;

export const wordsOf = (language: Language): (typeof WORDS)[Language] => WORDS[language];

export interface Telling {
  readonly lab: Lab;
  readonly text: LabText;
  readonly language: Language;
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
}

/** The checklist of one run. */
export function checklist({ lab, text, language, terminal }: Telling, report: LabReport): string {
  const { colors: c, width } = terminal;
  const words = WORDS[language];
  const met = new Map(report.met.map(({ key, values }) => [key, values]));
  const lines = lab.musts.filter((key) => met.has(key)).flatMap((key) => marked(c.green('✓'), fill(text.musts[key] ?? key, met.get(key) ?? {}), width));
  const { failure } = report;
  if (failure !== null) {
    const what = failure.key === '' ? words.fault : `${words.not}${words.colon}${fill(text.musts[failure.key] ?? failure.key, {})}`;
    lines.push(...marked(c.bold(c.red('✗')), what, width), ...marked(' ', `${words.instead}${words.colon}${failure.instead}`, width));
  }
  return `${c.bold(words.seen)}\n${lines.join('\n')}\n`;
}

/** Title and id, and below them the question. */
export function heading({ lab, text, terminal: { colors: c, width } }: Telling): string {
  const title = wrap([{ text: text.title, paint: c.bold }, { text: ` ${lab.id}`, paint: c.dim, whole: true }], width);
  return [...title, ...wrap([{ text: text.question, paint: plain }], width)].map(paintRuns).join('\n');
}

/** Title, question, explanation, questions with answers, citations. */
export function explanation({ lab, text, language, terminal }: Telling): string {
  const { colors: c, width } = terminal;
  const words = WORDS[language];
  const paragraphs = text.explanation.map((paragraph) => block(paragraph, width));
  const questions = text.questions.map(({ ask, answer }) => `${block(`? ${ask}`, width)}\n${block(`  ${answer}`, width)}`);
  return [
    `${c.bold(text.title)}  ${c.dim(lab.id)}`, block(text.question, width), '', `${c.bold(words.why)}`, paragraphs.join('\n\n'), '',
    `${c.bold(words.ask)}`, questions.join('\n'), '', `${c.dim(`${words.read}${words.colon}${lab.citations.map((citation) => citationIn(language, citation)).join(words.semicolon)}`)}`, '',
  ].join('\n');
}

const plain = (text: string): string => text;

function block(text: string, width: number): string {
  return wrap([{ text, paint: plain }], width - 2).map((runs) => `  ${paintRuns(runs)}`).join('\n');
}

function marked(mark: string, text: string, width: number): string[] {
  return wrap([{ text, paint: plain }], width - 4).map((runs, i) => `${i === 0 ? `  ${mark} ` : '    '}${paintRuns(runs)}`);
}
