/** SYNs that are lost: after one second again, then after twice the time, until the limit (RFC 6298 §2, §5; RFC 9293 §3.8.3). */
import { SECOND } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { inSeconds } from '../stage/in-words.js';
import { atPort, segment } from '../stage/seen.js';

const ONCE = 80;
const NEVER = 81;

export const lostSyn: Lab = {
  id: 'lost-syn',
  section: 'B',
  entries: [21],
  glass: 'client',
  setUp: { glass: { 'glasstcp.synRetries': 2 } },
  musts: ['one-second', 'opened', 'doubled', 'timed-out', 'server-knows-nothing'],
  lasts: 8,
  citations: ['RFC 6298 §2.1, §5.5, §5.7', 'RFC 9293 §3.8.3 (MUST-23)'],
  play: async (stage) => {
    const { client, server } = stage;
    server.listen(ONCE);
    server.listen(NEVER);
    stage.accident({ from: 'client', match: (s) => s.has(SYN) && s.dstPort === ONCE, action: 'drop', label: 'lost-once' });
    stage.accident({ from: 'client', match: (s) => s.has(SYN) && s.dstPort === NEVER, times: Infinity, action: 'drop', label: 'lost-always' });
    stage.say('begin');
    const begun = stage.now();
    const lucky = client.connect(ONCE);
    const unlucky = client.connect(NEVER);

    await stage.until(() => stage.state('client', lucky.port, ONCE) === 'ESTABLISHED');
    const [first, second] = stage.seen.filter(atPort(ONCE, segment('client', 'SYN')));
    const wait = (second?.at ?? NaN) - first.at;
    stage.must('one-second', wait >= 0.7 * SECOND && wait < 2.5 * SECOND, `the second SYN came after ${inSeconds(wait)} s`, { wait: inSeconds(wait) });
    stage.must('opened', stage.state('client', lucky.port, ONCE) === 'ESTABLISHED', 'the connection to port 80 is not open');

    const syns = (): number[] => stage.seen.filter(atPort(NEVER, segment('client', 'SYN', { fate: 'lost' }))).map(({ at }) => at - begun);
    stage.say('limit');
    const failed = await stage.until(() => stage.state('client', unlucky.port, NEVER) === 'CLOSED', 20 * SECOND);
    const ended = stage.now() - begun;
    const times = syns();
    const told = times.map(inSeconds).join(', ');
    stage.must('doubled', times.length === 3 && times[2] - times[1] >= 1.5 * SECOND && times[1] - times[0] >= 0.7 * SECOND, `SYNs at ${told} s`, { times: told });
    const error = unlucky.takeFailure();
    stage.must('timed-out', failed && error === 'ETIMEDOUT' && ended - times[2] >= 3 * SECOND, `${error || 'no error'} after ${inSeconds(ended)} s`, { after: inSeconds(ended) });
    stage.must('server-knows-nothing', stage.path('server', NEVER, unlucky.port).length === 0, 'the server has an entry for it');
  },
};
