/** Segments → the states of both ends. Each row: the segment, and the states after it (left, right). */
import { StateInference } from '../../../src/observe/states.js';
import { Passings } from '../../support/passings.js';

/** "LISTEN>SYN-RECEIVED" where a segment finds an end in another state than the one before it left. */
function told(lines: readonly string[]): string[] {
  const passings = new Passings();
  const inference = new StateInference();
  const last = { left: 'unknown', right: 'unknown' };
  return lines.map((line) => {
    const steps = inference.pass(passings.pass(line));
    return (['left', 'right'] as const)
      .map((side) => {
        const { before, after } = steps[side];
        const found = before === last[side] ? '' : `${before}>`;
        last[side] = after;
        return `${found}${after}`;
      })
      .join(' ');
  });
}

type Row = readonly [segment: string, states: string];
const expectStates = (rows: readonly Row[]): void => expect(told(rows.map(([segment]) => segment)).map((states, i) => [rows[i][0], states])).toEqual(rows);

const OPEN: readonly Row[] = [
  ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
  ['right SYN,ACK 0 1', 'ESTABLISHED LISTEN>SYN-RECEIVED'],
  ['left ACK 1 1', 'ESTABLISHED ESTABLISHED'],
];

describe('opening', () => {
  test('the three-way handshake', () => expectStates(OPEN));

  test('SYN sent again', () => expectStates([['left SYN 0', 'CLOSED>SYN-SENT unknown'], ['left SYN 0', 'SYN-SENT unknown'], ['left SYN 0', 'SYN-SENT unknown']]));

  test('SYN sent again after the SYN,ACK: that was lost', () => expectStates([
    ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
    ['right SYN,ACK 0 1', 'ESTABLISHED LISTEN>SYN-RECEIVED'],
    ['left SYN 0', 'SYN-SENT>SYN-SENT SYN-RECEIVED'],
    ['right SYN,ACK 0 1', 'ESTABLISHED SYN-RECEIVED'],
    ['left ACK 1 1', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('SYN,ACK sent again: the third segment was lost', () => expectStates([
    ...OPEN,
    ['right SYN,ACK 0 1', 'ESTABLISHED SYN-RECEIVED>SYN-RECEIVED'],
    ['left ACK 1 1', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('a SYN,ACK that comes late, after text, takes nothing back', () => expectStates([
    ...OPEN,
    ['left PSH,ACK 1 1 len 10', 'ESTABLISHED ESTABLISHED'],
    ['right ACK 1 11', 'ESTABLISHED ESTABLISHED'],
    ['right SYN,ACK 0 1', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('a late copy of the SYN changes nothing', () => expectStates([...OPEN, ['left SYN 0', 'ESTABLISHED ESTABLISHED']]));

  test('the server speaks though its handshake was not seen to end', () => expectStates([
    ...OPEN.slice(0, 2),
    ['right PSH,ACK 1 1 len 20', 'ESTABLISHED ESTABLISHED>ESTABLISHED'],
  ]));

  test('simultaneous', () => expectStates([
    ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
    ['right SYN 0', 'SYN-RECEIVED CLOSED>SYN-SENT'],
    ['left SYN,ACK 0 1', 'SYN-RECEIVED SYN-RECEIVED>ESTABLISHED'],
    ['right SYN,ACK 0 1', 'ESTABLISHED SYN-RECEIVED>ESTABLISHED'],
  ]));

  test('split handshake', () => expectStates([
    ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
    ['right ACK 0 1', 'SYN-SENT unknown'],
    ['right SYN 0', 'SYN-RECEIVED LISTEN>SYN-RECEIVED'],
    ['left SYN,ACK 0 1', 'SYN-RECEIVED ESTABLISHED'],
    ['right ACK 1 1', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('nobody listens', () => expectStates([['left SYN 0', 'CLOSED>SYN-SENT unknown'], ['right RST,ACK 0 1', 'CLOSED CLOSED>CLOSED']]));

  test('a refusal of something else is not one', () => expectStates([
    ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
    ['right RST,ACK 0 77', 'SYN-SENT CLOSED'],
  ]));

  test('Fast Open: text in the SYN, an answer before the handshake is done', () => expectStates([
    ['left SYN 0 len 50 cookie', 'CLOSED>SYN-SENT unknown'],
    ['right SYN,ACK 0 51', 'ESTABLISHED LISTEN>SYN-RECEIVED'],
    ['right PSH,ACK 1 51 len 100', 'ESTABLISHED SYN-RECEIVED'],
    ['left ACK 51 101', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('Fast Open: the text is not taken', () => expectStates([
    ['left SYN 0 len 50 cookie', 'CLOSED>SYN-SENT unknown'],
    ['right SYN,ACK 0 1', 'ESTABLISHED LISTEN>SYN-RECEIVED'],
    ['left PSH,ACK 1 1 len 50', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('the SYN was not captured', () => expectStates([
    ['right SYN,ACK 0 1', 'unknown LISTEN>SYN-RECEIVED'],
    ['left ACK 1 1', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('a SYN,ACK that answers nothing is refused', () => expectStates([
    ['right SYN,ACK 0 1', 'unknown LISTEN>SYN-RECEIVED'],
    ['left RST 1', 'CLOSED LISTEN'],
  ]));

  test('the SYN,ACK was not captured', () => expectStates([
    ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
    ['left ACK 1 1', 'ESTABLISHED>ESTABLISHED unknown'],
    ['right ACK 1 1 len 5', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('only one direction was captured', () => expectStates([
    ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
    ['left ACK 1 1', 'ESTABLISHED>ESTABLISHED unknown'],
    ['left PSH,ACK 1 1 len 9', 'ESTABLISHED unknown'],
    ['left FIN,ACK 10 1', 'FIN-WAIT-1 unknown'],
  ]));
});

describe('in the middle', () => {
  test('open once both have spoken', () => expectStates([
    ['left PSH,ACK 1 1 len 9', 'unknown unknown'],
    ['right ACK 1 10', 'ESTABLISHED ESTABLISHED'],
    ['left FIN,ACK 10 1', 'FIN-WAIT-1 CLOSE-WAIT'],
  ]));

  test('a FIN first: who has closed before is not known until the other says something', () => expectStates([
    ['left FIN,ACK 10 1', 'unknown unknown'],
    ['right ACK 1 11', 'unknown unknown'],
    ['right PSH,ACK 1 11 len 5', 'FIN-WAIT-2 CLOSE-WAIT'],
    ['right FIN,ACK 6 11', 'TIME-WAIT LAST-ACK'],
    ['left ACK 11 7', 'TIME-WAIT CLOSED'],
  ]));

  test('a RST alone', () => expectStates([['left RST 10', 'CLOSED unknown']]));
});

describe('closing', () => {
  test('left first', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 2', 'FIN-WAIT-2 CLOSE-WAIT'],
    ['right FIN,ACK 1 2', 'TIME-WAIT LAST-ACK'],
    ['left ACK 2 2', 'TIME-WAIT CLOSED'],
  ]));

  test('right first, the answer in one segment', () => expectStates([
    ...OPEN,
    ['right FIN,ACK 1 1', 'CLOSE-WAIT FIN-WAIT-1'],
    ['left FIN,ACK 1 2', 'LAST-ACK TIME-WAIT'],
    ['right ACK 2 2', 'CLOSED TIME-WAIT'],
  ]));

  test('an acknowledgement of the text alone does not acknowledge the FIN', () => expectStates([
    ...OPEN,
    ['left FIN,PSH,ACK 1 1 len 100', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 101', 'FIN-WAIT-1 ESTABLISHED>CLOSE-WAIT'],
    ['right ACK 1 102', 'FIN-WAIT-2 CLOSE-WAIT'],
  ]));

  test('both at once', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right FIN,ACK 1 1', 'CLOSING ESTABLISHED>CLOSING'],
    ['left ACK 2 2', 'CLOSING TIME-WAIT'],
    ['right ACK 2 2', 'TIME-WAIT TIME-WAIT'],
  ]));

  test('half-closed: text still flows the other way', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 2 len 1000', 'FIN-WAIT-2 CLOSE-WAIT'],
    ['left ACK 2 1001', 'FIN-WAIT-2 CLOSE-WAIT'],
    ['right FIN,PSH,ACK 1001 2 len 10', 'TIME-WAIT LAST-ACK'],
    ['left ACK 2 1011', 'FIN-WAIT-2>TIME-WAIT LAST-ACK'],
    ['left ACK 2 1012', 'TIME-WAIT CLOSED'],
  ]));

  test('a FIN beyond a gap waits for the text before it', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 101 1', 'FIN-WAIT-1 ESTABLISHED'],
    ['right ACK 1 1', 'FIN-WAIT-1 ESTABLISHED'],
    ['left PSH,ACK 1 1 len 100', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 102', 'FIN-WAIT-2 CLOSE-WAIT'],
  ]));

  test('text and FIN were lost further on: the FIN stays lost when the text is there', () => expectStates([
    ...OPEN,
    ['left PSH,ACK 1 1 len 100', 'ESTABLISHED ESTABLISHED'],
    ['left FIN,ACK 101 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['left PSH,ACK 1 1 len 100', 'FIN-WAIT-1 ESTABLISHED>CLOSE-WAIT'],
    ['right ACK 1 101', 'FIN-WAIT-1 ESTABLISHED>ESTABLISHED'],
    ['left FIN,ACK 101 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 102', 'FIN-WAIT-2 CLOSE-WAIT'],
  ]));

  test('a FIN sent again: its acknowledgement was lost', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 2', 'FIN-WAIT-2 CLOSE-WAIT'],
    ['left FIN,ACK 1 1', 'FIN-WAIT-1>FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 2', 'FIN-WAIT-2 CLOSE-WAIT'],
  ]));

  test('a FIN sent again that nobody acknowledged: it was lost itself', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 ESTABLISHED>CLOSE-WAIT'],
  ]));

  test('the last ACK was lost', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right FIN,ACK 1 2', 'TIME-WAIT LAST-ACK'],
    ['left ACK 2 2', 'TIME-WAIT CLOSED'],
    ['right FIN,ACK 1 2', 'TIME-WAIT LAST-ACK>LAST-ACK'],
    ['left ACK 2 2', 'TIME-WAIT CLOSED'],
  ]));

  test('a gap that the capture missed is no gap for the receiver', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 101 1', 'FIN-WAIT-1 ESTABLISHED'],
    ['right ACK 1 102', 'FIN-WAIT-2 CLOSE-WAIT>CLOSE-WAIT'],
  ]));

  test('keep-alives change nothing', () => expectStates([
    ...OPEN,
    ['left PSH,ACK 1 1 len 10', 'ESTABLISHED ESTABLISHED'],
    ['right ACK 1 11', 'ESTABLISHED ESTABLISHED'],
    ['left ACK 10 1', 'ESTABLISHED ESTABLISHED'],
    ['left ACK 10 1 len 1', 'ESTABLISHED ESTABLISHED'],
    ['right ACK 1 11', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('a new connection on the same ports ends TIME-WAIT', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right FIN,ACK 1 2', 'TIME-WAIT LAST-ACK'],
    ['left ACK 2 2', 'TIME-WAIT CLOSED'],
    ['left SYN 5000', 'CLOSED>SYN-SENT CLOSED'],
    ['right SYN,ACK 7000 5001', 'ESTABLISHED LISTEN>SYN-RECEIVED'],
    ['left ACK 5001 7001', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('a new connection to the end that waits', () => expectStates([
    ...OPEN,
    ['right FIN,ACK 1 1', 'CLOSE-WAIT FIN-WAIT-1'],
    ['left FIN,ACK 1 2', 'LAST-ACK TIME-WAIT'],
    ['right ACK 2 2', 'CLOSED TIME-WAIT'],
    ['left SYN 5000', 'SYN-SENT TIME-WAIT'],
    ['right SYN,ACK 7000 5001', 'ESTABLISHED LISTEN>SYN-RECEIVED'],
    ['left ACK 5001 7001', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('a new connection finds nobody left to listen', () => expectStates([
    ...OPEN,
    ['right FIN,ACK 1 1', 'CLOSE-WAIT FIN-WAIT-1'],
    ['left FIN,ACK 1 2', 'LAST-ACK TIME-WAIT'],
    ['right ACK 2 2', 'CLOSED TIME-WAIT'],
    ['left SYN 5000', 'SYN-SENT TIME-WAIT'],
    ['right RST,ACK 0 5001', 'CLOSED CLOSED>CLOSED'],
  ]));
});

test('an earlier conversation on the same ports is known, even if the other end opens this one', () => {
  const passings = new Passings();
  const before = new StateInference();
  for (const line of [...OPEN.map(([segment]) => segment), 'left FIN,ACK 1 1', 'right FIN,ACK 1 2', 'left ACK 2 2']) before.pass(passings.pass(line));
  const steps = new StateInference(before, true).pass({ ...passings.pass('right SYN 5000'), from: 'left' });
  expect(steps).toEqual({ left: { before: 'CLOSED', after: 'SYN-SENT' }, right: { before: 'TIME-WAIT', after: 'TIME-WAIT' } });
});

describe('RST', () => {
  test('at the next number: both are closed', () => expectStates([...OPEN, ['right RST,ACK 1 1', 'CLOSED CLOSED']]));

  test('after all text that passed', () => expectStates([
    ...OPEN,
    ['right PSH,ACK 1 1 len 500', 'ESTABLISHED ESTABLISHED'],
    ['right RST 501', 'CLOSED CLOSED'],
  ]));

  test('in the window, not at the next number: the receiver asks, the sender says it again', () => expectStates([
    ...OPEN,
    ['right RST 301', 'ESTABLISHED CLOSED'],
    ['left ACK 1 1', 'ESTABLISHED CLOSED'],
    ['right RST 1', 'CLOSED CLOSED'],
  ]));

  test('forged: its supposed sender goes on', () => expectStates([
    ...OPEN,
    ['right RST 1', 'CLOSED CLOSED'],
    ['right PSH,ACK 1 1 len 10', 'CLOSED ESTABLISHED>ESTABLISHED'],
    ['left ACK 1 11', 'ESTABLISHED>ESTABLISHED ESTABLISHED'],
  ]));

  test('lost: the receiver sends its text again, and is told again', () => expectStates([
    ...OPEN,
    ['left PSH,ACK 1 1 len 10', 'ESTABLISHED ESTABLISHED'],
    ['right RST 1', 'CLOSED CLOSED'],
    ['left PSH,ACK 1 1 len 10', 'ESTABLISHED>ESTABLISHED CLOSED'],
    ['right RST 1', 'CLOSED CLOSED'],
  ]));

  test('text that was under way does not revive anybody', () => expectStates([
    ...OPEN,
    ['right RST,ACK 1 1', 'CLOSED CLOSED'],
    ['left PSH,ACK 1 1 len 10', 'CLOSED CLOSED'],
    ['right RST 1', 'CLOSED CLOSED'],
  ]));

  test('before the handshake is done: the server listens again', () => expectStates([
    ...OPEN.slice(0, 2),
    ['left RST 1', 'CLOSED LISTEN'],
  ]));

  test('a SYN,ACK that acknowledges something else is refused, and the SYN stands', () => expectStates([
    ['left SYN 0', 'CLOSED>SYN-SENT unknown'],
    ['right SYN,ACK 0 900', 'SYN-SENT LISTEN>SYN-RECEIVED'],
    ['left RST 900', 'SYN-SENT LISTEN'],
    ['left SYN 0', 'SYN-SENT LISTEN'],
    ['right SYN,ACK 4000 1', 'ESTABLISHED SYN-RECEIVED'],
  ]));

  test('a host that has restarted meets the connection it had', () => expectStates([
    ...OPEN,
    ['left SYN 90000', 'CLOSED>SYN-SENT ESTABLISHED'],
    ['right ACK 1 1', 'SYN-SENT ESTABLISHED'],
    ['left RST 1', 'SYN-SENT CLOSED'],
    ['left SYN 90000', 'SYN-SENT CLOSED'],
    ['right SYN,ACK 70000 90001', 'ESTABLISHED LISTEN>SYN-RECEIVED'],
    ['left ACK 90001 70001', 'ESTABLISHED ESTABLISHED'],
  ]));

  test('text after the user has gone', () => expectStates([
    ...OPEN,
    ['left FIN,ACK 1 1', 'FIN-WAIT-1 CLOSE-WAIT'],
    ['right ACK 1 2', 'FIN-WAIT-2 CLOSE-WAIT'],
    ['right PSH,ACK 1 2 len 10', 'FIN-WAIT-2 CLOSE-WAIT'],
    ['left RST 2', 'CLOSED CLOSED'],
  ]));
});
