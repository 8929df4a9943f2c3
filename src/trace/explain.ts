/** Moments in words of either language: the comment beside a packet, the change of a variable, a length of time, a citation. */
import type { Duration } from '../util/units.js';
import type { Language } from './language.js';
import type { Explanation, LinkFate, Moment, VariableChange } from './moment.js';
import type { Rule } from './rules.js';
import { chinese, chineseNames } from './zh/book.js';

/** At and above this a threshold is "no limit yet": RFC 5681 starts ssthresh arbitrarily high. */
const NO_LIMIT = 0x4000_0000;

/** Words that stand between numbers and names. */
const WORDS = {
  en: { never: 'never', none: 'none', noConnection: 'no connection', micros: 'µs', millis: 'ms', seconds: 's', minutes: 'min', hours: 'h', comma: ', ', colon: ': ' },
  zh: { never: '永不', none: '无', noConnection: '无连接', micros: '微秒', millis: '毫秒', seconds: '秒', minutes: '分', hours: '小时', comma: '，', colon: '：' },
} as const satisfies Record<Language, Record<string, string>>;

/** The sentence of an explanation; in Chinese, too, for every rule of the book. */
export function textIn(explanation: Explanation, language: Language): string {
  const { rule, numbers: [a, b, c] } = explanation;
  // Verdicts have ids below 1 and names of their own, some of them a rule's.
  if (language === 'en' || rule.id < 1) return explanation.text;
  return (Number.isNaN(a) ? chineseNames[rule.name] : chinese[rule.name]?.(a, b, c)) ?? explanation.text;
}

/** Three digits are as many as a person compares: "1.04 s", "210 ms", "48 µs", "2 min 30 s"; Infinity is "never". */
export const formatDuration = (duration: Duration): string => durationIn(duration, 'en');

/** formatDuration in either language: "1.04 秒". */
export function durationIn(duration: Duration, language: Language): string {
  const words = WORDS[language];
  if (duration === Infinity) return words.never;
  if (duration < 0) return `-${durationIn(-duration, language)}`;
  const micros = threeDigits(duration);
  if (micros < 1_000) return `${micros} ${words.micros}`;
  const millis = threeDigits(duration / 1_000);
  if (millis < 1_000) return `${millis} ${words.millis}`;
  const seconds = threeDigits(duration / 1_000_000);
  if (seconds <= 120) return `${seconds} ${words.seconds}`;
  return minutesIn(Math.round(duration / 1_000_000), language);
}

const threeDigits = (n: number): number => Number(n.toPrecision(3));

function minutesIn(seconds: number, language: Language): string {
  const words = WORDS[language];
  const parts: [number, string][] = [
    [Math.floor(seconds / 3_600), words.hours],
    [Math.floor(seconds / 60) % 60, words.minutes],
    [seconds % 60, words.seconds],
  ];
  return parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`).join(' ');
}

/** "snd.una 0→1", "rto 1 s→210 ms", "ssthresh ∞→7300". */
export const formatChange = (change: VariableChange): string => changesIn([change], 'en');

/** All that changed, in one line of either language. */
export function changesIn(changes: readonly VariableChange[], language: Language): string {
  return changes.map(({ name, from, to }) => `${name} ${valueIn(name, from, language)}→${valueIn(name, to, language)}`).join(WORDS[language].comma);
}

function valueIn(name: string, value: number, language: Language): string {
  if (name === 'srtt' || name === 'rto') return value < 0 ? WORDS[language].none : durationIn(value, language);
  return name === 'ssthresh' && value >= NO_LIMIT ? '∞' : String(value);
}

/** "[RFC 9293 §3.10.7.3, MUST]"; what a source leaves to us has no level to show. */
export function formatCitation(rule: Rule): string {
  return rule.level === 'note' ? `[${rule.cite}]` : `[${rule.cite}, ${rule.level}]`;
}

/** "SYN-SENT → ESTABLISHED", or the one state the connection stays in; empty without a connection. */
export function statePath(moment: Moment): string {
  return moment.states.length === 0 ? moment.after : [moment.before, ...moment.states.map((s) => s.to)].join(' → ');
}

/** All a moment has to say, each thing once: why it was sent, then the decisions, then why the state changed. */
export function explanationsOf(moment: Moment): Explanation[] {
  const told: Explanation[] = [];
  const add = (e: Explanation | undefined): void => {
    if (e !== undefined && !told.some((t) => t.equals(e))) told.push(e);
  };
  add(moment.reason);
  moment.decisions.forEach(add);
  moment.states.forEach((s) => add(s.because));
  return told;
}

/** The comment beside a packet: direction and state, a line for each explanation, then the variables that changed. */
export const explainMoment = (moment: Moment): string => momentIn(moment, 'en');

/** explainMoment in either language. */
export function momentIn(moment: Moment, language: Language): string {
  const lines = [`${(moment.direction ?? '--').padEnd(4)} ${statePath(moment) || WORDS[language].noConnection}`];
  for (const e of explanationsOf(moment)) lines.push(`${textIn(e, language)} ${formatCitation(e.rule)}`);
  if (moment.changes.length > 0) lines.push(changesIn(moment.changes, language));
  return lines.join('\n');
}

const FATES: Readonly<Record<LinkFate['what'], string>> = { lost: '链路上丢失', duplicated: '链路上重复', corrupted: '链路上损坏', delayed: '链路上延迟', reordered: '链路上乱序', injected: '由实验注入链路' };

/** "LOST ON THE LINK: the 2nd SYN,ACK, by script". */
export const explainFate = (fate: LinkFate): string => fateIn(fate, 'en');

/** explainFate in either language: "链路上丢失：…". The label stays as whoever impaired the link gave it. */
export function fateIn({ what, label }: LinkFate, language: Language): string {
  const told = language === 'zh' ? FATES[what] : `${what.toUpperCase()} ON THE LINK`;
  return label === '' ? told : `${told}${WORDS[language].colon}${label}`;
}

/** One line that two runs of the same simulation must share to the letter: rules and numbers, no wording. */
export function decisionStream(moment: Moment): string {
  const { at, conn, direction, bytes, reason } = moment;
  const named = (e: Explanation): string => `${e.rule.name}(${e.numbers.join(',')})`;
  const parts = [`${at}`, `#${conn}`, statePath(moment) || '-'];
  if (direction !== undefined && bytes !== undefined) parts.push(`${direction} ${bytes.length} ${fingerprint(bytes)}`);
  if (reason !== undefined) parts.push(`why ${named(reason)}`);
  parts.push(...moment.decisions.map(named));
  for (const s of moment.states) parts.push(`${s.from}>${s.to} ${s.because?.rule.name ?? '-'}`);
  for (const c of moment.changes) parts.push(`${c.name} ${c.from}>${c.to}`);
  return parts.join(' | ');
}

/** FNV-1a, 32 bits: tells packets apart, nothing more. */
function fingerprint(bytes: Uint8Array): string {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i]), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
