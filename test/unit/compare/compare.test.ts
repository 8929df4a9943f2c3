import { compareRecordings, isFailure } from '../../../src/compare/compare.js';
import type { Explanation } from '../../../src/compare/explanations.js';
import { KNOWLEDGE } from '../../../src/compare/knowledge.js';
import { pair, recording, scenario, sent, shared } from './scenes.js';

const note: Explanation = {
  id: 'note', title: 'A note', judgement: 'both allowed', requirements: ['MAY-1'], why: 'Because.', linux: 'a.sysctl=1', glasstcp: 'anOption',
  explains: (d) => d.what === 'field' && d.field === 'window',
};
const SYN = 'S 0:0(0) win 1000';

describe('compareRecordings', () => {
  test('calls equals the same', () => {
    const { verdict, findings } = compareRecordings(scenario('x'), ...pair([], [sent(0, SYN)], [sent(0, SYN)]), [note]);
    expect([verdict, findings]).toEqual(['same', []]);
  });

  test('takes the judgement of the explanation', () => {
    const { verdict, findings } = compareRecordings(scenario('x'), ...pair([], [sent(0, SYN)], [sent(0, 'S 0:0(0) win 5')]), [note]);
    expect([verdict, findings[0].explanation?.id]).toEqual(['both allowed', 'note']);
  });

  test('calls a difference that nobody knows unexplained, which is a failure', () => {
    const { verdict } = compareRecordings(scenario('x'), ...pair([], [sent(0, SYN)], [sent(0, SYN, { ttl: 1 })]), [note]);
    expect([verdict, isFailure(verdict)]).toEqual(['unexplained', true]);
  });

  test('the worst finding decides', () => {
    const { verdict } = compareRecordings(scenario('x'), ...pair([], [sent(0, SYN)], [sent(0, 'S 0:0(0) win 5', { ttl: 1 })]), [note]);
    expect(verdict).toBe('unexplained');
  });

  test('says why nothing was compared', () => {
    const { verdict, failure } = compareRecordings(scenario('x'), recording('engine'), { ...recording('kernel'), failure: 'no TUN' }, [note]);
    expect([verdict, failure, isFailure(verdict)]).toEqual(['not compared', 'no TUN', true]);
  });

  test('a requirement that both break is broken, although they are alike', () => {
    const answer = [shared(0, 0, '< R 1:1(0) win 0'), sent(0, 'R 5:5(0) win 0')];
    const { findings } = compareRecordings(scenario('closed-port'), ...pair(answer, [], []), KNOWLEDGE);
    expect(findings.map((f) => f.verdict)).toEqual(['glasstcp violates', 'kernel violates']);
  });

  test('a timeout that does not double breaks MUST-19', () => {
    const even = [1, 2, 3, 4, 5].map((at) => sent(at, 'P. 1:101(100) ack 1 win 9'));
    const { verdict, findings } = compareRecordings(scenario('data-retransmission'), ...pair(even, [], []), KNOWLEDGE);
    expect([verdict, findings[0].explanation?.requirements]).toEqual(['glasstcp violates', ['MUST-19', 'RFC 6298 §5.5']]);
  });

  test('an ACK after half a second breaks MUST-40', () => {
    const late = [shared(0, 0, '< P. 1:101(100) ack 1 win 9'), sent(0.6, '. 1:1(0) ack 101 win 9')];
    expect(compareRecordings(scenario('delayed-ack'), ...pair(late, [], []), KNOWLEDGE).verdict).toBe('glasstcp violates');
  });
});

describe('the knowledge', () => {
  test('has each explanation once, with a requirement and a sentence', () => {
    expect(new Set(KNOWLEDGE.map((k) => k.id)).size).toBe(KNOWLEDGE.length);
    for (const { requirements, why } of KNOWLEDGE) {
      expect(requirements.length).toBeGreaterThan(0);
      expect(why).toMatch(/\.$/);
      for (const id of requirements) expect(id).toMatch(/^(?:(?:MUST|SHLD|MAY)-\d+|RFC \d+(?: §[\d.]+)?)$/);
    }
  });

  test('a retransmission that the kernel never makes is not a tail-loss probe', () => {
    const PUSH = 'P. 1:101(100) ack 1 win 9';
    const { verdict } = compareRecordings(scenario('x', 'retransmission'), ...pair([sent(0, PUSH)], [sent(0.1, PUSH), sent(0.3, PUSH)], []), KNOWLEDGE);
    expect(verdict).toBe('unexplained');
  });

  test('a SYN that the kernel gives up too soon breaks MUST-23', () => {
    const told = (result: string): ReturnType<typeof shared> => shared(0, 140, 'getsockopt(3, SOL_SOCKET, SO_ERROR, [...], [4]) = 0', result);
    const { verdict, findings } = compareRecordings(scenario('syn-gives-up'), ...pair([], [told('0 [0]')], [told('0 [110]')]), KNOWLEDGE);
    expect([verdict, findings.map((f) => f.explanation?.id)]).toEqual(['kernel violates', ['syn-r2']]);
  });
});
