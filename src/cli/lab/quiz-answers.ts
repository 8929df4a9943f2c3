/** What a person answers in the quiz, read forgivingly, and judged against the segment that is sent. */
import type { FlagName, TcpView } from '../../observe/segment-view.js';

export type Field = 'flags' | 'seq' | 'ack';
export const FIELDS: readonly Field[] = ['flags', 'seq', 'ack'];

/** One that can be judged, or undefined for what cannot be read. `null` = no ACK number. */
export type Answer = ReadonlySet<FlagName> | number | null;

const FLAG_WORDS: ReadonlyMap<string, FlagName> = new Map<string, FlagName>([
  ['syn', 'SYN'], ['s', 'SYN'], ['fin', 'FIN'], ['f', 'FIN'], ['rst', 'RST'], ['reset', 'RST'], ['r', 'RST'], ['psh', 'PSH'], ['push', 'PSH'], ['p', 'PSH'],
  ['ack', 'ACK'], ['a', 'ACK'], ['.', 'ACK'], ['urg', 'URG'], ['u', 'URG'], ['ece', 'ECE'], ['e', 'ECE'], ['cwr', 'CWR'], ['w', 'CWR'],
]);
const LARGEST = 0xffff_ffff;
/** Judged: the others depend on how text is cut and on what the network tells. */
const JUDGED: ReadonlySet<FlagName> = new Set<FlagName>(['SYN', 'FIN', 'RST', 'ACK', 'URG']);

/** @returns undefined for what cannot be read as an answer to this */
export function readAnswer(field: Field, text: string): Answer | undefined {
  // Full-width letters, digits and punctuation, as Chinese input methods leave them.
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (field === 'flags') return readFlags(plain);
  if (field === 'ack' && /^(?:-+|none|no|无|没有)$/.test(plain)) return null;
  return readNumber(plain);
}

function readFlags(text: string): ReadonlySet<FlagName> | undefined {
  const words = text.replace(/^flags?\s*[=:]?\s*/, '').replace(/[[\]<>()]/g, ' ').split(/[\s,+|/&;、_-]+/).filter((word) => word !== '').flatMap(whole);
  const flags = words.flatMap((word) => FLAG_WORDS.get(word) ?? []);
  return words.length === 0 || flags.length < words.length ? undefined : new Set(flags);
}

/** "synack" and "s." are two flags in a word. */
function whole(word: string): string[] {
  if (FLAG_WORDS.has(word)) return [word];
  const names = word.match(/syn|fin|rst|psh|ack|urg|ece|cwr/g) ?? [];
  if (names.join('') === word) return names;
  return /^[sfrpauew.]+$/.test(word) ? [...word] : [word];
}

function readNumber(text: string): number | undefined {
  const digits = text.replace(/^(?:seq|ack|序号|确认号)?\s*[=:]?\s*/, '').replace(/(?<=\d)[,_' ](?=\d)/g, '');
  const number = /^\d{1,10}$/.test(digits) ? Number(digits) : NaN;
  return number <= LARGEST ? number : undefined;
}

/** Without an ACK the field is said to be absent, or 0 as it stands on the wire: both are right. */
export function isRight(field: Field, answer: Answer, view: TcpView): boolean {
  if (field === 'flags') return typeof answer === 'object' && answer !== null && sameFlags(answer, view.flags);
  if (field === 'seq') return answer === view.seq;
  return view.ack === undefined ? answer === null || answer === 0 : answer === view.ack;
}

function sameFlags(answer: ReadonlySet<FlagName>, flags: readonly FlagName[]): boolean {
  const judged = flags.filter((flag) => JUDGED.has(flag));
  const given = [...answer].filter((flag) => JUDGED.has(flag));
  return given.length === judged.length && given.every((flag) => judged.includes(flag));
}

/** The right answer as people write it. */
export function rightAnswer(field: Field, view: TcpView): string {
  if (field === 'flags') return view.flags.filter((flag) => JUDGED.has(flag)).join(',') || '-';
  return field === 'seq' ? String(view.seq) : view.ack === undefined ? '-' : String(view.ack);
}

export function answerText(answer: Answer): string {
  if (answer === null) return '-';
  return typeof answer === 'number' ? String(answer) : [...answer].join(',');
}
