/**
 * A million bad packets into a stack with connections in every state: nothing throws, nothing leaks, honest connections
 * deliver every octet, and the counters say what was rejected for what. More: npm run soak -- fuzz --packets 10000000
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Storm } from './fuzz/storm.js';
import { STATES } from './fuzz/puppets.js';
import { Reject, rejectName } from '../../src/wire/reject.js';

const PACKETS = 1_000_000;
const SEED = Number(process.env.GLASSTCP_SEED ?? 20_260);

describe('a storm of bad packets', () => {
  it(`${PACKETS.toLocaleString('en')} of them, seed ${SEED}`, () => {
    process.stdout.write(`fuzz: seed ${SEED}; to play it again: npm run soak -- fuzz --packets ${PACKETS} --seed ${SEED}\n`);
    const storm = new Storm(SEED);
    const started = performance.now();
    storm.blow(PACKETS);
    storm.calm();
    mkdirSync('test-output', { recursive: true });
    writeFileSync('test-output/fuzz-rejects.txt', `${storm.table()}\n${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    expect(storm.problems).toEqual([]);

    // The storm must go on reaching deep: nearly every reason (some are rare), and every state most of the time.
    const rejected = storm.victim.stack.rejects.toRecord();
    const reasons = rejectName.filter((_, reason) => reason !== Reject.None);
    expect(reasons.filter((name) => rejected[name] === undefined).length).toBeLessThanOrEqual(2);
    expect(STATES.filter((state) => storm.inState(state) < 0.5)).toEqual([]);
    const rules = storm.victim.rules.byName();
    const deep = ['challenge-reset', 'challenge-syn', 'ack-unsent', 'ack-too-old', 'paws-rejects', 'text-after-fin', 'syn-cookie-sent', 'syn-cookie-bad', 'ack-suppressed', 'trimmed-tail'];
    expect(deep.filter((name) => (rules[name] ?? 0) < 10)).toEqual([]);
  }, 180_000);
});
