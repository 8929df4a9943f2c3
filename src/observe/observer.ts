/**
 * An onlooker: is shown the packets of a capture one after another, tells the conversations apart, and says of each segment
 * what it is. It knows what passed the place of the capture, not what arrived; what it cannot know it calls unknown.
 */
import { checksumAdd, checksumFold, pseudoHeaderSum } from '../wire/checksum.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP, readIp } from '../wire/ip.js';
import { Reject, rejectName } from '../wire/reject.js';
import { SYN, ACK, Segment } from '../wire/segment.js';
import { readTcp } from '../wire/tcp.js';
import { Conversation } from './conversation.js';
import type { TcpView } from './segment-view.js';
import type { ChecksumVerdict, Observed, Overlooked, Sighting, StateStep } from './sighting.js';

/** Conversations remembered at a time; beyond that the one longest silent is forgotten. */
const MOST_CONVERSATIONS = 10_000;
const UNKNOWN: StateStep = { before: 'unknown', after: 'unknown' };

export class Observer {
  private readonly ip = new IpHeader();
  private readonly segment = new Segment();
  /** By both ends, in alphabetical order; in the order in which they were last heard. */
  private readonly conversations = new Map<string, Conversation>();
  private streams = 0;

  constructor(private readonly most = MOST_CONVERSATIONS) {}

  see(observed: Observed): Sighting | Overlooked {
    const why = this.read(observed);
    if (why !== '') return { number: observed.number, at: observed.at, why };
    const { segment } = this;
    const [from, to] = [endpoint(segment.src.toString(), segment.src.isV4, segment.srcPort), endpoint(segment.dst.toString(), segment.dst.isV4, segment.dstPort)];
    const conversation = this.conversation(from, to);
    conversation.lastAt = observed.at;
    const view = conversation.reader.read(observed.packet.toBytes()) as TcpView;
    return {
      number: observed.number, at: observed.at, stream: conversation.stream, from: conversation.sideOf(from), left: conversation.left, right: conversation.right,
      view, checksum: this.checksum(observed), verdicts: [], states: { left: UNKNOWN, right: UNKNOWN },
    };
  }

  /** @returns why it is no segment we can read, or '' */
  private read({ packet, captured }: Observed): string {
    const { ip } = this;
    const reason = readIp(packet, ip);
    if (reason !== Reject.None) return rejectName[reason];
    if (ip.protocol === PROTO_ICMP || ip.protocol === PROTO_ICMPV6) return 'ICMP';
    if (ip.protocol !== PROTO_TCP) return `IP protocol ${ip.protocol}`;
    const bad = readTcp(packet, ip, this.segment, false);
    if (bad !== Reject.None) return rejectName[bad];
    return packet.start + captured < this.segment.dataStart ? 'cut off within the TCP header' : '';
  }

  private conversation(from: string, to: string): Conversation {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    let found = this.conversations.get(key);
    if (found === undefined) {
      const answers = this.segment.has(SYN) && this.segment.has(ACK);
      found = new Conversation(this.streams++, answers ? to : from, answers ? from : to);
    }
    this.conversations.delete(key);
    this.conversations.set(key, found);
    if (this.conversations.size > this.most) this.conversations.delete(this.conversations.keys().next().value as string);
    return found;
  }

  private checksum({ packet, captured }: Observed): ChecksumVerdict {
    const { ip } = this;
    if (packet.start + captured < ip.payloadEnd) return 'unknown';
    const pseudo = pseudoHeaderSum(ip.src, ip.dst, PROTO_TCP, ip.payloadEnd - ip.payloadStart);
    if (checksumFold(checksumAdd(packet.view, ip.payloadStart, ip.payloadEnd, pseudo)) === 0xffff) return 'good';
    return packet.view.getUint16(ip.payloadStart + 16) === checksumFold(pseudo) ? 'offloaded' : 'bad';
  }
}

const endpoint = (address: string, v4: boolean, port: number): string => (v4 ? `${address}:${port}` : `[${address}]:${port}`);
