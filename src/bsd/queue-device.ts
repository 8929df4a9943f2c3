/** A device whose other end is a program: packets it is given arrive at once, packets sent wait in order until they are taken. */
import type { Device } from '../device/device.js';
import type { Micros } from '../util/units.js';
import { Packet } from '../wire/packet.js';

/** A packet that the stack sent. */
export interface QueuedPacket {
  /** The IP packet, the taker's to keep. */
  readonly octets: Uint8Array;
  /** When it was sent, µs. */
  readonly at: Micros;
}

export class QueueDevice implements Device {
  readonly name = 'queue';
  readonly offload = null;
  private readonly sent: QueuedPacket[] = [];
  private head = 0;
  private receive: (packet: Packet, at: Micros) => void = () => undefined;
  private batchEnd: () => void = () => undefined;

  constructor(readonly mtu: number, private readonly now: () => Micros) {}

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    this.receive = receive;
    this.batchEnd = batchEnd;
  }

  send(packet: Packet): boolean {
    this.sent.push({ octets: packet.toBytes(), at: this.now() });
    return true;
  }

  close(): void {
    this.receive = () => undefined;
    this.batchEnd = () => undefined;
  }

  /** A packet arrives, alone in its batch. @param segmentSize text of each of the segments that a card has joined; 0 = it is one */
  arrive(octets: Uint8Array, segmentSize = 0): void {
    const packet = Packet.of(octets);
    packet.gsoSize = segmentSize;
    this.receive(packet, this.now());
    this.batchEnd();
  }

  /** Packets that wait to be taken. */
  get waiting(): number {
    return this.sent.length - this.head;
  }

  /** The oldest packet not taken. */
  take(): QueuedPacket | undefined {
    if (this.waiting === 0) return undefined;
    const packet = this.sent[this.head];
    this.head++;
    if (this.head === this.sent.length) {
      this.sent.length = 0;
      this.head = 0;
    }
    return packet;
  }
}
