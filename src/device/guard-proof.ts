/**
 * Proves at start that the kernel keeps silent for our ports: a segment for no connection goes from one of them to another
 * and must draw no RST (RFC 9293 §3.10.7.1 asks for one). A second segment marks how long to wait for it.
 */
import type { Address } from '../util/address.js';
import type { Seq } from '../util/seq.js';
import { IpHeader, PROTO_TCP, readIp } from '../wire/ip.js';
import { writeIpv4 } from '../wire/ipv4.js';
import { writeIpv6 } from '../wire/ipv6.js';
import { Packet } from '../wire/packet.js';
import { ACK, RST, Segment } from '../wire/segment.js';
import { readTcp, TCP_HEADER, writeTcpChecksum, writeTcpHeader } from '../wire/tcp.js';
import type { Device } from './device.js';
import { DeviceError } from './errors.js';
import type { RstGuard } from './rst-guard.js';

/** What the proof needs of the guard. */
export type FreePorts = Pick<RstGuard, 'claimFree' | 'lastRefusal' | 'release'>;

/** Milliseconds to wait for a segment of our own; and after the second one, in case the kernel's RST is slower than that. */
const PATIENCE = 1000;
const AFTERWARDS = 10;
const PROBE = 0x676c6173 as Seq;
const MARKER = 0x74637021 as Seq;
const TTL = 64;
/** A RST of the kernel's own belongs to no user, one of ours does. The proof itself uses ports that programs are given. */
const RSTS = 'oif lo tcp sport { 7001, 32768-60999 } tcp flags & rst == rst';
const FIREWALL = 'sudo nft \'add table inet glasstcp; add chain inet glasstcp output { type filter hook output priority filter; }; '
  + `add rule inet glasstcp output ${RSTS} meta skuid >= 0 accept; add rule inet glasstcp output ${RSTS} drop'`;

/** @throws DeviceError EGUARD, or EADDRNOTAVAIL when no port of the address can be had */
export async function proveGuard(device: Device, guard: FreePorts, address: Address): Promise<void> {
  const from = claimFree(guard, address);
  const to = claimFree(guard, address);
  const ear = new Ear(device);
  try {
    for (const number of [PROBE, MARKER]) {
      device.send(bareAck(address, from, to, number));
      const heard = await ear.hears(number);
      if (!heard && !ear.reset) throw notHeard(address);
    }
    await new Promise((resolve) => setTimeout(resolve, AFTERWARDS));
    if (ear.reset) throw kernelAnswers(address);
  } finally {
    ear.stop();
    guard.release(address, from);
    guard.release(address, to);
  }
}

/** What arrives for the two ports: our own segments, and a RST if the kernel sends one. */
class Ear {
  reset = false;
  private readonly heard = new Set<Seq>();
  private readonly ip = new IpHeader();
  private readonly segment = new Segment();
  private wake: () => void = () => undefined;

  constructor(private readonly device: Device) {
    device.open((packet) => this.take(packet), () => undefined);
  }

  /** Resolves to false if the segment does not arrive in time, or a RST does. */
  hears(number: Seq): Promise<boolean> {
    if (this.heard.has(number)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE);
      this.wake = () => {
        if (!this.heard.has(number) && !this.reset) return;
        clearTimeout(timer);
        resolve(this.heard.has(number));
      };
    });
  }

  stop(): void {
    this.device.open(() => undefined, () => undefined);
  }

  private take(packet: Packet): void {
    if (readIp(packet, this.ip) !== 0 || readTcp(packet, this.ip, this.segment, false) !== 0) return;
    if (this.segment.has(RST)) this.reset = true;
    else this.heard.add(this.segment.seq);
    this.wake();
  }
}

function bareAck(address: Address, from: number, to: number, number: Seq): Packet {
  const start = address.isV4 ? 20 : 40;
  const packet = new Packet(start + TCP_HEADER);
  packet.end = start + TCP_HEADER;
  if (address.isV4) writeIpv4(packet.view, 0, TCP_HEADER, PROTO_TCP, address, address, TTL, 0, 0);
  else writeIpv6(packet.view, 0, TCP_HEADER, PROTO_TCP, address, address, TTL, 0, 0);
  writeTcpHeader(packet.view, start, from, to, number, number, TCP_HEADER, ACK, 0, 0);
  writeTcpChecksum(packet.view, start, packet.end, address, address);
  return packet;
}

function claimFree(guard: FreePorts, address: Address): number {
  const port = guard.claimFree(address);
  if (port !== 0) return port;
  const why = guard.lastRefusal;
  if (why === 'EADDRNOTAVAIL' || why === 'EAFNOSUPPORT') {
    throw new DeviceError(why, `No port of ${address.toString()} can be had: it is no address of this machine, or the interface lo is down (${why}).`,
      'sudo ip link set lo up');
  }
  throw new DeviceError('EGUARD', `The kernel's RSTs cannot be held back: no listener that hears nothing can be had on ${address.toString()} (${why}).`,
    'use --device tun, which needs no such thing');
}

function kernelAnswers(address: Address): DeviceError {
  return new DeviceError('EGUARD',
    `The kernel answers with RST for ports of ours on ${address.toString()}, although a listener of its own with a filter that drops everything stands there. `
    + 'It would end every connection.',
    'use --device tun; or drop those RSTs yourself (here for port 7001 and the ports that programs are given; ours pass): ' + FIREWALL);
}

function notHeard(address: Address): DeviceError {
  return new DeviceError('EGUARD',
    `A segment that we sent to ourselves on ${address.toString()} did not come back within ${PATIENCE / 1000} s, so nobody can say whether the kernel keeps silent for our ports.`,
    'if the interface lo is down (ip link show lo): sudo ip link set lo up; if a firewall drops packets there (sudo nft list ruleset; sudo iptables-save), let them pass; '
    + 'or use --device tun');
}
