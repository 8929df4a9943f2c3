/**
 * What an onlooker says of a segment: verdicts, shaped like rules but in a book of their own, because no engine applies
 * them. Each knows the flags that Wireshark sets on such a segment, if it has one for it. Numbers are relative.
 */
import type { Explanation } from '../trace/moment.js';
import type { Citation, Level, Rule } from '../trace/rules.js';

export interface Verdict extends Rule {
  /** What follows `tcp.analysis.` in tshark, all that it sets; empty = it has no such thing. */
  readonly flags: readonly string[];
}

const all: Verdict[] = [];

/** Ids count down from -1, so that none is an engine's rule. */
function verdict(name: string, cite: Citation, level: Level, flags: readonly string[], say: Rule['say']): Verdict {
  const made = { id: -1 - all.length, name, cite, level, say, flags };
  all.push(made);
  return made;
}

/** `in frame 7, 203 ms ago` */
const ago = (frame: number, ms: number): string => `in frame ${frame}, ${duration(ms)} before`;
const duration = (ms: number): string => (ms >= 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${ms >= 10 ? Math.round(ms) : Number(ms.toPrecision(2))} ms`);
const octets = (n: number): string => (n === 1 ? '1 octet' : `${n} octets`);

const AGAIN = ['retransmission'];

export const verdicts = {
  Retransmission: verdict('retransmission', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (at, frame, ms) => `octets from ${at} on again: first sent ${ago(frame, ms)}`),
  RetransmissionUnseen: verdict('retransmission-unseen', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (at, _, ms) => `octets from ${at} on, ${duration(ms)} after text that follows them: probably sent again, after a first transmission that is not in the capture`),
  RetransmittedSyn: verdict('retransmitted-syn', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (times, frame, ms) => `the SYN again (transmission ${times}): first sent ${ago(frame, ms)}`),
  RetransmittedSynAck: verdict('retransmitted-syn-ack', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (times, frame, ms) => `the SYN,ACK again (transmission ${times}): first sent ${ago(frame, ms)}`),
  RetransmittedFin: verdict('retransmitted-fin', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (at, frame, ms) => `the FIN, octet ${at}, again: first sent ${ago(frame, ms)}`),
  FastRetransmission: verdict('fast-retransmission', 'RFC 5681 §3.2', 'SHOULD', ['fast_retransmission', 'retransmission'], (at, n, ms) => `octets from ${at} on again, ${duration(ms)} after duplicate ACK ${n} for them: no timeout was waited for`),
  SpuriousRetransmission: verdict('spurious-retransmission', 'RFC 9293 §3.10.7.4', 'note', ['spurious_retransmission', 'retransmission'], (at, frame, ms) => `octets from ${at} on again for nothing: they were acknowledged ${ago(frame, ms)}`),
  OutOfOrder: verdict('out-of-order', 'RFC 9293 §3.10.7.4', 'SHOULD', ['out_of_order'], (at, frame, ms) => `octets from ${at} on come ${duration(ms)} after frame ${frame}, whose text follows them: overtaken on the way`),
  LostSegment: verdict('lost-segment', 'RFC 9293 §3.4', 'note', ['lost_segment'], (from, to) => `a segment before this one was not captured: octets ${from}…${to - 1} are missing so far`),
  AckLostSegment: verdict('ack-lost-segment', 'RFC 9293 §3.4', 'note', ['ack_lost_segment'], (from, ack) => `acknowledges text that the capture does not have: something from octet ${from} on, before ${ack}`),
  DuplicateAck: verdict('duplicate-ack', 'RFC 5681 §2', 'SHOULD', ['duplicate_ack'], (n, frame, ack) => `duplicate ACK ${n} of frame ${frame}: something arrived, but not what comes at ${ack}`),
  ZeroWindow: verdict('zero-window', 'RFC 9293 §3.8.6', 'MUST', ['zero_window'], (ack) => `the window is closed: no text from octet ${ack} on is welcome for now`),
  ZeroWindowProbe: verdict('zero-window-probe', 'RFC 9293 §3.8.6.1', 'MUST', ['zero_window_probe'], (at) => `octet ${at} into a closed window: asks whether it has opened`),
  OldZeroWindowProbe: verdict('old-octet-window-probe', 'RFC 9293 §3.8.6.1', 'MUST', ['zero_window_probe'], (at) => `octet ${at}, long acknowledged, while the window is closed: asks whether it has opened`),
  ZeroWindowProbeAck: verdict('zero-window-probe-ack', 'RFC 9293 §3.8.6.1', 'MUST', ['zero_window_probe_ack'], (ack) => `answers the probe: the window is still closed at octet ${ack}`),
  WindowUpdate: verdict('window-update', 'RFC 9293 §3.8.6', 'MUST', ['window_update'], (from, to) => `nothing but another window: ${octets(to)} in place of ${from}`),
  WindowFull: verdict('window-full', 'RFC 9293 §3.8.6', 'MUST', ['window_full'], (edge, window) => `fills the peer's window of ${octets(window)} to the last one, ${edge - 1}`),
  KeepAlive: verdict('keep-alive', 'RFC 9293 §3.8.4', 'MAY', ['keep_alive'], (at, ms) => `octet ${at}, long acknowledged, to make the peer answer: a keep-alive after ${duration(ms)} of silence`),
  KeepAliveAck: verdict('keep-alive-ack', 'RFC 9293 §3.8.4', 'MUST', ['keep_alive_ack'], (ack) => `answers the keep-alive: ${ack} is still what is expected`),
  ReusedPorts: verdict('reused-ports', 'RFC 9293 §3.4', 'note', ['reused_ports'], (stream) => `the ports of an earlier conversation (${stream}) with another initial number: a new one`),
} as const;

/** Every verdict, in the order of the table above. */
export const allVerdicts = (): readonly Verdict[] => all;

/** Wireshark's flags, without `tcp.analysis.`, by the name of a verdict that has any. */
export const TSHARK_FLAGS: ReadonlyMap<string, readonly string[]> = new Map(all.filter(({ flags }) => flags.length > 0).map(({ name, flags }) => [name, flags]));

/** The flags that Wireshark should set on a segment of which this is said, sorted, each once. */
export function tsharkFlagsOf(said: readonly Explanation[]): readonly string[] {
  return [...new Set(said.flatMap(({ rule }) => TSHARK_FLAGS.get(rule.name) ?? []))].sort();
}
