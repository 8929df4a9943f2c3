/** RealClock: monotonic, in microseconds; alarms that move. Short waits on purpose. */
import { RealClock } from '../../../src/stack/clock.js';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

describe('RealClock', () => {
  const clock = new RealClock();

  test('now() is in µs, goes forward, and is the wall clock with its offset', () => {
    const before = clock.now();
    const wall = Date.now();
    expect(Math.abs((before + clock.epochOffset) / 1000 - wall)).toBeLessThan(1000);
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  });

  test('an alarm rings once, not before its deadline', async () => {
    const rung: number[] = [];
    const alarm = clock.alarm(() => void rung.push(clock.now()));
    const deadline = clock.now() + 20_000;
    alarm.set(deadline);
    await sleep(60);
    expect(rung).toHaveLength(1);
    expect(rung[0]).toBeGreaterThanOrEqual(deadline);
  });

  test('set again it moves, both ways; Infinity takes it away', async () => {
    let rung = 0;
    const alarm = clock.alarm(() => void rung++);
    alarm.set(clock.now() + 10_000);
    alarm.set(clock.now() + 60_000);
    await sleep(30);
    expect(rung).toBe(0);
    alarm.set(clock.now() + 1000);
    await sleep(15);
    expect(rung).toBe(1);
    alarm.set(clock.now() + 5000);
    alarm.set(Infinity);
    await sleep(20);
    expect(rung).toBe(1);
  });

  test('a deadline that has passed rings soon, but not inside set()', async () => {
    let rung = 0;
    const alarm = clock.alarm(() => void rung++);
    alarm.set(clock.now() - 5);
    expect(rung).toBe(0);
    await sleep(5);
    expect(rung).toBe(1);
  });

  test('a deadline beyond what setTimeout can hold does not ring at once', async () => {
    let rung = 0;
    const alarm = clock.alarm(() => void rung++);
    alarm.set(clock.now() + 2 ** 31 * 2000);
    await sleep(10);
    alarm.set(Infinity);
    expect(rung).toBe(0);
  });
});
