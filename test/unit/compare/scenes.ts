/** Recordings made by hand, for what compares them. */
import type { Entry, Recording, SentSegment, SharedEntry } from '../../../src/compare/recording.js';
import { readScenario } from '../../../src/compare/scenario.js';

/** A segment as a script writes it: 'S. 0:0(0) ack 1 win 1000'. */
export function sent(at: number, text: string, more: Partial<SentSegment> = {}): Entry {
  const [, flags, seq, length, , ack, window] = /^(\S+) (\d+):\d+\((\d+)\)( ack (\d+))? win (\d+)/.exec(text) ?? [];
  const packet: SentSegment = {
    protocol: 'tcp', conversation: '8080:40001', flags, seq: Number(seq), length: Number(length), ...(ack === undefined ? {} : { ack: Number(ack) }), window: Number(window),
    urgent: 0, options: [], ttl: 64, tos: 0, checksumOk: true, ...more,
  };
  return { kind: 'sent', at: at * 1e6, text, packet, reasons: [] };
}

export const shared = (index: number, at: number, text: string, result = ''): SharedEntry => ({
  kind: text.startsWith('<') ? 'in' : 'call', index, line: index + 1, at: at * 1e6, text, result, reasons: [],
});

export const recording = (subject: 'engine' | 'kernel', ...entries: Entry[]): Recording => ({ subject, entries, ignored: [] });

/** Both sides with the same beginning. */
export function pair(before: Entry[], glasstcp: Entry[], kernel: Entry[]): readonly [Recording, Recording] {
  return [recording('engine', ...before, ...glasstcp), recording('kernel', ...before, ...kernel)];
}

/** A scenario of one event, with these topics. */
export const scenario = (name: string, topics = ''): ReturnType<typeof readScenario> =>
  readScenario(`// title: A title\n// shows: something\n// topics: ${topics}\n\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n`, `${name}.pkt`);
