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
const NONE: readonly string[] = [];

export const verdicts = {
  Retransmission: verdict('retransmission', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (at, frame, ms) => `octets from ${at} on again: first sent ${ago(frame, ms)}`),
  RetransmissionUnseen: verdict('retransmission-unseen', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (at, ms) => `octets from ${at} on, ${duration(ms)} after text that follows them: probably sent again, after a first transmission that is not in the capture`),
  RetransmittedSyn: verdict('retransmitted-syn', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (times, frame, ms) => `the SYN again (transmission ${times}): first sent ${ago(frame, ms)}`),
  RetransmittedSynAck: verdict('retransmitted-syn-ack', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (times, frame, ms) => `the SYN,ACK again (transmission ${times}): first sent ${ago(frame, ms)}`),
  RetransmittedFin: verdict('retransmitted-fin', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (at, frame, ms) => `the FIN, octet ${at}, again: first sent ${ago(frame, ms)}`),
  CrossedSyn: verdict('crossed-syn', 'RFC 9293 §3.5', 'MUST', AGAIN, () => 'the SYN again, now with the acknowledgement of the other: both have opened at the same time'),
  NeedlessSyn: verdict('needless-syn', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (frame, ms) => `the SYN again, although it was acknowledged ${ago(frame, ms)}: that had not arrived, or not yet`),
  NeedlessSynAck: verdict('needless-syn-ack', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (frame, ms) => `the SYN,ACK again, although it was acknowledged ${ago(frame, ms)}: that had not arrived, or not yet`),
  NeedlessFin: verdict('needless-fin', 'RFC 9293 §3.8.1', 'MUST', AGAIN, (frame, ms) => `the FIN again, although it was acknowledged ${ago(frame, ms)}: that had not arrived, or not yet`),
  FastRetransmission: verdict('fast-retransmission', 'RFC 5681 §3.2', 'SHOULD', ['fast_retransmission', 'retransmission'], (at, n, ms) => `octets from ${at} on again, ${duration(ms)} after duplicate ACK ${n} for them: no timeout was waited for`),
  SpuriousRetransmission: verdict('spurious-retransmission', 'RFC 9293 §3.10.7.4', 'note', ['spurious_retransmission', 'retransmission'], (at, frame, ms) => `octets from ${at} on again for nothing: they were acknowledged ${ago(frame, ms)}`),
  AfterDuplicateAcks: verdict('after-duplicate-acks', 'RFC 5681 §3.2', 'SHOULD', NONE, (n, at, ms) => `the likely cause: ${n} duplicate ACKs have asked for octet ${at}, last sent ${duration(ms)} before`),
  AfterSack: verdict('after-sack', 'RFC 6675 §5', 'SHOULD', NONE, (at, edge, ms) => `the likely cause: SACK blocks up to ${edge} leave out octet ${at}, last sent ${duration(ms)} before`),
  TailLossProbe: verdict('tail-loss-probe', 'RFC 8985 §7.3', 'SHOULD', NONE, (ms, rtt) => `the likely cause: a tail loss probe. The last segment had no answer for ${duration(ms)}, with a round trip of ${duration(rtt)}`),
  AfterTimeout: verdict('after-timeout', 'RFC 6298 §5', 'MUST', NONE, (ms, n) => `the likely cause: the retransmission timer${n > 1 ? `, after ${n} transmissions` : ''}. No acknowledgement for ${duration(ms)}`),
  Copied: verdict('copied', 'glasstcp', 'note', NONE, (ms, rtt) => `the likely cause: copied on the way. ${duration(ms)} is too short for any answer, with a round trip of ${duration(rtt)}`),
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
  PartlyNew: verdict('partly-new', 'RFC 9293 §3.4', 'note', NONE, (at, fresh, n) => `octets ${at}…${fresh - 1} had passed before, the ${octets(n)} from ${fresh} on are new`),
  OldAck: verdict('old-ack', 'RFC 9293 §3.10.7.4', 'MAY', NONE, (ack, frame, newer) => `acknowledges no more than ${ack}, although frame ${frame} acknowledged ${newer}: overtaken on the way`),
  Sack: verdict('sack', 'RFC 2018 §4', 'SHOULD', NONE, (left, right, n) => `octets ${left}…${right - 1} are there, something before them is not${n > 1 ? `; ${n} blocks in all` : ''}`),
  DuplicateSack: verdict('duplicate-sack', 'RFC 2883 §4', 'SHOULD', NONE, (left, right) => `octets ${left}…${right - 1} have arrived twice`),
  BeyondWindow: verdict('beyond-window', 'RFC 9293 §3.8.6', 'MUST', NONE, (edge, n) => `${octets(n)} more than the peer has offered to take: its window ends before octet ${edge}`),
  WindowShrunk: verdict('window-shrunk', 'RFC 9293 §3.8.6', 'SHOULD', NONE, (n, edge) => `takes back ${octets(n)} of the window it has offered: it now ends before octet ${edge}, which a receiver should not do`),
  ScalingUnknown: verdict('scaling-unknown', 'RFC 7323 §2.2', 'note', NONE, (field) => `the window field says ${field}; by what it is to be multiplied is not known, because a SYN is not in the capture`),
  Urgent: verdict('urgent', 'RFC 9293 §3.8.5', 'MUST', NONE, (end, n) => `urgent data: ${octets(n)} from here, before octet ${end}`),
  EcnOffered: verdict('ecn-offered', 'RFC 3168 §6.1.1', 'MAY', NONE, () => 'offers explicit congestion notification'),
  EcnAgreed: verdict('ecn-agreed', 'RFC 3168 §6.1.1', 'MAY', NONE, () => 'agrees to explicit congestion notification'),
  CongestionExperienced: verdict('congestion-experienced', 'RFC 3168 §5', 'SHOULD', NONE, () => 'a router on the way was congested: it marked the packet instead of dropping it'),
  EcnEcho: verdict('ecn-echo', 'RFC 3168 §6.1.3', 'MUST', NONE, () => 'tells the sender that a packet of its was marked as congested'),
  WindowReduced: verdict('window-reduced', 'RFC 3168 §6.1.2', 'SHOULD', NONE, () => 'has reduced its congestion window, as the echo asked'),
  FastOpenText: verdict('fast-open-text', 'RFC 7413 §4.2', 'MAY', NONE, (n) => `${octets(n)} of text with the SYN`),
  FastOpenAsked: verdict('fast-open-asked', 'RFC 7413 §4.1', 'MAY', NONE, () => 'asks for a Fast Open cookie'),
  FastOpenCookie: verdict('fast-open-cookie', 'RFC 7413 §4.2', 'MAY', NONE, (n) => `shows a Fast Open cookie of ${octets(n)}`),
  FastOpenGranted: verdict('fast-open-granted', 'RFC 7413 §4.1', 'MAY', NONE, (n) => `gives a Fast Open cookie of ${octets(n)}`),
  ChecksumBad: verdict('checksum-bad', 'RFC 9293 §3.1', 'MUST', NONE, () => 'the TCP checksum is wrong: whoever gets it must discard it'),
  ChecksumOffloaded: verdict('checksum-offloaded', 'Linux', 'note', NONE, () => 'the TCP checksum is that of the pseudo-header only: captured on the machine that sends it, before the network card, or the loopback, deals with it'),
  IpChecksumBad: verdict('ip-checksum-bad', 'RFC 791 §3.1', 'MUST', NONE, (field) => `the checksum of the IPv4 header is wrong (${field.toString(16).padStart(4, '0')}): whoever gets it must discard it`),
  OptionsCut: verdict('options-cut', 'glasstcp', 'note', NONE, () => 'not all of the TCP options were captured: those that were cut off are as if they were not there'),
} as const;

/** Every verdict, in the order of the table above. */
export const allVerdicts = (): readonly Verdict[] => all;

/** Wireshark's flags, without `tcp.analysis.`, by the name of a verdict that has any. */
export const TSHARK_FLAGS: ReadonlyMap<string, readonly string[]> = new Map(all.filter(({ flags }) => flags.length > 0).map(({ name, flags }) => [name, flags]));

/** The flags that Wireshark should set on a segment of which this is said, sorted, each once. */
export function tsharkFlagsOf(said: readonly Explanation[]): readonly string[] {
  return [...new Set(said.flatMap(({ rule }) => TSHARK_FLAGS.get(rule.name) ?? []))].sort();
}
