/** Every lab: passes in virtual time and is the same each time, is told in every language, and can fail. */
import { LABS } from '../../../src/labs/all.js';
import { type Figure, wordsOfFigure } from '../../../src/labs/figure.js';
import type { Lab, LabText } from '../../../src/labs/lab.js';
import type { Sent } from '../../../src/labs/line.js';
import { reportOf } from '../../../src/labs/report.js';
import { type LabResult, runLab } from '../../../src/labs/run.js';
import { TEXTS } from '../../../src/labs/text/catalog.js';
import { LANGUAGES } from '../../../src/labs/text/language.js';
import { SABOTAGES } from './sabotage/index.js';

type Values = Readonly<Record<string, string | number>>;
type Use = readonly [key: string, values: Values];

/** A run in virtual time, and what the play told its audience. */
async function rehearse(lab: Lab): Promise<{ readonly result: LabResult; readonly said: readonly Use[]; readonly met: readonly Use[]; readonly figures: readonly Figure[]; readonly labels: ReadonlySet<string> }> {
  const said: Use[] = [];
  const met: Use[] = [];
  const figures: Figure[] = [];
  const labels = new Set<string>();
  const spectator = {
    say: (key: string, values: Values) => void said.push([key, values]),
    met: (key: string, values: Values) => void met.push([key, values]),
    moment: () => undefined,
    sent: ({ label }: Sent) => void (label !== '' && labels.add(label)),
    states: () => undefined,
    figure: (figure: Figure) => void figures.push(figure),
    pace: () => Promise.resolve(),
  };
  return { result: await runLab(lab, { setting: 'sim', spectator }), said, met, figures, labels };
}

const sorted = (keys: Iterable<string>): string[] => [...new Set(keys)].sort();
const namesIn = (sentence: string): string[] => sorted([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
/** Names of the values that sentences ask for and that the play does not give. */
const unfilled = (sentences: Readonly<Record<string, string>>, uses: readonly Use[]): string[] =>
  uses.flatMap(([key, values]) => namesIn(sentences[key] ?? '').filter((name) => !(name in values)).map((name) => `${key}: {${name}}`));

/** Words of a figure that this text does not have. States, flags, numbers, addresses and names of settings are the same in every language. */
const SAME_EVERYWHERE = /^[A-Z0-9][A-Z0-9-]*(?:,[A-Z]+)*$|^[\d.,:+×=<> -]*(?: ?[µmk]?s| KiB| MiB)?$|^(?:net|glasstcp|tcpi?)[._][\w.]+(?: = \S+)?$/;
const wordsWithout = (figure: Figure, text: LabText): string[] =>
  wordsOfFigure(figure).filter((word) => text.figures?.[figure.key]?.words[word] === undefined && !SAME_EVERYWHERE.test(word));

const texts = (lab: Lab): readonly (readonly [language: string, text: LabText])[] => LANGUAGES.map((language) => [language, TEXTS[language][lab.id]]);

test('ids are unique, and no text is without its lab', () => {
  const ids = LABS.map(({ id }) => id);
  expect(sorted(ids)).toHaveLength(ids.length);
  for (const language of LANGUAGES) expect(sorted(Object.keys(TEXTS[language]))).toEqual(sorted(ids));
  expect(sorted(Object.keys(SABOTAGES))).toEqual(sorted(ids));
});

describe.each(LABS.map((lab) => [lab.id, lab] as const))('%s', (id, lab) => {
  test('passes in virtual time, and is the same each time', async () => {
    const first = reportOf(await runLab(lab, { setting: 'sim' }));
    expect(first.failure).toBeNull();
    expect(sorted(first.met.map(({ key }) => key))).toEqual(sorted(lab.musts));
    expect(reportOf(await runLab(lab, { setting: 'sim' }))).toEqual(first);
  });

  test('passes with other sequence numbers and ports', async () => {
    expect(reportOf(await runLab(lab, { setting: 'sim', seed: 7 })).failure).toBeNull();
  });

  test('is told in every language, with the keys and values of its play', async () => {
    const { said, met, figures, labels } = await rehearse(lab);
    const fromEnglish = texts(lab)[0][1];
    for (const [language, text] of texts(lab)) {
      const where = `${id} in ${language}`;
      expect([where, sorted(Object.keys(text.musts))]).toEqual([where, sorted(lab.musts)]);
      expect([where, sorted(Object.keys(text.says))]).toEqual([where, sorted(Object.keys(fromEnglish.says))]);
      expect([where, said.map(([key]) => key).filter((key) => text.says[key] === undefined)]).toEqual([where, []]);
      expect([where, [...labels].filter((label) => text.says[label] === undefined)]).toEqual([where, []]);
      expect([where, unfilled(text.says, said), unfilled(text.musts, met)]).toEqual([where, [], []]);
      expect([where, sorted(Object.keys(text.figures ?? {}))]).toEqual([where, sorted(figures.map(({ key }) => key))]);
      expect([where, figures.flatMap((figure) => wordsWithout(figure, text))]).toEqual([where, []]);
      expect(text.questions.map(({ shownBy }) => shownBy)).toEqual(fromEnglish.questions.map(({ shownBy }) => shownBy));
      expect(text.explanation).toHaveLength(fromEnglish.explanation.length);
      const words = [text.title, text.question, ...text.explanation, ...Object.values(text.says), ...Object.values(text.musts), ...text.questions.flatMap(({ ask, answer }) => [ask, answer])];
      expect([where, words.filter((sentence) => sentence.trim() === '')]).toEqual([where, []]);
    }
  });

  test('each question is confirmed by what must be seen', () => {
    for (const [, text] of texts(lab)) {
      expect(text.questions.length).toBeGreaterThanOrEqual(2);
      expect(text.questions.map(({ shownBy }) => shownBy).filter((key) => !lab.musts.includes(key))).toEqual([]);
    }
  });

  test.each((SABOTAGES[id] ?? []).map((sabotage, index) => [index + 1, sabotage.breaks, sabotage] as const))('sabotage %d: without "%s" it fails, and says what it saw instead', async (_, breaks, sabotage) => {
    const { passed, failure } = await runLab(lab, { setting: 'sim', sabotage: sabotage.how });
    expect({ passed, key: failure?.key }).toEqual({ passed: false, key: breaks });
    expect(failure?.instead).toMatch(/\S/);
  });
});
