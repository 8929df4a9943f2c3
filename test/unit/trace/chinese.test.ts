import fc from 'fast-check';
import { changesIn, durationIn, fateIn, momentIn, textIn } from '../../../src/trace/explain.js';
import { R } from '../../../src/trace/book.js';
import { type LinkFate, Explanation, type Moment } from '../../../src/trace/moment.js';
import { type Rule, ruleNamed, ruleOf } from '../../../src/trace/rules.js';
import { chinese, chineseNames } from '../../../src/trace/zh/book.js';
import { rejectReasons } from '../../../src/trace/zh/host.js';
import { TRANSITIONS } from '../../../src/tcp/state.js';
import { rejectName } from '../../../src/wire/reject.js';

const rules = Object.values(R).map((id) => ruleOf(id) as Rule);
const HAN = /\p{Script=Han}/u;
/** Numbers, as a reader sees them. */
const numbersIn = (text: string): string[] => [...new Set(text.match(/\d+(\.\d+)?/g) ?? [])].sort();
const bothOf = (rule: Rule, a: number, b: number, c: number): [string, string] => {
  const e = new Explanation(rule, a, b, c);
  return [e.text, textIn(e, 'zh')];
};

/** Numbers that rules meet: none, yes, one of a kind, large, unknown. */
const argument = fc.oneof(fc.constantFrom(0, 1, 2, 5, 16, -1), fc.integer({ min: 3, max: 0xffff_ffff }));

test('no sentence in Chinese is left over, none is missing', () => {
  expect(Object.keys(chinese).sort()).toEqual(rules.map((r) => r.name).sort());
});

test.each(rules.map((rule) => [rule.name, rule] as const))('%s: Chinese says the numbers that English says, and no others', (_, rule) => {
  fc.assert(fc.property(argument, argument, argument, (a, b, c) => {
    const [en, zh] = bothOf(rule, a, b, c);
    expect(zh).toMatch(HAN);
    expect(numbersIn(zh)).toEqual(numbersIn(en));
  }), { numRuns: 60 });
});

test('a rule that says different things in different cases does so in Chinese', () => {
  for (const [name, one, other] of [['user-timeout-ignored', 0, 5], ['send-stray-reset', 0, 1], ['close', 0, 7], ['ip-options-taken', 0, 2], ['peer-options', -1, 536]] as const) {
    const rule = ruleNamed(name) as Rule;
    expect(bothOf(rule, one, 0, 0)[1]).not.toBe(bothOf(rule, other, 0, 0)[1].replace(String(other), String(one)));
  }
});

test('Chinese is punctuated as Chinese, with a thin space beside numbers and Latin letters', () => {
  for (const rule of rules) {
    const zh = bothOf(rule, 12_345, 678, 90)[1];
    expect(zh).not.toMatch(/\p{Script=Han}[,;:!?()]|[;:!?()]\p{Script=Han}|[。；：，]$/u);
    expect(zh).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u);
    expect(zh).not.toMatch(/octets?\b/);
  }
});

test('every reason for which a packet is discarded has its words', () => {
  expect(rejectReasons).toHaveLength(rejectName.length);
  expect(new Set(rejectReasons).size).toBe(rejectReasons.length);
  expect(textIn(new Explanation(ruleNamed('discarded') as Rule, 13, 0, 0), 'zh')).toContain('TCP 校验和错误');
  expect(textIn(new Explanation(ruleNamed('discarded') as Rule, 99, 0, 0), 'zh')).toContain('原因不明');
});

test('a change of state whose numbers nobody gave has a name in Chinese', () => {
  const numbered = TRANSITIONS.map((t) => ruleOf(t.rule) as Rule).filter((rule) => rule.say.length > 0);
  expect(Object.keys(chineseNames).sort()).toEqual([...new Set(numbered.map((r) => r.name))].sort());
  for (const rule of numbered) {
    const said = textIn(Explanation.unnumbered(rule), 'zh');
    expect(said).toMatch(HAN);
    expect(said).not.toContain('NaN');
  }
});

test('in English, and for rules that are not in the book, the text stays as it is', () => {
  const rule = ruleNamed('ack-new') as Rule;
  const e = new Explanation(rule, 5, 6, 0);
  expect(textIn(e, 'en')).toBe(e.text);
  const stranger = new Explanation({ ...rule, id: -1 }, 5, 6, 0);
  expect(textIn(stranger, 'zh')).toBe(stranger.text);
});

test.each([
  [48, '48 微秒'],
  [1_500, '1.5 毫秒'],
  [1_040_000, '1.04 秒'],
  [150_000_000, '2 分 30 秒'],
  [7_200_000_000, '2 小时'],
  [-48, '-48 微秒'],
  [Infinity, '永不'],
])('durationIn(%d) in Chinese is "%s"', (micros, text) => expect(durationIn(micros, 'zh')).toBe(text));

test('changes, fates and comments speak Chinese', () => {
  expect(changesIn([{ name: 'srtt', from: -1, to: 38 }], 'zh')).toBe('srtt 无→38 微秒');
  expect(changesIn([{ name: 'snd.una', from: 0, to: 1 }, { name: 'rto', from: 1_000_000, to: 210_000 }], 'zh')).toBe('snd.una 0→1，rto 1 秒→210 毫秒');
  const fate: LinkFate = { at: 0, direction: 'out', bytes: new Uint8Array(), what: 'lost', label: '第二个 SYN,ACK' };
  expect(fateIn(fate, 'zh')).toBe('链路上丢失：第二个 SYN,ACK');
  expect(fateIn({ ...fate, what: 'reordered', label: '' }, 'zh')).toBe('链路上乱序');
  const moment: Moment = {
    serial: 1, at: 0, conn: 0, kind: 'event', decisions: [new Explanation(ruleNamed('stray-reset') as Rule, 0, 0, 0)], states: [], before: '', after: '', changes: [],
  };
  expect(momentIn(moment, 'zh')).toBe('--   无连接\n这里既没有这条连接，也没有监听者：回 RST [RFC 9293 §3.10.7.1, MUST]');
});
