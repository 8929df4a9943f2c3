import { createPipe } from '../../../src/device/pipe.js';
import type { Device } from '../../../src/device/device.js';
import { Recorder } from '../../../src/device/recorder.js';
import { Packet } from '../../../src/wire/packet.js';
import { ManualClock } from '../../support/manual-clock.js';

/** Opens a device; the log holds the first octet of each packet and 'end' for each batch. */
function logOf(device: Device): (number | 'end')[] {
  const log: (number | 'end')[] = [];
  device.open((packet) => log.push(packet.bytes[packet.start]), () => log.push('end'));
  return log;
}

const of = (...bytes: number[]): Packet => Packet.of(Uint8Array.from(bytes));

describe('createPipe', () => {
  it('delivers in order, in batches, never inside send', () => {
    const clock = new ManualClock(5);
    const [a, b] = createPipe({ clock });
    const log = logOf(b);
    expect([a.send(of(1)), a.send(of(2))]).toEqual([true, true]);
    expect(log).toEqual([]);
    clock.advance(0);
    expect(log).toEqual([1, 2, 'end']);
  });

  it('carries copies: the sender may reuse its packet at once', () => {
    const clock = new ManualClock();
    const [a, b] = createPipe({ clock });
    const seen: Uint8Array[] = [];
    b.open((packet) => seen.push(packet.toBytes()), () => undefined);
    const packet = new Packet(100);
    packet.start = 2;
    packet.end = 5;
    packet.bytes.set([9, 9, 1, 2, 3, 9]);
    a.send(packet);
    packet.bytes.fill(0);
    clock.advance(0);
    expect(seen).toEqual([Uint8Array.of(1, 2, 3)]);
  });

  it('answers sent while a batch is delivered come in a later one', () => {
    const clock = new ManualClock();
    const [a, b] = createPipe({ clock });
    const log = logOf(a);
    b.open((packet) => b.send(packet), () => log.push('end'));
    a.send(of(7));
    clock.advance(0);
    expect(log).toEqual(['end', 7, 'end']);
  });

  it('says false when full or too large, and takes more once it has been emptied', () => {
    const clock = new ManualClock();
    const [a, b] = createPipe({ clock, mtu: 4, limit: 2 });
    const log = logOf(b);
    expect([a.send(of(1)), a.send(of(2)), a.send(of(3))]).toEqual([true, true, false]);
    clock.advance(0);
    expect([a.send(of(1, 2, 3, 4)), a.send(of(1, 2, 3, 4, 5))]).toEqual([true, false]);
    clock.advance(0);
    expect(log).toEqual([1, 2, 'end', 1, 'end']);
  });

  it('keeps packets for an end that is opened later', () => {
    const clock = new ManualClock();
    const [a, b] = createPipe({ clock });
    a.send(of(1));
    clock.advance(10);
    const log = logOf(b);
    clock.advance(0);
    expect(log).toEqual([1, 'end']);
  });

  it('is quiet after either end is closed, also from inside receive', () => {
    const clock = new ManualClock();
    const [a, b] = createPipe({ clock });
    let received = 0;
    b.open(() => {
      received++;
      b.close();
    }, () => received += 100);
    a.send(of(1));
    a.send(of(2));
    clock.advance(0);
    b.close();
    expect([received, a.send(of(3)), clock.nextDeadline]).toEqual([1, false, Infinity]);
  });
});

describe('Recorder', () => {
  it('tells of both directions, the instant and whether the device took the packet', () => {
    const clock = new ManualClock(3);
    const [a, b] = createPipe({ clock, limit: 1 });
    const log: unknown[] = [];
    const recorder = new Recorder(a, clock, (packet, at, direction, taken) => log.push([packet.bytes[0], at, direction, taken]));
    const received = logOf(recorder);
    recorder.send(of(1));
    recorder.send(of(2));
    b.send(of(3));
    clock.advance(4);
    expect(log).toEqual([[1, 3, 'out', true], [2, 3, 'out', false], [3, 3, 'in', true]]);
    expect(received).toEqual([3, 'end']);
    expect([recorder.name, recorder.mtu, recorder.offload]).toEqual([a.name, a.mtu, null]);
  });
});
