import fc from 'fast-check';
import { chooseQuestions, MOST_QUESTIONS, rehearse } from '../../../../src/cli/lab/quiz-choice.js';
import { LABS } from '../../../../src/labs/all.js';
import { reportOf } from '../../../../src/labs/report.js';
import { runLab } from '../../../../src/labs/run.js';

const chosen = (kinds: string): number[] => [...chooseQuestions([...kinds])].sort((a, b) => a - b);

test('the first of each kind, and what differs from the one before', () => expect(chosen('abbbacb')).toEqual([0, 1, 4, 5, 6]));

test('identical follow-ups are skipped', () => expect(chosen(`a${'b'.repeat(300)}c`)).toEqual([0, 1, 301]));

test('of many, the first of each kind come before all others, the rest spread evenly', () => {
  const places = chosen(`${'xy'.repeat(100)}z`);
  expect(places).toHaveLength(MOST_QUESTIONS);
  expect(places).toEqual(expect.arrayContaining([0, 1, 2, 199, 200]));
});

test('never too many, never one twice, always the first', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (kinds, most) => {
    const places = [...chooseQuestions(kinds, most)];
    expect(places.length).toBeLessThanOrEqual(most);
    expect(places.every((place) => place >= 0 && place < kinds.length)).toBe(true);
    expect(places).toContain(0);
  }));
});

test.each(LABS.map((lab) => [lab.id, lab] as const))('%s: something to predict wherever a host sends anything, and never too much', async (_, lab) => {
  const { places } = await rehearse(lab, 1);
  const sent = reportOf(await runLab(lab, { setting: 'sim' })).segments.some(({ fate }) => fate !== 'injected');
  expect([places.size > 0, places.size <= MOST_QUESTIONS]).toEqual([sent, true]);
}, 60_000);

test('where the host on the left sends nothing, the other one is asked about', async () => {
  const [split] = LABS.filter(({ id }) => id === 'open-split');
  expect((await rehearse(split, 1)).from).not.toBe(split.glass);
});
