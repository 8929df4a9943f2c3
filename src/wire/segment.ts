/**
 * A TCP segment as the engine sees it: header fields by their RFC names, options, and where the text lies in the packet.
 * One instance per stack, refilled for each packet; everything in it is lent until the next one (RFC 9293 §3.1, §3.3.1).
 */
import { Address } from '../util/address.js';
import { type Seq, seqAdd } from '../util/seq.js';
import { TcpOptions } from './options.js';

/** Control bits in the order of the header's 8 bits (RFC 9293 §3.1; CWR, ECE: RFC 3168). */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;
export const ECE = 0x40;
export const CWR = 0x80;

const NO_BYTES = new Uint8Array(0);

export class Segment {
  readonly src = new Address();
  readonly dst = new Address();
  srcPort = 0;
  dstPort = 0;
  /** SEG.SEQ, SEG.ACK */
  seq = 0 as Seq;
  ack = 0 as Seq;
  /** SEG.WND as it stands in the header: 16 bits, unscaled. */
  wnd = 0;
  /** Control bits, see FIN … CWR. */
  flags = 0;
  /** Urgent pointer field, an offset from SEG.SEQ. */
  urgentPointer = 0;
  readonly options = new TcpOptions();
  /** The text is bytes[dataStart, dataEnd). */
  bytes: Uint8Array = NO_BYTES;
  dataStart = 0;
  dataEnd = 0;
  /** 0, or what the peer had in one segment, if a network card has joined several into this one. */
  joinedSize = 0;
  /** Its checksum was left to a network card and is not there: such a segment never left this host. */
  partialChecksum = false;
  /** SEG.LEN: octets of text, plus one each for SYN and FIN (RFC 9293 §3.4). */
  len = 0;
  /** The IP header's ECN field (0 … 3) and DSCP (0 … 63), hop limit or TTL. */
  ecn = 0;
  dscp = 0;
  ttl = 0;
  /** IPv4 options are bytes[ipOptionsStart, ipOptionsEnd); none in IPv6. */
  ipOptionsStart = 0;
  ipOptionsEnd = 0;

  get dataLength(): number {
    return this.dataEnd - this.dataStart;
  }

  /** How many segments the peer sent, if a card has joined several into this one. */
  get segments(): number {
    return this.joinedSize > 0 ? Math.max(1, Math.ceil(this.dataLength / this.joinedSize)) : 1;
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }

  /** Sequence number of the first octet of text (a SYN comes before it). */
  get dataSeq(): Seq {
    return (this.flags & SYN) !== 0 ? seqAdd(this.seq, 1) : this.seq;
  }

  /** SEG.SEQ + SEG.LEN: the first sequence number after this segment. */
  get end(): Seq {
    return seqAdd(this.seq, this.len);
  }
}
