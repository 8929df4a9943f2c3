/** What is said of a RST: its cause first, then whether it counts, then whether it comes from whom it says. */
import { ResetReasons } from '../../../src/observe/resets.js';
import { resetCauses, resetFates } from '../../../src/observe/reset-verdicts.js';
import { StateInference } from '../../../src/observe/states.js';
import type { Explanation } from '../../../src/trace/moment.js';
import { allRules } from '../../../src/trace/rules.js';
import { allVerdicts } from '../../../src/observe/verdicts.js';
import { Passings } from '../../support/passings.js';

const claimed = new Set<string>();

function watch(lines: readonly string[]): Explanation[][] {
  const passings = new Passings();
  const states = new StateInference();
  const resets = new ResetReasons();
  return lines.map((line) => {
    const passing = passings.pass(line);
    const told = resets.pass(passing, states.pass(passing));
    for (const { rule } of told) claimed.add(rule.name);
    return told;
  });
}

/** What is said of the last segment, which is a RST. */
const last = (...lines: string[]): Explanation[] => watch(lines)[lines.length - 1];
const names = (...lines: string[]): string[] => last(...lines).map(({ rule }) => rule.name);

const OPEN = ['left SYN 0', 'right SYN,ACK 0 1', 'left ACK 1 1'];
const ASKED = [...OPEN, 'left PSH,ACK 1 1 len 100', 'right ACK 1 101'];
const REPLIED = [...ASKED, 'right PSH,ACK 1 101 len 500', 'left ACK 101 501'];

describe('why', () => {
  test('nobody listens', () => expect(names('left SYN 0', 'right RST,ACK 0 1')).toEqual(['refused']));

  test('a refusal of a SYN with text', () => expect(names('left SYN 0 len 20', 'right RST,ACK 0 21')).toEqual(['refused']));

  test('restarted: the challenge ACK finds a new SYN', () => expect(names(...ASKED, 'left SYN 90000', 'right ACK 1 101', 'left RST 101')).toEqual(['restarted']));

  test('a SYN,ACK for another SYN', () => expect(names('left SYN 0', 'right SYN,ACK 0 900', 'left RST 900')).toEqual(['wrong-ack-refused']));

  test('a wrong ACK while the handshake is under way', () => expect(names('left SYN 0', 'right SYN,ACK 0 1', 'left ACK 1 900', 'right RST 900')).toEqual(['wrong-ack-refused']));

  test('the answer to a challenge ACK', () =>
    expect(names(...REPLIED, 'right RST 900', 'left ACK 101 501', 'right RST 501')).toEqual(['challenge-answered']));

  test('a scan by SYN', () => expect(names('left SYN 0', 'right SYN,ACK 0 1', 'left RST 1')).toEqual(['syn-scan']));

  test('a scan by connect()', () => expect(names(...OPEN, 'left RST,ACK 1 1')).toEqual(['opened-for-nothing']));

  test('a scan by SYN with a TTL of its own', () => expect(names('left SYN 0 ttl 40', 'right SYN,ACK 0 1', 'left RST 1')).toEqual(['syn-scan']));

  test('a connection that nobody accepts', () => expect(names(...OPEN, 'right RST,ACK 1 1')).toEqual(['not-accepted']));

  test('a SYN,ACK out of nowhere', () => expect(names('right SYN,ACK 0 1', 'left RST 1')).toEqual(['stray-syn-ack']));

  test('the listener goes', () => expect(names('left SYN 0', 'right SYN,ACK 0 1', 'left ACK 1 1', 'right SYN,ACK 0 1', 'right RST,ACK 1 1')).toEqual(['handshake-aborted']));

  test('retransmitted without an answer', () => {
    const text = 'right PSH,ACK 1 101 len 500';
    const told = last(...ASKED, `${text} at 10`, `${text} at 10.2`, `${text} at 10.6`, `${text} at 11.4`, 'right RST,ACK 501 101 at 13.2');
    expect(told[0].text).toBe('sent again 3 times within 3 s without an answer: given up');
  });

  test('keep-alives without an answer', () => {
    const probe = 'left ACK 100 501';
    expect(last(...REPLIED, probe, probe, probe, 'left RST,ACK 101 501')[0].text).toBe('3 keep-alives had no answer: the other end is taken for dead');
  });

  test('keep-alives with answers are no reason', () => {
    const probe = ['left ACK 100 501', 'right ACK 501 101'];
    expect(names(...REPLIED, ...probe, ...probe, ...probe, 'left RST,ACK 101 501')).toEqual(['closed-unread']);
  });

  test('text after close()', () => {
    const told = last(...ASKED, 'left FIN,ACK 101 1', 'right ACK 1 102', 'right PSH,ACK 1 102 len 500', 'left RST 102');
    expect(told.map(({ text }) => text)).toEqual(['500 octets came after this end had closed: nobody is left to read them (RFC 2525 §2.17)']);
  });

  test('a FIN that nobody waits for any more', () =>
    expect(names(...ASKED, 'left FIN,ACK 101 1', 'right ACK 1 102', 'right FIN,ACK 1 102 at 100', 'left RST 102')).toEqual(['fin-to-forgotten']));

  test('a segment after the end', () =>
    expect(names(...ASKED, 'left FIN,ACK 101 1', 'right FIN,ACK 1 102', 'left ACK 102 2', 'left ACK 102 2', 'right RST 2')).toEqual(['connection-over']));

  test('more segments after a RST', () => expect(names(...REPLIED, 'right RST,ACK 501 101', 'left PSH,ACK 101 501 len 10', 'right RST 501')).toEqual(['connection-over']));

  test('a connection that this end never had', () => expect(names('left PSH,ACK 500 900 len 5', 'right RST 900')).toEqual(['no-such-connection']));

  test('half-open: the RST stands where the other end acknowledged, not where its sender had got to', () =>
    expect(names(...ASKED, 'right PSH,ACK 1 101 len 500', 'left PSH,ACK 101 1 len 5', 'right RST 1')[0]).toBe('half-open'));

  test('closed with something unread', () => expect(last(...ASKED, 'right RST,ACK 1 101').map(({ text }) => text)).toEqual([
    'closed, or killed, with some of the last 100 octets unread (RFC 2525 §2.17); or aborted on purpose (SO_LINGER 0)',
  ]));

  test('aborted after the answer', () => expect(names(...REPLIED, 'right RST,ACK 501 101')).toEqual(['aborted']));

  test('aborted after a FIN of the other end', () => expect(names(...REPLIED, 'left FIN,ACK 101 501', 'right ACK 501 102', 'right RST,ACK 501 102')).toEqual(['aborted']));

  test('out of nothing', () => expect(names('left RST 1')).toEqual(['unexplained-reset']));
});

describe('whether it counts', () => {
  test('inside the window: whoever gets it asks back', () => expect(last(...REPLIED, 'right RST 900').map(({ text }) => text)[1]).toBe(
    'at 900, inside the window but not at 501: whoever gets it must ask back with a challenge ACK'));

  test('outside the window', () => expect(names(...REPLIED, 'right RST 400')).toEqual(['aborted', 'reset-outside']));

  test('beyond a window that was scaled', () => {
    const open = ['left SYN 0 scale 7', 'right SYN,ACK 0 1 scale 7', 'left PSH,ACK 1 1 len 10 wnd 100', 'right PSH,ACK 1 11 len 10', 'left ACK 11 11 wnd 100'];
    expect(names(...open, 'right RST 12000')[1]).toBe('doubted-reset');
    expect(names(...open, 'right RST 13000')[1]).toBe('reset-outside');
  });

  test('a RST beside the SYN', () => expect(names('left SYN 0', 'right RST,ACK 0 77')).toEqual(['unexplained-reset', 'reset-beside-syn']));
});

describe('whether it comes from whom it says', () => {
  test('another number of hops', () => expect(last(...REPLIED, 'right RST,ACK 501 101 ttl 120').map(({ text }) => text)[1]).toBe(
    'arrives with 120 hops left, others of this end with 64: it may not come from that host but from something in between'));

  test('a hop or two are nothing', () => expect(names(...REPLIED, 'right RST,ACK 501 101 ttl 62')).toEqual(['aborted']));
});

test('only RSTs are spoken of', () => expect(watch(REPLIED).flat()).toEqual([]));

test('every verdict has come up, and none has the name of a rule or another verdict', () => {
  const all = [...Object.values(resetCauses), ...Object.values(resetFates)].map(({ name }) => name);
  expect([...claimed].sort()).toEqual([...all].sort());
  const others = [...allRules(), ...allVerdicts()].map(({ name }) => name);
  expect(all.filter((name) => others.includes(name))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
});
