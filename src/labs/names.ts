/** What the two hosts, and what the line does to a segment, are called in each language. */
import type { Role } from './ends/end.js';
import type { LineFate } from './line.js';
import type { Language } from './text/language.js';

export const ROLE_NAMES = {
  en: { client: 'client', server: 'server' },
  zh: { client: '客户端', server: '服务器' },
} as const satisfies Record<Language, Record<Role, string>>;

export const FATE_NAMES = {
  en: { lost: 'lost', duplicated: 'duplicated', corrupted: 'corrupted', delayed: 'delayed', held: 'held back', injected: 'injected' },
  zh: { lost: '丢失', duplicated: '重复', corrupted: '损坏', delayed: '延迟', held: '扣留', injected: '注入' },
} as const satisfies Record<Language, Record<LineFate, string>>;
