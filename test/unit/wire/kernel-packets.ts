/** The kernel's packets from test/fixtures, by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Packet } from '../../../src/wire/packet.js';

export interface KernelPacket {
  readonly name: string;
  readonly hex: string;
  /** tcpdump's line, absolute numbers. */
  readonly tcpdump: string;
  /** tcpdump's line, numbers relative to the first ones it saw. */
  readonly relative: string;
}

const file = join(__dirname, '../../fixtures/kernel-packets.json');

export const kernelPackets = (JSON.parse(readFileSync(file, 'utf8')) as { packets: KernelPacket[] }).packets;

/** Packets that carry whole TCP segments. */
export const kernelSegments = kernelPackets.filter((p) => p.tcpdump.includes('Flags ['));

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function kernelPacket(name: string): KernelPacket {
  const found = kernelPackets.find((p) => p.name === name);
  if (found === undefined) throw new Error(`no kernel packet is called "${name}"`);
  return found;
}

/** A fresh packet in a buffer of exactly its size, so that a read beyond it would throw. */
export const packetNamed = (name: string): Packet => Packet.of(bytesOf(kernelPacket(name).hex));
