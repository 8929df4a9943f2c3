import { HeldMoments } from '../../../../src/cli/lab/held-moments.js';
import type { Moment } from '../../../../src/trace/moment.js';

/** Serial numbers tell them apart; octets are the serial number. */
const moment = (serial: number, direction?: 'in' | 'out'): Moment => ({
  serial, at: 0, conn: 1, kind: direction === undefined ? 'event' : 'segment', decisions: [], states: [], before: '', after: '', changes: [],
  ...(direction === undefined ? {} : { direction, bytes: Uint8Array.of(serial) }),
});

function watched(...moments: readonly Moment[]): { readonly held: HeldMoments; readonly told: number[] } {
  const told: number[] = [];
  const held = new HeldMoments(({ serial }) => told.push(serial));
  for (const each of moments) held.add(each);
  return { held, told };
}

test('what is not sent is told at once', () => expect(watched(moment(1), moment(2, 'in')).told).toEqual([1, 2]));

test('a segment waits for the line, and all that comes behind it', () => {
  const { held, told } = watched(moment(1, 'out'), moment(2), moment(3, 'out'));
  held.then(() => told.push(99));
  expect([held.find(Uint8Array.of(1))?.serial, told]).toEqual([1, []]);
  held.release(Uint8Array.of(1));
  expect(told).toEqual([1]);
  held.drain();
  expect(told).toEqual([1, 2]);
  held.release(Uint8Array.of(3));
  held.drain();
  expect(told).toEqual([1, 2, 3, 99]);
});

test('what was never sent is passed when a later one is', () => {
  const { held, told } = watched(moment(1, 'out'), moment(2, 'out'));
  held.release(Uint8Array.of(2));
  expect(told).toEqual([1, 2]);
});

test('a packet that nobody knows changes nothing', () => {
  const { held, told } = watched(moment(1, 'out'));
  held.release(Uint8Array.of(7));
  expect([held.find(Uint8Array.of(1, 1)), told]).toEqual([undefined, []]);
});

test('at the end all is told, or forgotten', () => {
  const end = watched(moment(1, 'out'), moment(2));
  end.held.finish();
  const left = watched(moment(1, 'out'), moment(2));
  left.held.forget();
  left.held.finish();
  expect([end.told, left.told]).toEqual([[1, 2], []]);
});
