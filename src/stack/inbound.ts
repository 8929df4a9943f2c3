/**
 * A packet comes in: is it whole, is it ours, whose is it? Connection, listener, or nobody (RFC 9293 §3.10.7.1); ICMP is
 * answered or passed to the connection it is about, if it quotes something really outstanding (RFC 5927).
 */
import { R } from '../trace/book.js';
import type { Tracer } from '../trace/tracer.js';
import { type Seq, seqAdd, seqGeq, seqLt } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { IcmpMessage, readIcmp, writeEchoReply } from '../wire/icmp.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP, readIp } from '../wire/ip.js';
import { hasSourceRoute, unfinishedRoute } from '../wire/ip-options.js';
import type { Packet } from '../wire/packet.js';
import { Reject, RejectCounters } from '../wire/reject.js';
import { ACK, RST, Segment, SYN } from '../wire/segment.js';
import { readTcp } from '../wire/tcp.js';
import type { Endpoint } from './endpoint.js';
import type { LocalAddresses } from './local-addresses.js';
import type { Listener } from './listener.js';
import type { Stack } from './stack.js';
import { writeStrayReset } from './stray.js';
import { mayBringCookie } from './syn-cookies.js';

export class Inbound {
  readonly rejects = new RejectCounters();
  private readonly ip = new IpHeader();
  private readonly segment = new Segment();
  private readonly icmp = new IcmpMessage();

  constructor(private readonly stack: Stack, private readonly local: LocalAddresses, private readonly tracer: Tracer | null) {}

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
    if (!this.local.has(ip.dst)) return Reject.NotForUs; // broadcast and multicast included (MUST-57)
    if (ip.optionsEnd > ip.optionsStart && ip.version === 4 && this.isMisrouted(packet)) return Reject.SourceRouted;
    if (this.local.isBadSource(ip.src)) return Reject.BadSource; // MUST-63
    switch (ip.protocol) {
      case PROTO_TCP: {
        const bad = readTcp(packet, ip, this.segment, true, this.stack.device.partialChecksums === true);
        if (bad !== Reject.None) return bad;
        if (this.segment.partialChecksum) this.stack.counters.checksumsOffloaded++;
        this.tcp(packet, at);
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

  /** A source route that leads on (we forward for nobody), or any where none is wanted. */
  private isMisrouted(packet: Packet): boolean {
    const { optionsStart, optionsEnd } = this.ip;
    if (!this.stack.config.acceptSourceRoutes && hasSourceRoute(packet.bytes, optionsStart, optionsEnd)) return true;
    return unfinishedRoute(packet.bytes, optionsStart, optionsEnd) >= 0;
  }

  private tcp(packet: Packet, at: Micros): void {
    const { segment: seg, stack } = this;
    const endpoint = stack.demux.find(seg.dst, seg.dstPort, seg.src, seg.srcPort);
    if (endpoint === undefined) {
      this.forNobody(packet, undefined, at);
    } else if (endpoint.connection.state === 'TIME-WAIT' && endpoint.connection.acceptsNewIncarnation(seg) && stack.listenerFor(seg.dst, seg.dstPort) !== undefined) {
      const least = endpoint.connection.reincarnate(at);
      stack.drain(endpoint, at);
      this.forNobody(packet, least, at);
    } else {
      this.feed(endpoint, packet, at);
    }
  }

  private feed(endpoint: Endpoint, packet: Packet, at: Micros): void {
    this.show(endpoint.connection.id, packet, at);
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
    this.show(endpoint.connection.id, packet, at);
    if (stack.config.fastOpen !== 0) stack.fastOpen.consider(endpoint, listener, seg, at);
    this.process(endpoint, at);
  }

  /** A SYN,ACK without memory (RFC 4987 §3.6). */
  private answerWithCookie(listener: Listener, packet: Packet, at: Micros): void {
    const { segment: seg, stack, tracer } = this;
    listener.cookieAt = at;
    this.show(0, packet, at);
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
    this.show(id, packet, at);
    tracer?.decision(id, at, R.SynCookieGood, syn.options.mss, 0, 0);
    endpoint.connection.remember(syn, at);
    this.process(endpoint, at);
  }

  /** Dropped in silence; the peer will try again. */
  private refuse(packet: Packet, at: Micros, rule: number, limit: number): void {
    this.show(0, packet, at);
    this.tracer?.decision(0, at, rule, limit, 0, 0);
  }

  /** §3.10.7.1 and, for a listener, the first two steps of §3.10.7.2. @param first a decision that came before */
  private stray(packet: Packet, at: Micros, listening: boolean, first = 0): void {
    const { segment: seg, stack, tracer } = this;
    this.show(0, packet, at);
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

  /** The segment for those who watch, and what is to be said of it before any of what it does. */
  private show(id: number, packet: Packet, at: Micros): void {
    this.tracer?.segment(id, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    if (this.segment.partialChecksum) this.tracer?.decision(id, at, R.ChecksumOffloaded, 0, 0, 0);
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
    if (!icmp.hasQuote || icmp.quotedProtocol !== PROTO_TCP || isSourceQuench(this.ip, icmp)) return this.icmpUnused(packet, at);
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
    const { icmp, stack } = this;
    const { connection } = endpoint;
    if (icmp.kind !== 'too-big') return connection.icmpArrives(icmp.type, icmp.code, at);
    this.tracer?.decision(connection.id, at, R.PacketTooBig, icmp.mtu, 0, 0);
    const path = connection.pathMtu(icmp.mtu, at);
    if (path === null) return;
    stack.paths.learn(connection.remote, path);
    for (const other of stack.demux) {
      if (other !== endpoint && other.connection.remote.equals(connection.remote)) other.connection.learnPathMtu(path, at);
    }
  }

  /** Redirects, replies, source quench (MUST-55), errors about packets that were not TCP: nothing is done about them. */
  private icmpUnused(packet: Packet, at: Micros): void {
    const { icmp, tracer } = this;
    if (tracer === null) return;
    tracer.segment(0, at, 'in', packet, this.ip.payloadStart, 0, 0, 0, 0);
    if (isSourceQuench(this.ip, icmp)) tracer.decision(0, at, R.SourceQuench, 0, 0, 0);
    else tracer.decision(0, at, R.IcmpUnused, icmp.type, icmp.code, 0);
  }
}

const isSourceQuench = (ip: IpHeader, icmp: IcmpMessage): boolean => ip.version === 4 && icmp.type === 4;

/** RFC 5927 §4.1: the quoted sequence number must be one that is outstanding. */
function quotesOutstanding(endpoint: Endpoint, quoted: Seq): boolean {
  const { tcb } = endpoint.connection;
  return seqGeq(quoted, tcb.sndUna) && seqLt(quoted, tcb.sndNxt);
}
