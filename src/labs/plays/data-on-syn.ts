/** A SYN with text, without Fast Open: legal, and the receiver may keep the text or leave it to be sent again (RFC 9293 §3.5, §3.10.7.3). */
import { MILLISECOND } from '../../util/units.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
const [FROM, FIRST] = [40_000, 1_000];
const TEXT = 'hello';
const MOMENT = 100 * MILLISECOND;

/** A client played by hand, at an address where nobody is: its SYN with text, and what follows it. */
async function openByHand(stage: Stage, to: Role, key: string): Promise<{ readonly ack: () => void; readonly again: () => void }> {
  const fields = { src: stage.host(to).address.replace(/\d+$/, '99'), srcPort: FROM, dstPort: PORT };
  stage.inject(to, { ...fields, seq: FIRST, flags: SYN, text: TEXT });
  const answer = await stage.see(key, segment(to, 'SYN,ACK', { seq: 0, ack: 1 }));
  await stage.pause(MOMENT); // it crosses the line
  const open = { ...fields, seq: FIRST + 1, ack: answer.view.absolute.seq + 1, flags: ACK };
  return { ack: () => stage.inject(to, { ...open, seq: FIRST + 1 + TEXT.length }), again: () => stage.inject(to, { ...open, text: TEXT }) };
}

export const dataOnSyn: Lab = {
  id: 'data-on-syn',
  section: 'C',
  entries: [29],
  glass: 'client',
  setUp: { glass: { 'glasstcp.synText': 'queue' } },
  musts: ['linux-syn-ack', 'ignored', 'again-acked', 'rfc-syn-ack', 'kept', 'delivered', 'kept-acked', 'no-reset'],
  lasts: 1,
  citations: ['RFC 9293 §3.5', 'RFC 9293 §3.10.7.2', 'RFC 9293 §3.10.7.3'],
  play: async (stage) => {
    const listeners = { server: stage.server.listen(PORT), client: stage.client.listen(PORT) };
    const state = (role: Role): string => stage.state(role, PORT, FROM);

    stage.say('linux');
    const first = await openByHand(stage, 'server', 'linux-syn-ack');
    stage.say('linux-ack');
    first.ack();
    await stage.until(() => state('server') === 'ESTABLISHED');
    await stage.pause(MOMENT);
    const atServer = listeners.server.accept();
    const early = atServer?.receive() ?? '';
    stage.must('ignored', atServer !== null && early === '', atServer === null ? `the server is in ${state('server')}` : `the server has read "${early}"`);
    stage.say('again');
    first.again();
    let late = '';
    await stage.until(() => (late += atServer?.receive() ?? '') === TEXT);
    stage.must('again-acked', late === TEXT && stage.seen.some(segment('server', 'ACK', { ack: 1 + TEXT.length })), `the server has read "${late}"`);

    stage.say('rfc');
    const second = await openByHand(stage, 'client', 'rfc-syn-ack');
    stage.must('kept', stage.decided('text-on-syn') && state('client') === 'SYN-RECEIVED' && listeners.client.accept() === null, `that host is in ${state('client')}`);
    stage.say('rfc-ack');
    second.ack();
    let read = '';
    await stage.wait('delivered', () => (read += listeners.client.accept()?.receive() ?? '') === TEXT);
    await stage.see('kept-acked', segment('client', 'ACK', { ack: 1 + TEXT.length }));
    const resets = stage.seen.filter(({ flags }) => flags.includes('RST')).length;
    stage.must('no-reset', resets === 0, `${resets} RST`);
  },
};
