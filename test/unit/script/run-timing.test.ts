/** When events of scripts happen, and what is too early or too late. */
import { FakeSubject, START } from '../../support/fake-subject.js';
import { LISTEN, OPEN, opening, run, told } from './run-support.js';

const DATA = { flags: 'P.', seq: 1, ack: 1, wnd: 1000, data: 100 };
const ack = (at: number): FakeSubject => opening().sends(at, { flags: '.', seq: 1, ack: 1, wnd: 1000 });

describe('the beginning', () => {
  test('the first event is at time 0', () => {
    expect(told(run('0.1 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3', new FakeSubject()))).toBe('error 1: the first event must be at time 0');
  });

  test('absolute times do not go backward', () => {
    expect(told(run(`${LISTEN}0.5 close(3) = 0\n0.4 close(3) = 0`, new FakeSubject()))).toBe('error 5: time goes backward, from 0.500000 to 0.400000');
  });
});

describe('the time of an outbound packet', () => {
  test.each([
    ['within the tolerance', '0.2', 203_900, 'pass'],
    ['too late', '0.2', 215_000, 'fail 8: nothing was sent in time; timing: the packet was expected at 0.200000 but came at 0.215000 (tolerance 0.012500)'],
    ['too early', '0.4', 300_000, 'fail 8: timing: the packet was expected at 0.400000 but came at 0.300000 (tolerance 0.037500)'],
    ['a relative one counts from the event before', '+.1', 200_000, 'pass'],
    ['an eighth of the time since the event before is tolerated', '+1', 1_220_000, 'pass'],
    ['within a range', '0.15~0.3', 290_000, 'pass'],
    ['after a range', '0.15~0.3', 320_000, 'fail 8: nothing was sent in time; timing: the packet was expected between 0.150000 and 0.300000 but came at 0.320000 (tolerance 0.006250)'],
    ['any', '*', 77_000_000, 'pass'],
  ])('%s', (_, time, at, expected) => {
    expect(told(run(`${OPEN}${time} > . 1:1(0) ack 1`, ack(at)))).toBe(expected);
  });

  test('--tolerance_usecs widens it', () => {
    expect(told(run(`--tolerance_usecs=60000\n${OPEN}0.2 > . 1:1(0) ack 1`, ack(255_000)))).toBe('pass');
  });

  test('nothing at all', () => {
    expect(told(run(`${OPEN}0.2 > . 1:1(0) ack 1`, opening()))).toBe('fail 8: nothing was sent');
  });

  test('a difference in time alone is marked as such', () => {
    expect(run(`${OPEN}0.4 > . 1:1(0) ack 1`, ack(300_000)).timing).toBe(true);
    expect(run(`${OPEN}0.4 > . 2:2(0) ack 1`, ack(300_000)).timing).toBe(false);
  });
});

describe('relative times', () => {
  test('an inbound packet after an inbound packet counts from that one\'s scripted time', () => {
    const subject = opening();
    const slow = subject.inject.bind(subject);
    subject.inject = (octets) => {
      slow(octets);
      subject.waitUntil(subject.now() + 3_000); // takes its time
    };
    run(`${OPEN}+.1 < . 1:1(0) ack 1 win 1\n+.1 < . 1:1(0) ack 1 win 1`, subject);
    const since = subject.now() - START;
    expect(since).toBe(100_000 + 3_000 + 3_000 + 100_000 + 100_000 + 3_000);
  });

  test('any other event counts from when the event before was done', () => {
    const subject = opening().sends(150_000, DATA);
    const result = run(`${OPEN}* > P. 1:101(100) ack 1\n+.1 close(4) = 0`, subject);
    expect(told(result)).toBe('pass');
    expect(result.duration).toBe(250_000);
  });
});

describe('events that are due already', () => {
  test('too late is an error', () => {
    const subject = opening().sends(400_000, DATA);
    expect(told(run(`${OPEN}* > P. 1:101(100) ack 1\n0.2 close(4) = 0`, subject))).toBe(
      'fail 9: timing: close() was expected at 0.200000 but came at 0.400000 (tolerance 0.012500)');
  });
});

describe('calls that block', () => {
  const WAIT = '+0...0.3 read(4, ..., 10) = 10\n';

  test('return when the script says', () => {
    expect(told(run(`${OPEN}${WAIT}0.5 close(4) = 0`, opening({ recv: { value: 10, after: 300_000 } })))).toBe('pass');
  });

  test('return too early', () => {
    expect(told(run(`${OPEN}${WAIT}0.5 close(4) = 0`, opening({ recv: { value: 10, after: 200_000 } })))).toBe(
      'fail 8: timing: the call\'s return was expected at 0.400000 but came at 0.300000 (tolerance 0.037500)');
  });

  test('return something else', () => {
    expect(told(run(`${OPEN}${WAIT}0.5 close(4) = 0`, opening({ recv: { value: 7, after: 300_000 } })))).toBe('fail 8: read() returned 7 instead of 10');
  });

  test('packets pass meanwhile', () => {
    const subject = opening({ recv: { value: 10, after: 300_000 } }).sends(200_000, DATA);
    expect(told(run(`${OPEN}${WAIT}0.2 > P. 1:101(100) ack 1\n0.5 close(4) = 0`, subject))).toBe('pass');
  });

  test('one that still blocks when the next one begins', () => {
    expect(told(run(`${OPEN}${WAIT}${WAIT}`, opening({ recv: { value: 10, after: 9_000_000 } })))).toBe('error 9: read() would block while read() of line 8 still does');
  });

  test('one that blocks at the end', () => {
    expect(told(run(`${OPEN}${WAIT}`, opening({ recv: { value: 10, after: 9_000_000 } })))).toBe('error 8: the script ends while a call still blocks');
  });

  test('one without an end is waited for', () => {
    const subject = opening({ recv: { value: 10, after: 5_000_000 } });
    expect(told(run(`${OPEN}+0 read(4, ..., 10) = 10`, subject))).toBe('pass');
    expect(subject.now() - START).toBe(5_100_000);
  });

  test('one that never returns', () => {
    expect(told(run(`${OPEN}+0 read(4, ..., 10) = 10`, opening({ recv: { value: 10, after: 1e12 } })))).toBe(
      'fail 8: read() blocks: a call that is to block says until when, as in 0.1...0.3');
  });
});
