/** The proof at start, on a loopback that the test plays: silence, a RST before or after the mark, nothing at all. */
import type { Device } from '../../../src/device/device.js';
import { proveGuard } from '../../../src/device/guard-proof.js';
import { Address } from '../../../src/util/address.js';
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import { ACK, Segment } from '../../../src/wire/segment.js';
import { readTcp } from '../../../src/wire/tcp.js';
import { writeStrayReset } from '../../../src/stack/stray.js';

type Receive = (packet: Packet, at: number) => void;

/** A loopback: what is sent comes back in the next turn; `answers` says after which segment a RST comes, and how late, ms. */
class Loop implements Device {
  readonly name = 'lo';
  readonly mtu = 65_535;
  readonly offload = null;
  readonly seen: Segment[] = [];
  receive: Receive = () => undefined;

  constructor(private readonly passes: boolean, private readonly answers: { readonly nth: number; readonly late: number } | null) {}

  open(receive: Receive): void {
    this.receive = receive;
  }

  send(packet: Packet): boolean {
    const copy = Packet.of(packet.toBytes());
    const ip = new IpHeader();
    const segment = new Segment();
    expect([readIp(copy, ip), readTcp(copy, ip, segment)]).toEqual([0, 0]);
    this.seen.push(segment);
    if (this.passes) setImmediate(() => this.receive(copy, 0));
    if (this.answers?.nth !== this.seen.length) return true;
    const reset = new Packet(100);
    writeStrayReset(segment, reset);
    setTimeout(() => this.receive(reset, 0), this.answers.late);
    return true;
  }

  close(): void {
    throw new Error('whoever opened the device closes it');
  }
}

class Ports {
  lastRefusal = '';
  readonly held: number[] = [];
  private next = 40_000;

  constructor(private readonly refusal = '') {}

  claimFree(): number {
    this.lastRefusal = this.refusal;
    if (this.refusal !== '') return 0;
    this.held.push(++this.next);
    return this.next;
  }

  release(_local: Address, port: number): void {
    this.held.splice(this.held.indexOf(port), 1);
  }
}

const prove = (loop: Loop, address: string, ports = new Ports()): Promise<void> => proveGuard(loop, ports, Address.from(address));

test.each(['127.0.0.1', '127.1.2.3', '::1'])('%s: a bare ACK and a second one, to and from ports of ours, and silence', async (address) => {
  const loop = new Loop(true, null);
  const ports = new Ports();
  await prove(loop, address, ports);
  expect(loop.seen.map((s) => [s.flags, s.srcPort, s.dstPort, s.dst.toString()])).toEqual([[ACK, 40_001, 40_002, address], [ACK, 40_001, 40_002, address]]);
  expect(loop.seen[0].seq).not.toBe(loop.seen[1].seq);
  expect(ports.held).toEqual([]);
});

test.each([{ nth: 1, late: 0 }, { nth: 2, late: 0 }, { nth: 2, late: 3 }])('a RST (%j): EGUARD, says what it means and what mends it', async (answers) => {
  const ports = new Ports();
  await expect(prove(new Loop(true, answers), '127.0.0.1', ports)).rejects.toMatchObject({
    code: 'EGUARD', message: expect.stringMatching(/RST.*127\.0\.0\.1.*end every connection/), mend: expect.stringMatching(/--device tun.*sudo nft .*32768-60999/),
  });
  expect(ports.held).toEqual([]);
});

test('a RST, although the segment itself is not seen', async () => {
  await expect(prove(new Loop(false, { nth: 1, late: 0 }), '127.0.0.1')).rejects.toMatchObject({ code: 'EGUARD', message: expect.stringContaining('RST') });
});

test('nothing comes back: EGUARD, and it says so', async () => {
  await expect(prove(new Loop(false, null), '127.0.0.1')).rejects.toMatchObject({ code: 'EGUARD', message: expect.stringContaining('did not come back'), mend: expect.stringContaining('nft list ruleset') });
});

test.each([
  ['EADDRNOTAVAIL', 'EADDRNOTAVAIL', 'sudo ip link set lo up'],
  ['ENOPROTOOPT', 'EGUARD', 'use --device tun, which needs no such thing'],
])('no port can be had (%s)', async (refusal, code, mend) => {
  await expect(prove(new Loop(true, null), '127.0.0.1', new Ports(refusal))).rejects.toMatchObject({ code, mend });
});
