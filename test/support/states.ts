/**
 * The eleven states, each reached as in life. Relative numbers afterwards: our SYN was 0 and our FIN 1, the peer's likewise;
 * what the constructors send has been drained, what they told is forgotten.
 */
import { Bench, type Setup } from './engine.js';

export const peerSyn = (setup: Setup = {}) => ({ flags: 'S', seq: 0, mss: 1460, ...setup.syn });
const peerSynAck = (setup: Setup = {}) => ({ flags: 'S.', seq: 0, ack: 1, mss: 1460, ...setup.syn });

/** With timestamps the peer's segments after the SYN need one as well. */
const stamp = (setup: Setup) => (setup.syn?.ts === undefined ? {} : { ts: [setup.syn.ts[0], 0] as const });

export const closed = (setup: Setup = {}): Bench => {
  const bench = listening(setup);
  bench.close();
  return bench.in('CLOSED');
};

/** Never opened. */
export const unopened = (setup: Setup = {}): Bench => new Bench(setup).in('CLOSED');

export function listening(setup: Setup = {}): Bench {
  const bench = new Bench(setup, false);
  bench.connection.openPassive(bench.now);
  return bench.in('LISTEN');
}

export function synSent(setup: Setup = {}): Bench {
  const bench = new Bench(setup);
  bench.connection.openActive(bench.now);
  bench.drain();
  return bench.in('SYN-SENT');
}

/** From LISTEN. */
export function synReceived(setup: Setup = {}): Bench {
  const bench = listening(setup);
  bench.play(peerSyn(setup));
  return bench.in('SYN-RECEIVED');
}

/** From SYN-SENT: both sides opened at once. */
export function synReceivedActive(setup: Setup = {}): Bench {
  const bench = synSent(setup);
  bench.play(peerSyn(setup));
  return bench.in('SYN-RECEIVED');
}

/** Active. */
export function established(setup: Setup = {}): Bench {
  const bench = synSent(setup);
  bench.play(peerSynAck(setup));
  return bench.in('ESTABLISHED');
}

export function establishedPassive(setup: Setup = {}): Bench {
  const bench = synReceived(setup);
  bench.play({ flags: '.', seq: 1, ack: 1, ...stamp(setup), ...wnd(setup) });
  return bench.in('ESTABLISHED');
}

export function finWait1(setup: Setup = {}): Bench {
  const bench = established(setup);
  bench.close();
  bench.drain();
  return bench.in('FIN-WAIT-1');
}

export function finWait2(setup: Setup = {}): Bench {
  const bench = finWait1(setup);
  bench.play({ flags: '.', seq: 1, ack: 2, ...stamp(setup), ...wnd(setup) });
  return bench.in('FIN-WAIT-2');
}

export function closeWait(setup: Setup = {}): Bench {
  const bench = established(setup);
  bench.play({ flags: 'F.', seq: 1, ack: 1, ...stamp(setup), ...wnd(setup) });
  return bench.in('CLOSE-WAIT');
}

export function closing(setup: Setup = {}): Bench {
  const bench = finWait1(setup);
  bench.play({ flags: 'F.', seq: 1, ack: 1, ...stamp(setup), ...wnd(setup) });
  return bench.in('CLOSING');
}

export function lastAck(setup: Setup = {}): Bench {
  const bench = closeWait(setup);
  bench.close();
  bench.drain();
  return bench.in('LAST-ACK');
}

export function timeWait(setup: Setup = {}): Bench {
  const bench = finWait2(setup);
  bench.play({ flags: 'F.', seq: 1, ack: 2, ...stamp(setup), ...wnd(setup) });
  return bench.in('TIME-WAIT');
}

const wnd = (setup: Setup) => (setup.syn?.wnd === undefined ? {} : { wnd: setup.syn.wnd });

/** The states of §3.10.7.4 with what is next to be received and sent in them, and what is acknowledged. */
export const synchronised = [
  { state: 'ESTABLISHED', make: established, rcvNxt: 1, sndUna: 1, sndNxt: 1 },
  { state: 'FIN-WAIT-1', make: finWait1, rcvNxt: 1, sndUna: 1, sndNxt: 2 },
  { state: 'FIN-WAIT-2', make: finWait2, rcvNxt: 1, sndUna: 2, sndNxt: 2 },
  { state: 'CLOSE-WAIT', make: closeWait, rcvNxt: 2, sndUna: 1, sndNxt: 1 },
  { state: 'CLOSING', make: closing, rcvNxt: 2, sndUna: 1, sndNxt: 2 },
  { state: 'LAST-ACK', make: lastAck, rcvNxt: 2, sndUna: 1, sndNxt: 2 },
  { state: 'TIME-WAIT', make: timeWait, rcvNxt: 2, sndUna: 2, sndNxt: 2 },
] as const;

/** SYN-RECEIVED too: all states of §3.10.7.4. */
export const otherStates = [
  { state: 'SYN-RECEIVED', make: synReceived, rcvNxt: 1, sndUna: 0, sndNxt: 1 },
  ...synchronised,
] as const;
