/** Narrators: the same in every language, and with the right words for what happens on the line. */
import { LineTeller, silent } from '../../../src/cli/lab/line-teller.js';
import { Narration } from '../../../src/cli/lab/narration.js';
import { LABS } from '../../../src/labs/all.js';
import { NARRATORS, narratorNamed } from '../../../src/labs/narrators/catalog.js';
import { CUES, type Narrator } from '../../../src/labs/narrators/narrator.js';
import { runLab } from '../../../src/labs/run.js';
import { LANGUAGES } from '../../../src/trace/language.js';

const HAN = /\p{Script=Han}/u;
const keysOf = (part: object): string[] => Object.keys(part).sort();
const places = (sentence: string): string[] => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].filter((name) => name !== '{who}' && name !== '{other}');

describe.each(NARRATORS.en.map((narrator) => [narrator.id, narrator] as const))('%s', (id, english) => {
  test('says the same in every language', () => {
    for (const language of LANGUAGES) {
      const narrator = narratorNamed(id, language) as Narrator;
      expect(keysOf(narrator.says)).toEqual(keysOf(english.says));
      expect(keysOf(narrator.breaks)).toEqual(keysOf(english.breaks));
      const sentences = [...Object.values(narrator.says), ...Object.values(narrator.breaks)];
      expect(sentences.flatMap(places)).toEqual([]);
      expect(sentences.filter((sentence) => HAN.test(sentence) !== (language === 'zh'))).toEqual([]);
    }
  });

  test('says where it breaks: options, numbers, window, TIME-WAIT', () => {
    const broken = Object.values(english.breaks).join(' ');
    for (const word of [/options|MSS/, /number/, /window/, /2 MSL|TIME-WAIT/]) expect(broken).toMatch(word);
    expect(Object.values(english.breaks).every((sentence) => sentence.startsWith('Here the analogy breaks: '))).toBe(true);
    expect(Object.values((narratorNamed(id, 'zh') as Narrator).breaks).every((sentence) => sentence.startsWith('比喻到此为止：'))).toBe(true);
  });
});

test('nobody has that name', () => expect(narratorNamed('bob', 'en')).toBeUndefined());

/** Says the names of its cues, once for each segment. */
const PLAIN: Narrator = { id: '', title: '', people: { client: 'C', server: 'S' }, says: Object.fromEntries(CUES.map((cue) => [cue, `${cue} {who}`])), breaks: { syn: '(breaks)' } };

async function toldOf(id: string): Promise<string[]> {
  const [lab] = LABS.filter((candidate) => candidate.id === id);
  const told: string[] = [];
  const narration = new Narration({ narrator: PLAIN, glass: lab.glass, aside: (text) => told.push(text) });
  const teller = new LineTeller({ lab, text: { says: {} }, audiences: [narration] });
  await runLab(lab, { setting: 'sim', spectator: silent(teller) });
  return told;
}

const OPENED = ['syn C', '(breaks)', 'syn-ack S', 'third-ack C'];

test.each([
  ['close-four', [...OPENED, 'fin C', 'fin-acked S', 'fin-back S', 'last-ack C', 'time-wait C', 'time-wait-over C']],
  // Once the client begins, once the server.
  ['close-three', [...OPENED, 'fin C', 'fin-both S', 'last-ack C', 'syn C', 'syn-ack S', 'third-ack C', 'fin S', 'fin-both C', 'last-ack S', 'time-wait S']],
  ['close-simultaneous', [...OPENED, 'fin C', 'fin-crossed S', 'last-ack C', 'last-ack S', 'time-wait C']],
  ['open-simultaneous', ['syn C', '(breaks)', 'syn-crossed S', 'syn-ack C', 'syn-ack S']],
  ['open-stale-syn', ['syn C', '(breaks)', 'injected C', 'syn-ack S', 'rst C', 'syn-ack S', 'third-ack C']],
  ['lost-syn-ack', ['syn C', '(breaks)', 'syn-ack S', 'lost S', 'syn-again C', 'syn-ack-again S', 'lost S', 'syn-ack-again S', 'syn-again C', 'third-ack C']],
  ['close-lost-last-ack', [
    ...OPENED, 'fin C', 'fin-acked S', 'fin-back S', 'last-ack C', 'lost C', 'time-wait C', 'fin-again S', 'fin-acked-again C', 'lost C', 'fin-again S', 'fin-acked-again C', 'time-wait-over C',
  ]],
])('%s, told', async (id, cues) => expect(await toldOf(id)).toEqual(cues));

test('a lab of hundreds of segments is not drowned: each sentence twice at most, each break once', async () => {
  const told = await toldOf('wait-flood');
  for (const sentence of new Set(told)) expect(told.filter((each) => each.split(' ', 1)[0] === sentence.split(' ', 1)[0]).length).toBeLessThanOrEqual(2);
  expect(told.filter((sentence) => sentence === '(breaks)')).toHaveLength(1);
});
