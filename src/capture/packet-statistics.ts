/**
 * How many packets the kernel had no room for: cap does not tell, so its packet socket is found among our descriptors and
 * asked (packet(7), PACKET_STATISTICS). For a process with one such socket.
 */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { NativeMemory, native } from '../device/native.js';

const SOL_PACKET = 263;
const PACKET_STATISTICS = 6;
/** struct tpacket_stats_v3: packets, drops, freezes. Older versions have the first two. */
const STATISTICS = 12;
const DROPS_AT = 4;

/** Linux 4.20 */
const PACKET_IGNORE_OUTGOING = 23;
const INT = 4;

/** Our descriptor of a packet socket; null if there is none, or no /proc. */
export function findPacketSocket(): number | null {
  try {
    const inodes = new Set(readFileSync('/proc/net/packet', 'utf8').split('\n').slice(1).map((line) => line.trim().split(/\s+/).at(-1)));
    for (const fd of readdirSync('/proc/self/fd')) {
      const inode = /^socket:\[(\d+)\]$/.exec(target(fd))?.[1];
      if (inode !== undefined && inodes.has(inode)) return Number(fd);
    }
  } catch {
    // No /proc: then nobody can tell.
  }
  return null;
}

/** The descriptor that lists the folder is gone when it is asked for. */
function target(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

/** Adds up what the kernel counts anew after each question. */
export class DropCounter {
  private total: number | null = 0;
  private readonly answer: NativeMemory | null;

  constructor(private readonly fd: number | null) {
    this.answer = fd === null ? null : memory();
    if (this.answer === null) this.total = null;
  }

  /** Dropped since the socket was opened; null = nobody can tell. */
  ask(): number | null {
    const { answer, fd } = this;
    if (this.total === null || answer === null || fd === null) return null;
    answer.view.setUint32(STATISTICS, STATISTICS, true);
    const { value } = native('getsockopt', fd, SOL_PACKET, PACKET_STATISTICS, answer.address, answer.address + BigInt(STATISTICS));
    this.total = value === -1 ? null : this.total + answer.view.getUint32(DROPS_AT, true);
    return this.total;
  }
}

/**
 * On the loopback every packet passes a packet socket twice, going out and coming in. libpcap leaves out the first; this makes
 * the kernel do so, so that it takes no room and is not counted as dropped. An older kernel refuses, which does no harm.
 */
export function ignoreOutgoing(fd: number | null): void {
  const yes = fd === null ? null : memory();
  if (yes === null || fd === null) return;
  yes.view.setInt32(0, 1, true);
  native('setsockopt', fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, yes.address, INT);
  yes.free();
}

/** Room for the answer and its length; null where libc cannot be called. */
function memory(): NativeMemory | null {
  try {
    return new NativeMemory(STATISTICS + 4);
  } catch {
    return null;
  }
}
