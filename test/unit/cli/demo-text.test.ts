import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEMO_TEXTS, type DemoKey, sayIn } from '../../../src/cli/demo/text/say.js';

const { en, zh } = DEMO_TEXTS;
const keys = Object.keys(en) as DemoKey[];
/** {Peer} is {peer} at the beginning of a sentence: Chinese has no capitals. */
const placesIn = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).map((place) => place.toLowerCase()).sort();

test('both languages have the same keys', () => expect(Object.keys(zh).sort()).toEqual([...keys].sort()));

test.each(keys)('%s: a sentence in each language, with the same values', (key) => {
  expect(placesIn(zh[key])).toEqual(placesIn(en[key]));
  expect(zh[key].replace(/\{\w+\}/g, '')).toMatch(/\p{Script=Han}/u);
});

test('Chinese is punctuated as Chinese', () => {
  for (const key of keys) {
    const shown = zh[key].replaceAll('SYN,ACK', 'SYN').replace(/<.*>/, '');
    expect(shown).not.toMatch(/[,;!?]|[:.(]\s|\p{Script=Han}[(:]/u);
    expect(shown).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u);
  }
});

test('every sentence is said somewhere in the demo', () => {
  const folder = resolve(__dirname, '../../../src/cli');
  const files = [...readdirSync(join(folder, 'demo')).filter((name) => name.endsWith('.ts')).map((name) => join('demo', name)), 'commands/demo.ts'];
  const source = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  expect(keys.filter((key) => !source.includes(`'${key}'`))).toEqual([]);
});

test('values stand where their names do', () => {
  expect(sayIn('en')('peer-connects', { peer: 'the kernel', port: 7001 })).toBe('the kernel connects to our port 7001');
  expect(sayIn('zh')('peer-connects', { peer: '内核', port: 7001 })).toBe('内核连接我们的端口 7001');
});
