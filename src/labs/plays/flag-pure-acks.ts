/** An ACK without text takes no number, nor does a RST: any number of ACKs stand at the place where the next text begins (RFC 9293 §3.4). */
import { MILLISECOND } from '../../util/units.js';
import { RST } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

const LINES = ['one', 'two', 'three'];
const TEXT = 'mine';
const PORT = 80;
/** So far beyond the expected number, and still in the window. */
const AHEAD = 100;
const CROSSING = 15 * MILLISECOND;
const TOTAL = LINES.join('').length;

export const flagPureAcks: Lab = {
  id: 'flag-pure-acks',
  section: 'D',
  entries: [32, 41],
  glass: 'client',
  musts: ['acks', 'no-answer', 'same-place', 'counted', 'rst', 'all-carry'],
  lasts: 1,
  citations: ['RFC 9293 §3.4', 'RFC 9293 §3.1 (control bits)', 'RFC 9293 §3.10.7.4, second and fifth'],
  play: async (stage) => {
    const { client, server, port } = await establish(stage, PORT);
    stage.say('begin');
    let sum = 1;
    for (const line of LINES) {
      server.send(line);
      sum += line.length;
      await stage.until(() => stage.seen.some(segment('client', 'ACK', { ack: sum })));
    }
    const acks = stage.seen.filter((seen) => segment('client', 'ACK', { length: 0 })(seen) && (seen.view.ack ?? 0) > 1);
    const numbers = acks.map(({ view }) => view.seq);
    stage.must('acks', acks.length === LINES.length && numbers.every((seq) => seq === 1), `the numbers of the ACKs were ${numbers.join(', ')}`, { acks: acks.length });
    const answers = stage.seen.filter(segment('server', 'ACK', { length: 0 }));
    stage.must('no-answer', answers.length === 0, `${answers.length} ACKs of ACKs`);

    stage.say('text');
    client.send(TEXT);
    const mine = await stage.see('same-place', segment('client', 'ACK', { seq: 1, ack: 1 + TOTAL, length: TEXT.length }));
    await stage.see('counted', segment('server', 'ACK', { seq: 1 + TOTAL, ack: 1 + TEXT.length }));

    await stage.pause(CROSSING);
    stage.say('rst');
    const next = mine.view.absolute.seq + TEXT.length;
    stage.inject('server', { srcPort: port, dstPort: PORT, seq: (next + AHEAD) >>> 0, flags: RST, window: 500 });
    const answered = (): boolean => stage.seen.filter(segment('server', 'ACK', { ack: 1 + TEXT.length, length: 0 })).length >= 2;
    await stage.until(answered);
    await stage.pause(CROSSING);
    client.send(TEXT);
    await stage.wait('rst', () => answered() && stage.seen.some(segment('server', 'ACK', { ack: 1 + 2 * TEXT.length })));
    const [syn, ...rest] = stage.seen.filter(({ fate }) => fate !== 'injected');
    const bare = rest.filter(({ flags }) => !flags.includes('ACK'));
    stage.must('all-carry', syn.flags === 'SYN' && bare.length === 0 && rest.some(({ view }) => view.length > 0), `${bare.length} segments without ACK`, { segments: rest.length });
  },
};
