/**
 * Classic BPF programs for sockets (SO_ATTACH_FILTER): one that drops everything, and one that passes TCP segments to some
 * ports only. As octets; who attaches them is another's business.
 */
import { NativeMemory } from './native.js';

export const SOL_SOCKET = 1;
export const SO_ATTACH_FILTER = 26;
/** struct sock_fprog: how many instructions, padding, where they are. */
export const FPROG_SIZE = 16;

/** The kernel's limit, BPF_MAXINSNS. */
const MOST_INSTRUCTIONS = 4096;
const PASS = 0xffff_ffff;
const BPF_RET = 0x06;
const BPF_JEQ = 0x15;
/** A 16-bit word at a fixed place; and at X plus such a place. */
const BPF_LDH = 0x28;
const BPF_LDH_X = 0x48;
/** X = four times the low half of an octet: the length of an IPv4 header. */
const BPF_LDX_IHL = 0xb1;

interface Instruction {
  readonly code: number;
  readonly k: number;
  /** Instructions passed over if the comparison holds, if not. */
  readonly jt?: number;
  readonly jf?: number;
}

export const DROP_ALL: Uint8Array = assemble([{ code: BPF_RET, k: 0 }]);
const PASS_ALL: Uint8Array = assemble([{ code: BPF_RET, k: PASS }]);

/**
 * Passes segments to these ports. A raw IPv4 socket filters whole packets, a raw IPv6 socket what follows the IPv6 headers.
 * With more ports than a program can hold it passes all: the one who reads has to look himself.
 */
export function portFilter(version: 4 | 6, ports: Iterable<number>): Uint8Array {
  const program: Instruction[] = version === 4 ? [{ code: BPF_LDX_IHL, k: 0 }, { code: BPF_LDH_X, k: 2 }] : [{ code: BPF_LDH, k: 2 }];
  for (const port of ports) program.push({ code: BPF_JEQ, k: port, jt: 0, jf: 1 }, { code: BPF_RET, k: PASS });
  program.push({ code: BPF_RET, k: 0 });
  return program.length > MOST_INSTRUCTIONS ? PASS_ALL : assemble(program);
}

/** struct sock_filter: code (16 bits), jt, jf (8 bits each), k (32 bits), as this machine orders octets. */
function assemble(program: readonly Instruction[]): Uint8Array {
  const octets = new Uint8Array(8 * program.length);
  const view = new DataView(octets.buffer);
  program.forEach(({ code, k, jt = 0, jf = 0 }, i) => {
    view.setUint16(8 * i, code, true);
    view.setUint8(8 * i + 2, jt);
    view.setUint8(8 * i + 3, jf);
    view.setUint32(8 * i + 4, k, true);
  });
  return octets;
}

/** A program where the kernel can read it, with the struct sock_fprog that points to it. */
export class FilterInMemory {
  private readonly memory: NativeMemory;

  constructor(program: Uint8Array) {
    this.memory = new NativeMemory(FPROG_SIZE + program.length);
    this.memory.octets.set(program, FPROG_SIZE);
    this.memory.view.setUint16(0, program.length / 8, true);
    this.memory.view.setBigUint64(8, this.memory.address + BigInt(FPROG_SIZE), true);
  }

  /** The struct sock_fprog: its octets, and its address. */
  get fprog(): Uint8Array {
    return this.memory.octets.subarray(0, FPROG_SIZE);
  }

  get address(): bigint {
    return this.memory.address;
  }

  /** The kernel has its own copy once the program is attached. */
  free(): void {
    this.memory.free();
  }
}
