import type { Moment } from '../../../src/trace/moment.js';
import { Pairing } from '../../../src/trace/pairing.js';
import { Story } from '../../../src/trace/story.js';
import { ACK, fateOf, IRS, ISS, NewData, packet, variables } from './conversation.js';

const data = (n: number) => packet('out', { flags: ACK, seq: ISS + 1 + n, ack: IRS + 1, length: 1 });
const arrival = (n: number) => packet('in', { flags: ACK, seq: IRS + 1 + n, ack: ISS + 1, length: 1 });

/** Told pairs as "moment/fate", moments by serial, '-' for none. */
function listen() {
  const told: string[] = [];
  const pairing = new Pairing(({ moment, fate }) => told.push(`${moment?.serial ?? '-'}/${fate?.label ?? '-'}`));
  const moments: Moment[] = [];
  const story = new Story((m) => moments.push(m));
  const sent = (n: number): Moment => {
    story.segment(1, n, 'out', data(n), 20, NewData, 1, 0, 0);
    story.settled(1, n, variables());
    return moments[moments.length - 1];
  };
  const arrived = (n: number): Moment => {
    story.segment(1, n, 'in', arrival(n), 20, 0, 0, 0, 0);
    story.settled(1, n, variables());
    return moments[moments.length - 1];
  };
  return { told, pairing, sent, arrived };
}

test('a segment sent waits for its fate, which may follow', () => {
  const { told, pairing, sent } = listen();
  pairing.moment(sent(0));
  expect(told).toEqual([]);
  pairing.fate(fateOf(data(0), 'out', 'lost', 'L'));
  expect(told).toEqual(['1/L']);
});

test('a segment sent is told as it is when something else follows, or at a flush', () => {
  const { told, pairing, sent } = listen();
  pairing.moment(sent(0));
  pairing.moment(sent(1));
  expect(told).toEqual(['1/-']);
  pairing.flush();
  pairing.flush();
  expect(told).toEqual(['1/-', '2/-']);
});

test('the fate may come before the moment', () => {
  const { told, pairing, sent } = listen();
  pairing.fate(fateOf(data(0), 'out', 'lost', 'L'));
  pairing.moment(sent(0));
  expect(told).toEqual(['1/L']);
});

test('fates of other segments stay apart, in order', () => {
  const { told, pairing, sent } = listen();
  pairing.moment(sent(0));
  pairing.fate(fateOf(data(9), 'out', 'lost', 'L'));
  pairing.moment(sent(1));
  pairing.flush();
  expect(told).toEqual(['1/-', '-/L', '2/-']);
});

test('what is lost on its way to us is told at once, alone', () => {
  const { told, pairing } = listen();
  pairing.fate(fateOf(arrival(0), 'in', 'lost', 'L'));
  expect(told).toEqual(['-/L']);
});

test('what is duplicated on its way to us is told when it arrives, once', () => {
  const { told, pairing, arrived } = listen();
  pairing.fate(fateOf(arrival(3), 'in', 'duplicated', 'D'));
  pairing.moment(arrived(0));
  pairing.moment(arrived(3));
  pairing.moment(arrived(3));
  expect(told).toEqual(['1/-', '2/D', '3/-']);
});

test('what never arrives is told at the end', () => {
  const { told, pairing } = listen();
  pairing.fate(fateOf(arrival(3), 'in', 'delayed', 'D'));
  pairing.flush();
  expect(told).toEqual([]);
  pairing.finish();
  expect(told).toEqual(['-/D']);
});
