import { ScriptStorm } from './script-storm.js';

test('20,000 damaged scripts are parsed, or refused with a position in the text, in steps linear to their length', () => {
  const storm = new ScriptStorm(1);
  storm.blow(20_000);
  expect(storm.problems).toEqual([]);
  expect(storm.accepted).toBeGreaterThan(1000);
  expect(storm.refused).toBeGreaterThan(5000);
});
