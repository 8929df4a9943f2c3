/** ACK and SYN apart instead of SYN,ACK: the ACK is dropped, the SYN is a simultaneous open, and five segments are needed (RFC 9293 §3.5, §3.10.7.3). */
import { MILLISECOND } from '../../util/units.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { pathText } from '../stage/opening.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const THEIR_FIRST = 7_000;
const MOMENT = 100 * MILLISECOND;

export const openSplit: Lab = {
  id: 'open-split',
  section: 'A',
  entries: [6, 8, 15],
  glass: 'server',
  musts: ['syn', 'ack-ignored', 'syn-ack', 'not-yet', 'fifth', 'path'],
  lasts: 1,
  citations: ['RFC 9293 §3.10.7.3', 'RFC 9293 §3.5, Figure 7'],
  play: async (stage) => {
    const { client } = stage;
    stage.accident({ from: 'client', match: () => true, times: Infinity, action: 'drop', label: 'taken' });
    stage.say('begin');
    const socket = client.connect(PORT);
    const syn = await stage.see('syn', segment('client', 'SYN', { seq: 0 }));
    const next = syn.view.absolute.seq + 1;
    const state = (): string => stage.state('client', socket.port, PORT);
    const inject = (flags: number, seq: number, ack = 0): void => stage.inject('client', { srcPort: PORT, dstPort: socket.port, seq, ack, flags });

    stage.say('ack');
    inject(ACK, THEIR_FIRST, next);
    await stage.pause(MOMENT);
    stage.must('ack-ignored', state() === 'SYN-SENT' && stage.seen.every(({ flags, fate }) => flags === 'SYN' || fate === 'injected'), `the client is in ${state()}`);

    stage.say('syn');
    inject(SYN, THEIR_FIRST);
    await stage.see('syn-ack', (seen) => segment('client', 'SYN,ACK')(seen) && seen.view.absolute.seq === syn.view.absolute.seq && seen.view.absolute.ack === THEIR_FIRST + 1);
    stage.must('not-yet', state() === 'SYN-RECEIVED', `the client is in ${state()}`);

    stage.say('last');
    inject(ACK, THEIR_FIRST + 1, next);
    await stage.wait('fifth', () => state() === 'ESTABLISHED');
    const path = pathText(stage, 'client', socket.port, PORT);
    stage.must('path', path === 'SYN-SENT SYN-RECEIVED ESTABLISHED', `the client went through ${path}`);
  },
};
