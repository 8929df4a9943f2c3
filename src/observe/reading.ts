/**
 * A captured packet read as far as it was captured, more leniently than a stack would: nobody's checksum is a reason not
 * to look, and options that were cut off are as if they were not there.
 */
import { checksumAdd, checksumFold, pseudoHeaderSum } from '../wire/checksum.js';
import { IpHeader, PROTO_TCP, readIp } from '../wire/ip.js';
import { readOptions } from '../wire/options.js';
import type { Packet } from '../wire/packet.js';
import { Reject } from '../wire/reject.js';
import { Segment } from '../wire/segment.js';
import { readTcp, TCP_HEADER } from '../wire/tcp.js';
import type { Condition } from './analysis/condition.js';
import { otherText } from './segment-view.js';
import type { ChecksumVerdict, Observed } from './sighting.js';

/** Octets of an IP header without options, by version. */
const SHORTEST_HEADER: Readonly<Record<number, number>> = { 4: 20, 6: 40 };
/** Of the checksum fields, octets from the beginning of their headers. */
const CHECKSUM_AT = 16;
const IPV4_CHECKSUM_AT = 10;

const WORDS: Readonly<Partial<Record<Reject, string>>> = {
  [Reject.Truncated]: 'shorter than its IP header says',
  [Reject.BadVersion]: 'neither IPv4 nor IPv6',
  [Reject.BadHeaderLength]: 'an IPv4 header length below 20 octets',
  [Reject.BadTotalLength]: 'an IPv4 total length below its header',
  [Reject.Fragment]: 'IP fragment: fragments are not put together',
  [Reject.BadExtensionHeader]: 'IPv6 extension headers that cannot be followed',
  [Reject.NotForUs]: 'an IPv4-mapped IPv6 address, which no packet may carry',
  [Reject.BadSource]: 'an IPv4-mapped IPv6 address, which no packet may carry',
  [Reject.TcpTruncated]: 'too short for a TCP header',
  [Reject.BadDataOffset]: 'a TCP data offset below 5 or beyond the packet',
};

export class Reading {
  readonly ip = new IpHeader();
  /** Lent until the next packet is read. */
  readonly segment = new Segment();
  /** @returns why it is no segment that can be read, in words, or '' */
  read(observed: Observed): string {
    const { packet, captured } = observed;
    const { ip, segment } = this;
    if (captured < 1) return 'nothing of it was captured';
    const shortest = SHORTEST_HEADER[packet.view.getUint8(packet.start) >> 4] ?? 0;
    if (captured < Math.min(shortest, packet.length)) return 'cut off within the IP header';
    const reason = readIp(packet, ip, false);
    if (reason !== Reject.None) return WORDS[reason] ?? 'unreadable';
    const seen = packet.start + captured;
    if (ip.protocol !== PROTO_TCP) return seen > ip.payloadStart ? otherText(packet, ip) : 'cut off within the IP header';
    const bad = readTcp(packet, ip, segment, false);
    if (seen < Math.min(ip.payloadStart + TCP_HEADER, ip.payloadEnd)) return 'cut off within the TCP header';
    if (bad !== Reject.None && bad !== Reject.ZeroPort) return WORDS[bad] ?? 'unreadable';
    if (seen < segment.dataStart) readOptions(packet.view, ip.payloadStart + TCP_HEADER, seen, segment.options);
    return '';
  }

  /** In what condition the segment just read was captured. */
  condition(observed: Observed): Condition {
    const { packet, captured } = observed;
    return { checksum: this.checksum(observed), badIpChecksum: this.badIpChecksum(packet), optionsCut: packet.start + captured < this.segment.dataStart };
  }

  private badIpChecksum({ view, start }: Packet): number {
    const { ip } = this;
    if (ip.version !== 4 || checksumFold(checksumAdd(view, start, ip.payloadStart, 0)) === 0xffff) return -1;
    // 0: a card was to fill it in.
    return view.getUint16(start + IPV4_CHECKSUM_AT) || -1;
  }

  private checksum({ packet, captured }: Observed): ChecksumVerdict {
    const { ip, segment } = this;
    if (packet.start + captured < ip.payloadEnd) return 'unknown';
    const pseudo = pseudoHeaderSum(segment.src, segment.dst, PROTO_TCP, ip.payloadEnd - ip.payloadStart);
    if (checksumFold(checksumAdd(packet.view, ip.payloadStart, ip.payloadEnd, pseudo)) === 0xffff) return 'good';
    return packet.view.getUint16(ip.payloadStart + CHECKSUM_AT) === checksumFold(pseudo) ? 'offloaded' : 'bad';
  }
}
