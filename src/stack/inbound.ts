/**
 * A packet comes in: is it whole, is it ours, whose is it? Connection, listener, or nobody (RFC 9293 §3.10.7.1); ICMP is
 * answered or passed to the connection it is about, if it quotes something really outstanding (RFC 5927).
 */
import { R } from '../trace/book.js';
import type { Tracer } from '../trace/tracer.js';
import type { Address } from '../util/address.js';
import { type Seq, seqAdd, seqGeq, seqLt } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { IcmpMessage, readIcmp, writeEchoReply } from '../wire/icmp.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP, readIp } from '../wire/ip.js';
import type { Packet } from '../wire/packet.js';
import { Reject, RejectCounters } from '../wire/reject.js';
import { ACK, RST, Segment, SYN } from '../wire/segment.js';
import { readTcp } from '../wire/tcp.js';
import type { Endpoint } from './endpoint.js';
import type { Listener } from './listener.js';
import type { Stack } from './stack.js';
import { writeStrayReset } from './stray.js';
import { mayBringCookie } from './syn-cookies.js';

export class Inbound {
  readonly rejects = new RejectCounters();
  private readonly ip = new IpHeader();
  private readonly segment = new Segment();
  private readonly icmp = new IcmpMessage();

  constructor(private readonly stack: Stack, private readonly addresses: readonly Address[], private readonly tracer: Tracer | null) {}

  packet(packet: Packet, at: Micros): void {
    this.stack.counters.packetsIn++;
    const reason = this.read(packet, at);
    if (reason === Reject.None) return;
    this.rejects.count(reason);
    if (this.tracer === null) return;
    this.tracer.segment(0, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    this.tracer.decision(0, at, R.Discarded, reason, 0, 0);
  }

  private read(packet: Packet, at: Micros): Reject {
    const { ip } = this;
    const reason = readIp(packet, ip);
    if (reason !== Reject.None) return reason;
    if (!this.isOurs(ip.dst)) return Reject.NotForUs; // broadcast and multicast included (MUST-57)
    if (ip.src.isUnspecified || ip.src.isMulticast || ip.src.isBroadcast) return Reject.BadSource; // MUST-63
    if (this.isOurs(ip.src)) return Reject.BadSource; // we send nothing to ourselves: a SYN that says so is an attack ("land")
    switch (ip.protocol) {
      case PROTO_TCP: {
        const bad = readTcp(packet, ip, this.segment);
        if (bad === Reject.None) this.tcp(packet, at);
        return bad;
      }
      case PROTO_ICMP:
      case PROTO_ICMPV6: {
        const bad = readIcmp(packet, ip, this.icmp);
        if (bad === Reject.None) this.icmpMessage(packet, at);
        return bad;
      }
      default:
        return Reject.UnknownProtocol;
    }
  }

  private isOurs(address: Address): boolean {
    for (let i = 0; i < this.addresses.length; i++) if ((this.addresses[i]).equals(address)) return true;
    return false;
  }

  private tcp(packet: Packet, at: Micros): void {
    const { segment: seg, stack } = this;
    const endpoint = stack.demux.find(seg.dst, seg.dstPort, seg.src, seg.srcPort);
    if (endpoint === undefined) {
      this.forNobody(packet, undefined, at);
    } else if (endpoint.connection.state === 'TIME-WAIT' && endpoint.connection.acceptsNewIncarnation(seg) && stack.listenerFor(seg.dst, seg.dstPort) !== undefined) {
      const least = endpoint.connection.reincarnate(at) as Seq;
      stack.drain(endpoint, at);
      this.forNobody(packet, least, at);
    } else {
      this.feed(endpoint, packet, at);
    }
  }

  private feed(endpoint: Endpoint, packet: Packet, at: Micros): void {
    this.tracer?.segment(endpoint.connection.id, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    this.process(endpoint, at);
  }

  private process(endpoint: Endpoint, at: Micros): void {
    const { connection } = endpoint;
    if (endpoint.listener !== undefined) connection.admit(!endpoint.listener.full);
    connection.segmentArrives(this.segment, at);
    if (connection.owesSeparateAck || connection.tcb.reset.due) this.stack.drain(endpoint, at);
    this.stack.markDirty(endpoint);
  }

  /** No connection has this 4-tuple: a listener may take it, otherwise RST. */
  private forNobody(packet: Packet, leastIss: Seq | undefined, at: Micros): void {
    const { segment: seg, stack } = this;
    const listener = stack.listenerFor(seg.dst, seg.dstPort);
    if (listener === undefined) return this.stray(packet, at, false);
    if (mayBringCookie(seg, stack.config.synCookies, listener.cookieAt, at)) return this.acceptCookie(listener, packet, at);
    if ((seg.flags & (SYN | ACK | RST)) !== SYN) return this.stray(packet, at, true);
    const queueFull = listener.embryonic >= listener.synQueue && leastIss === undefined;
    if (queueFull && stack.config.synCookies === 'off') return this.refuse(packet, at, R.SynQueueFull, listener.synQueue);
    if (listener.full) return this.refuse(packet, at, R.BacklogFull, listener.waiting);
    if (queueFull || (stack.config.synCookies === 'always' && leastIss === undefined)) return this.answerWithCookie(listener, packet, at);
    const endpoint = stack.spawn(listener, seg.dst, seg.dstPort, seg.src, seg.srcPort, leastIss, at);
    this.tracer?.segment(endpoint.connection.id, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    if (stack.config.fastOpen !== 0) stack.fastOpen.consider(endpoint, listener, seg, at);
    this.process(endpoint, at);
  }

  /** A SYN,ACK without memory (RFC 4987 §3.6). */
  private answerWithCookie(listener: Listener, packet: Packet, at: Micros): void {
    const { segment: seg, stack, tracer } = this;
    listener.cookieAt = at;
    tracer?.segment(0, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    const mss = stack.synCookies.mssOf(seg);
    const offset = stack.timestampOffset(seg.dst, seg.dstPort, seg.src, seg.srcPort);
    const reply = stack.scratch;
    stack.synCookies.answer(seg, stack.configOf(listener), stack.device.mtu, offset, reply, at);
    tracer?.segment(0, at, 'out', reply, seg.src.isV4 ? 20 : 40, R.SynCookieSent, mss, 0, 0);
    stack.send(reply);
  }

  /** An ACK for a listener that has sent cookies: the rest of a handshake, or a stray. */
  private acceptCookie(listener: Listener, packet: Packet, at: Micros): void {
    const { segment: seg, stack, tracer } = this;
    const syn = stack.synCookies.recall(seg, stack.configOf(listener), stack.timestampOffset(seg.dst, seg.dstPort, seg.src, seg.srcPort), at);
    if (syn === null) return this.stray(packet, at, true, R.SynCookieBad);
    if (listener.full) return this.refuse(packet, at, R.BacklogFull, listener.waiting);
    const endpoint = stack.spawn(listener, seg.dst, seg.dstPort, seg.src, seg.srcPort, seqAdd(seg.ack, -1), at);
    const { id } = endpoint.connection;
    tracer?.segment(id, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    tracer?.decision(id, at, R.SynCookieGood, syn.options.mss, 0, 0);
    endpoint.connection.remember(syn, at);
    this.process(endpoint, at);
  }

  /** Dropped in silence; the peer will try again. */
  private refuse(packet: Packet, at: Micros, rule: number, limit: number): void {
    this.tracer?.segment(0, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    this.tracer?.decision(0, at, rule, limit, 0, 0);
  }

  /** §3.10.7.1 and, for a listener, the first two steps of §3.10.7.2. @param first a decision that came before */
  private stray(packet: Packet, at: Micros, listening: boolean, first = 0): void {
    const { segment: seg, stack, tracer } = this;
    tracer?.segment(0, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    if (first !== 0) tracer?.decision(0, at, first, 0, 0, 0);
    if ((seg.flags & RST) !== 0) {
      tracer?.decision(0, at, listening ? R.ListenIgnoresReset : R.StrayResetIgnored, 0, 0, 0);
      return;
    }
    const acked = (seg.flags & ACK) !== 0;
    if (listening && !acked) {
      tracer?.decision(0, at, R.ListenDrops, 0, 0, 0);
      return;
    }
    tracer?.decision(0, at, listening ? R.ListenRefusesAck : R.StrayReset, 0, 0, 0);
    const reply = stack.scratch;
    const tcpStart = writeStrayReset(seg, reply);
    tracer?.segment(0, at, 'out', reply, tcpStart, R.SendStrayReset, acked ? 1 : 0, 0, 0);
    stack.send(reply);
  }

  private icmpMessage(packet: Packet, at: Micros): void {
    const { icmp, stack, tracer } = this;
    if (icmp.kind === 'echo-request') {
      tracer?.segment(0, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
      const reply = stack.scratch;
      writeEchoReply(packet, this.ip, icmp, reply);
      if (reply.length === 0) return;
      tracer?.segment(0, at, 'out', reply, this.ip.payloadStart, R.EchoReply, 0, 0, 0);
      stack.send(reply);
      return;
    }
    if (!icmp.hasQuote || icmp.quotedProtocol !== PROTO_TCP) return;
    const endpoint = stack.demux.find(icmp.quotedSrc, icmp.quotedSrcPort, icmp.quotedDst, icmp.quotedDstPort);
    const id = endpoint === undefined ? 0 : endpoint.connection.id;
    tracer?.segment(id, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    if (endpoint === undefined || !quotesOutstanding(endpoint, icmp.quotedSeq)) {
      tracer?.decision(id, at, R.IcmpIgnored, icmp.type, icmp.code, 0);
      if (endpoint !== undefined) tracer?.settled(id, at, endpoint.connection.tcb);
      return;
    }
    this.aboutConnection(endpoint, at);
    stack.markDirty(endpoint);
  }

  private aboutConnection(endpoint: Endpoint, at: Micros): void {
    const { icmp } = this;
    const { connection } = endpoint;
    switch (icmp.kind) {
      case 'too-big':
        this.tracer?.decision(connection.id, at, R.PacketTooBig, icmp.mtu, 0, 0);
        connection.pathMtu(icmp.mtu === 0 ? OLD_ROUTER_MTU : icmp.mtu, at);
        break;
      case 'unreachable':
        connection.unreachable(isHard(this.ip.version, icmp.code), icmp.type, icmp.code, at);
        break;
      default:
        connection.unreachable(false, icmp.type, icmp.code, at);
    }
  }
}

/** A router that does not say its MTU (before RFC 1191): the size every host must take. */
const OLD_ROUTER_MTU = 576;

/** RFC 5927 §4.1: the quoted sequence number must be one that is outstanding. */
function quotesOutstanding(endpoint: Endpoint, quoted: Seq): boolean {
  const { tcb } = endpoint.connection;
  return seqGeq(quoted, tcb.sndUna) && seqLt(quoted, tcb.sndNxt);
}

/** Destination unreachable that will not pass: protocol, port (RFC 1122 §4.2.3.9: codes 2, 3); ICMPv6: prohibited, port (1, 4). */
const isHard = (version: number, code: number): boolean => (version === 4 ? code === 2 || code === 3 : code === 1 || code === 4);
