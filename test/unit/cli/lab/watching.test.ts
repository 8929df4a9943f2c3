import { explainFailure } from '../../../../src/cli/failure.js';
import { needsVirtualTime, readWatching, type WatchingArguments } from '../../../../src/cli/lab/watching.js';

const read = (given: Partial<WatchingArguments>, labs = 1): ReturnType<typeof readWatching> => readWatching({ json: false, ...given }, labs, 'en');

function refusal(given: Partial<WatchingArguments>, labs?: number): string {
  try {
    read(given, labs);
  } catch (error) {
    return explainFailure(error);
  }
  return '';
}

test('nothing asked: at once, with the kernel', () => {
  expect(read({})).toEqual({ pace: 'at once', capture: null, narrator: undefined, xray: false });
  expect(needsVirtualTime(read({ capture: 'a.pcapng', narrator: 'fog' }))).toBe(false);
});

test.each([
  [{ step: true }, 'step'], [{ quiz: true }, 'quiz'], [{ slow: '0.1' }, { seconds: 0.1 }], [{ slow: '60' }, { seconds: 60 }], [{ slow: '.5' }, { seconds: 0.5 }],
] as const)('%j stops in virtual time', (given, pace) => {
  expect(read(given).pace).toEqual(pace);
  expect(needsVirtualTime(read(given))).toBe(true);
});

test.each(['fog', '雾中挥手', 'two people waving in the fog'])('the narrator %s', (name) => {
  expect(read({ narrator: name }).narrator?.id).toBe('fog');
  expect(readWatching({ json: false, narrator: name }, 1, 'zh').narrator?.title).toBe('雾中挥手');
});

test.each([
  [{ slow: '0.09' }, 1, '--slow takes seconds, 0.1 to 60; fractions are fine; it was given "0.09".'],
  [{ slow: '61' }, 1, 'it was given "61"'],
  [{ slow: 'NaN' }, 1, 'it was given "NaN"'],
  [{ slow: ['1', '2'] }, 1, '--slow is given 2 times.'],
  [{ step: [true, true] }, 1, '--step is given 2 times.'],
  [{ narrator: 'bob' }, 1, '--narrator takes "walkie-talkie", "fog", "break-up"; it was given "bob".'],
  [{ capture: '-' }, 1, '--capture takes a file name; it was given "-".'],
  [{ capture: '' }, 1, '--capture takes a file name; it was given nothing.'],
  [{ step: true, slow: '1' }, 1, '--step and --slow contradict each other.'],
  [{ quiz: true, step: true }, 1, '--step and --quiz contradict each other.'],
  [{ quiz: true, json: true }, 1, '--quiz and --json contradict each other.'],
  [{ narrator: 'fog', json: true }, 1, '--narrator and --json contradict each other.'],
  [{ capture: 'a.pcapng' }, 37, '--capture is for one lab; 37 were chosen.'],
  [{ step: true }, 2, '--step is for one lab; 2 were chosen.'],
  [{ narrator: 'fog' }, 2, '--narrator is for one lab; 2 were chosen.'],
] as const)('%j with %d labs is refused', (given, labs, words) => expect(refusal(given, labs)).toContain(words));

test('several labs without any of these are fine', () => expect(refusal({}, 37)).toBe(''));
