/**
 * Writes pcapng (the IETF opsawg draft) as Wireshark reads it: one section, interfaces (of link type RAW, bare IPv4 and IPv6, unless
 * another is named), nanosecond timestamps, and packets with a direction and a comment each. To a file, or to memory.
 */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { CaptureError } from './errors.js';
import { LinkType } from './frame.js';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const OPT_COMMENT = 1;
const OPT = { hardware: 2, os: 3, application: 4, ifName: 2, ifDescription: 3, ifTsResolution: 9, packetFlags: 2 } as const;
const INBOUND = 1;
const OUTBOUND = 2;

const STANDARD_OUTPUT = 1;
/** Between two tries at a standard output that does not block, ms. */
const PAUSE = 5;

/** Written to the file when so much has come together. */
const FLUSH_AT = 64 * 1024;
/** An option's length has 16 bits; longer text is cut at a whole character. */
const LONGEST_TEXT = 65_532;

export interface PcapngOptions {
  /** Descriptions for the section header. */
  readonly hardware?: string;
  readonly os?: string;
  readonly application?: string;
}

export class PcapngWriter {
  private buffer = new Uint8Array(2 * FLUSH_AT);
  private view = new DataView(this.buffer.buffer);
  private length = 0;
  /** Octets in the file. */
  private complete = 0;
  private fd: number | null = null;
  private interfaces = 0;
  private failed: CaptureError | null = null;
  private readonly encoder = new TextEncoder();

  /**
   * @param path of the file, replaced if it exists; '-' = standard output; null = in memory, see `toBytes`.
   * @throws CaptureError when the file cannot be opened; its `mend` says what to do.
   */
  constructor(private readonly path: string | null, options: PcapngOptions = {}) {
    if (path !== null) {
      try {
        this.fd = path === '-' ? STANDARD_OUTPUT : openSync(path, 'w');
      } catch (error) {
        throw CaptureError.from(error, path);
      }
    }
    this.sectionHeader(options);
  }

  /** What stopped the writing (a full disk), or null. `packet` itself never throws. */
  get failure(): CaptureError | null {
    return this.failed;
  }

  /**
   * @param linkType of its packets; RAW = bare IPv4 and IPv6
   * @param snapLength octets of a packet that are kept at most; 0 = all
   * @returns the interface's number, for `packet`.
   */
  addInterface(name: string, description = '', linkType: number = LinkType.Raw, snapLength = 0): number {
    const block = this.begin(INTERFACE_DESCRIPTION, 200 + 3 * (name.length + description.length));
    this.uint16(linkType);
    this.uint16(0);
    this.uint32(snapLength);
    this.text(OPT.ifName, name);
    this.text(OPT.ifDescription, description);
    this.uint16(OPT.ifTsResolution);
    this.uint16(1);
    this.uint32(9);
    this.end(block);
    return this.interfaces++;
  }

  /**
   * Appends bytes[start, end), one packet: an IP packet, or a frame of the interface's link type.
   * @param iface number given by `addInterface`.
   * @param at since the Unix epoch: nanoseconds as a bigint, or microseconds as a number.
   * @param originalLength octets it had on the wire; more than are given where the capture cut it.
   */
  packet(
    iface: number, at: bigint | number, bytes: Uint8Array, start: number, end: number, comment = '', direction?: 'in' | 'out', originalLength = end - start,
  ): void {
    if (this.failed !== null) return;
    const size = end - start;
    const block = this.begin(ENHANCED_PACKET, 100 + size + Math.min(3 * comment.length, LONGEST_TEXT));
    const nanos = typeof at === 'bigint' ? at : BigInt(Math.floor(at)) * 1000n + BigInt(Math.round((at - Math.floor(at)) * 1000));
    this.uint32(iface);
    this.uint32(Number((nanos >> 32n) & 0xffffffffn));
    this.uint32(Number(nanos & 0xffffffffn));
    this.uint32(size);
    this.uint32(originalLength);
    this.buffer.set(bytes.subarray(start, end), this.length);
    this.length += size;
    this.pad();
    this.text(OPT_COMMENT, comment);
    if (direction !== undefined) {
      this.uint16(OPT.packetFlags);
      this.uint16(4);
      this.uint32(direction === 'in' ? INBOUND : OUTBOUND);
    }
    this.end(block);
    if (this.fd !== null && this.length >= FLUSH_AT) this.flush();
  }

  /** Writes what is in memory to the file, so that a reader sees it. Nothing to do in memory mode. */
  flush(): void {
    if (this.fd === null || this.failed !== null) return;
    let written = 0;
    try {
      while (written < this.length) written += writeSome(this.fd, this.buffer, written, this.length);
    } catch (error) {
      this.failed = CaptureError.from(error, this.path ?? '');
      this.cutToWholeBlocks(this.fd, written);
    }
    this.complete += this.length;
    this.length = 0;
  }

  /** A file that ends within a block could not be read to its end. @param written octets of the buffer that reached it */
  private cutToWholeBlocks(fd: number, written: number): void {
    let whole = 0;
    for (let next = 0; next <= written; next += this.view.getUint32(next + 4, true)) whole = next;
    try {
      if (fd !== STANDARD_OUTPUT) ftruncateSync(fd, this.complete + whole);
    } catch {
      // What stands there is readable up to its last block.
    }
  }

  /** In memory mode: the whole capture so far, a copy. */
  toBytes(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  /** Flushes and closes the file. Idempotent. @throws CaptureError if something could not be written, now or before. */
  close(): void {
    if (this.fd === null) return;
    this.flush();
    const { fd } = this;
    this.fd = null;
    if (fd !== STANDARD_OUTPUT) closeSync(fd);
    if (this.failed !== null) throw this.failed;
  }

  private sectionHeader({ hardware = '', os = '', application = 'glasstcp' }: PcapngOptions): void {
    const block = this.begin(SECTION_HEADER, 200 + 3 * (hardware.length + os.length + application.length));
    this.uint32(BYTE_ORDER_MAGIC);
    this.uint16(1);
    this.uint16(0);
    // Section length: unknown, -1 in 64 bits.
    this.uint32(0xffffffff);
    this.uint32(0xffffffff);
    this.text(OPT.hardware, hardware);
    this.text(OPT.os, os);
    this.text(OPT.application, application);
    this.end(block);
  }

  /** Makes room for `most` octets and starts a block. @returns where it begins. */
  private begin(type: number, most: number): number {
    if (this.length + most > this.buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.length + most));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    const start = this.length;
    this.uint32(type);
    this.uint32(0);
    return start;
  }

  /** Ends the options and the block; its length stands at both ends. */
  private end(block: number): void {
    this.uint32(0);
    const size = this.length - block + 4;
    this.uint32(size);
    this.view.setUint32(block + 4, size, true);
  }

  /** An option of UTF-8 text; nothing if it is empty. */
  private text(code: number, text: string): void {
    if (text === '') return;
    const at = this.length;
    this.length += 4;
    const { written } = this.encoder.encodeInto(text, this.buffer.subarray(this.length, this.length + LONGEST_TEXT));
    this.view.setUint16(at, code, true);
    this.view.setUint16(at + 2, written, true);
    this.length += written;
    this.pad();
  }

  private pad(): void {
    while ((this.length & 3) !== 0) this.buffer[this.length++] = 0;
  }

  private uint16(value: number): void {
    this.view.setUint16(this.length, value, true);
    this.length += 2;
  }

  private uint32(value: number): void {
    this.view.setUint32(this.length, value, true);
    this.length += 4;
  }
}

/** @returns octets written */
function writeSome(fd: number, bytes: Uint8Array, from: number, to: number): number {
  for (;;) {
    try {
      return writeSync(fd, bytes, from, to - from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
