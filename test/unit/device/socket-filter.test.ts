/** Classic BPF programs, run here as the kernel runs them. */
import { DROP_ALL, portFilter } from '../../../src/device/socket-filter.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import type { Packet } from '../../../src/wire/packet.js';
import { buildPacket } from '../../support/segments.js';

const V4 = Address.from('127.0.0.1');
const V6 = Address.from('::1');

/** The instructions that filters of ours use, as Linux's networking/filter documentation has them. @returns octets passed on */
function run(program: Uint8Array, packet: Uint8Array): number {
  const code = new DataView(program.buffer, program.byteOffset, program.length);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  let a = 0;
  let x = 0;
  for (let pc = 0; pc < program.length / 8; pc++) {
    const k = code.getUint32(8 * pc + 4, true);
    const [jt, jf] = [code.getUint8(8 * pc + 2), code.getUint8(8 * pc + 3)];
    const opcode = code.getUint16(8 * pc, true);
    if (opcode === 0x06) return k;
    else if (opcode === 0x15) pc += a === k ? jt : jf;
    else if (opcode === 0xb1) x = 4 * (view.getUint8(k) & 0xf);
    else {
      const at = opcode === 0x48 ? x + k : opcode === 0x28 ? k : NaN;
      if (!(at + 2 <= packet.length)) return 0; // what is out of bounds drops the packet
      a = view.getUint16(at);
    }
  }
  throw new Error('ran off the end');
}

const to = (port: number, address = V4): Packet => buildPacket({ flags: '.', seq: 1, ack: 1, data: 5 }, { address, port: 7001 }, { address, port }, seq(0), seq(0));
/** A raw IPv6 socket sees what follows the IPv6 header. */
const seen = (packet: Packet): Uint8Array => packet.bytes.subarray(packet.view.getUint8(0) >> 4 === 6 ? 40 : 0, packet.end);

describe.each([[4, V4], [6, V6]] as const)('IPv%i', (version, address) => {
  test('passes segments to the ports, whole, and no others; source ports do not matter', () => {
    const program = portFilter(version, [80, 7000, 65_535]);
    for (const port of [80, 7000, 65_535]) expect(run(program, seen(to(port, address)))).toBe(0xffff_ffff);
    for (const port of [1, 79, 81, 7001, 65_534]) expect(run(program, seen(to(port, address)))).toBe(0);
  });

  test('without ports it passes nothing', () => {
    expect(run(portFilter(version, []), seen(to(80, address)))).toBe(0);
  });

  test('a packet cut short is dropped', () => {
    expect(run(portFilter(version, [80]), seen(to(80, address)).subarray(0, version === 4 ? 22 : 2))).toBe(0);
  });

  test('as many ports as the kernel\'s 4096 instructions hold; with more it passes everything', () => {
    const some = Array.from({ length: version === 4 ? 2046 : 2047 }, (_, i) => 1000 + i);
    const full = portFilter(version, some);
    expect(full.length / 8).toBeLessThanOrEqual(4096);
    expect([run(full, seen(to(some[some.length - 1], address))), run(full, seen(to(999, address)))]).toEqual([0xffff_ffff, 0]);
    const open = portFilter(version, [...some, 60_000]);
    expect([open.length, run(open, seen(to(999, address)))]).toEqual([8, 0xffff_ffff]);
  });
});

test('IPv4 options come before the ports', () => {
  const packet = to(80);
  const longer = new Uint8Array(packet.length + 8);
  longer.set(packet.bytes.subarray(0, 20));
  longer.set(packet.bytes.subarray(20), 28);
  longer[0] = 0x47;
  expect([run(portFilter(4, [80]), longer), run(portFilter(4, [81]), longer)]).toEqual([0xffff_ffff, 0]);
});

test('the guard\'s filter drops everything', () => {
  expect([DROP_ALL.length, run(DROP_ALL, seen(to(80)))]).toEqual([8, 0]);
});
