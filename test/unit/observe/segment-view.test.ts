import { describeSegment } from '../../../src/cli/segment-label.js';
import { SegmentReader, type TcpView } from '../../../src/observe/segment-view.js';
import { ACK, IRS, ISS, packet, PSH_ACK, RST_ACK, SYN, synAckIn, SYN_ACK, synOut, type Shape } from '../trace/conversation.js';

function reader() {
  const r = new SegmentReader();
  const read = (direction: 'in' | 'out', shape: Shape): TcpView => r.read(packet(direction, shape).toBytes()) as TcpView;
  return { r, read };
}

test('numbers are relative to the first of each direction, across the wrap', () => {
  const { r, read } = reader();
  expect(r.read(synOut().toBytes())).toMatchObject({ from: '192.0.2.2:7', to: '192.0.2.1:40312', flags: ['SYN'], seq: 0, ack: undefined, mss: 1460 });
  expect(r.read(synAckIn().toBytes())).toMatchObject({ flags: ['SYN', 'ACK'], seq: 0, ack: 1 });
  expect(read('out', { flags: PSH_ACK, seq: ISS + 1 + 1460, ack: IRS + 1, length: 3 })).toMatchObject({
    seq: 1461, ack: 1, length: 3, absolute: { seq: (ISS + 1461) % 2 ** 32, ack: IRS + 1 },
  });
});

test('windows are scaled once both sides agreed, never in a SYN', () => {
  const { r, read } = reader();
  expect(r.read(synOut().toBytes())).toMatchObject({ window: 64_240 });
  expect(r.read(synAckIn().toBytes())).toMatchObject({ window: 65_535 });
  expect(read('out', { flags: ACK, seq: ISS + 1, ack: IRS + 1, wnd: 502 }).window).toBe(502 * 128);
  expect(read('in', { flags: ACK, seq: IRS + 1, ack: ISS + 1, wnd: 2 }).window).toBe(512);
});

test('no scaling when one side did not offer it', () => {
  const { r, read } = reader();
  r.read(synOut().toBytes());
  read('in', { flags: SYN_ACK, seq: IRS, ack: ISS + 1, options: { mss: 1460 } });
  expect(read('out', { flags: ACK, seq: ISS + 1, ack: IRS + 1, wnd: 502 }).window).toBe(502);
});

test('a segment all of which has passed before is sent again; a part is not enough', () => {
  const { read } = reader();
  expect(read('out', { flags: SYN, seq: ISS }).again).toBe(false);
  expect(read('out', { flags: SYN, seq: ISS }).again).toBe(true);
  expect(read('out', { flags: ACK, seq: ISS + 1, ack: 1, length: 100 }).again).toBe(false);
  expect(read('out', { flags: ACK, seq: ISS + 51, ack: 1, length: 100 }).again).toBe(false);
  expect(read('out', { flags: ACK, seq: ISS + 51, ack: 1, length: 100 }).again).toBe(true);
  expect(read('out', { flags: ACK, seq: ISS + 151, ack: 1 }).again).toBe(false);
});

test('old ports, new conversation: numbers begin anew', () => {
  const { read } = reader();
  read('in', { flags: SYN, seq: 1_000 });
  read('out', { flags: SYN_ACK, seq: 2_000, ack: 1_001 });
  expect(read('in', { flags: SYN, seq: 9_000_000 })).toMatchObject({ seq: 0, again: false });
  expect(read('out', { flags: SYN_ACK, seq: 7_000, ack: 9_000_001 })).toMatchObject({ seq: 0, ack: 1, again: false });
});

test('a simultaneous open keeps both numbers', () => {
  const { read } = reader();
  read('out', { flags: SYN, seq: 100 });
  read('in', { flags: SYN, seq: 500 });
  expect(read('out', { flags: SYN_ACK, seq: 100, ack: 501 })).toMatchObject({ seq: 0, ack: 1 });
});

test('without a SYN the first octet is number 1, as Wireshark counts: the reset for a stray SYN', () => {
  const { read } = reader();
  read('in', { flags: SYN, seq: 77 });
  expect(read('out', { flags: RST_ACK, seq: 0, ack: 78 })).toMatchObject({ seq: 1, ack: 1 });
});

test('described in one line', () => {
  const { r } = reader();
  const view = r.read(synOut().toBytes()) as TcpView;
  expect(describeSegment(view)).toBe('SYN seq=0 win=64240 <mss 1460,sackOK,ws 7>');
  expect(describeSegment({ ...view, flags: ['ACK'], ack: 1, length: 9, mss: undefined, windowScale: undefined, sackPermitted: false, sack: [[10, 20]] }))
    .toBe('ACK seq=0 ack=1 win=64240 len=9 <sack 10-20>');
});

test('an echo request is named; what cannot be read is undefined', () => {
  const { r } = reader();
  const ping = packet('in', { flags: ACK, seq: 0 });
  ping.bytes.set([8, 0], 20);
  ping.bytes[9] = 1;
  // The header checksum makes up for the other protocol number: 6 became 1.
  ping.view.setUint16(10, ping.view.getUint16(10) + 5);
  expect(r.read(ping.toBytes())).toMatchObject({ protocol: 'ICMP', from: '192.0.2.1', text: 'ICMP echo request' });
  expect(r.read(new Uint8Array([1, 2, 3]))).toBeUndefined();
  expect(r.read(new Uint8Array())).toBeUndefined();
});
