/** What is left of an old connection comes to TIME-WAIT: it is answered, not dropped (RFC 9293 §3.10.7.4, first). */
import { MILLISECOND } from '../../util/units.js';
import { ACK, FIN, PSH, RST } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { readText } from '../stage/text-flow.js';

const PORT = 80;
const TEXT = 'hello';

export const waitResidueAnswered: Lab = {
  id: 'wait-residue-answered',
  section: 'G',
  entries: [68],
  glass: 'client',
  // The server has forgotten the connection and answers our ACKs with RST, which would end TIME-WAIT before we are done.
  setUp: { glass: { ...TIME_WAIT_STAYS, 'glasstcp.invalidRatelimit': 0 } },
  musts: ['waits', 'text-acked', 'fin-acked', 'restart', 'beyond-acked', 'rst-silent', 'stays'],
  citations: ['RFC 9293 §3.10.7.4 (first: check sequence number)', 'RFC 9293 §3.10.7.4 (TIME-WAIT)', 'RFC 1337'],
  play: async (stage) => {
    const talk = await establish(stage, PORT);
    talk.server.send(TEXT);
    await readText(stage, talk.client, TEXT.length);
    await talk.closeFirst('client');
    await stage.wait('waits', () => talk.state('client') === 'TIME-WAIT' && talk.state('server') === 'CLOSED');
    const fin = stage.seen.find(segment('server', 'FIN,ACK'));
    const [end, ack] = [fin?.view.absolute.seq ?? NaN, fin?.view.absolute.ack ?? NaN];
    const old = { srcPort: PORT, dstPort: talk.port, ack };
    /** How many segments the client sends when this one comes. */
    const answers = async (key: string, fields: Parameters<typeof stage.inject>[1]): Promise<string> => {
      const { length } = stage.seen;
      stage.say(key);
      stage.inject('client', fields);
      await stage.pause(60 * MILLISECOND);
      return stage.seen.slice(length).filter((s) => s.from === 'client').map((s) => `${s.flags} ack ${s.view.ack}`).join(', ');
    };
    const expected = `ACK ack ${TEXT.length + 2}`;
    const answered = async (must: string, key: string, fields: Parameters<typeof stage.inject>[1]): Promise<void> => {
      const answer = await answers(key, fields);
      stage.must(must, answer === expected, answer === '' ? 'no answer' : answer, { ack: TEXT.length + 2 });
    };
    const restarts = (): number => decisionsBy(stage, 'time-wait-restart').length;
    const before = restarts();
    await answered('text-acked', 'text', { ...old, seq: end - TEXT.length, flags: ACK | PSH, text: TEXT });
    const between = restarts();
    await answered('fin-acked', 'fin', { ...old, seq: end, flags: FIN | ACK });
    stage.must('restart', between === before && restarts() > between, `text began the wait anew ${between - before} times, the FIN ${restarts() - between} times`);
    await answered('beyond-acked', 'beyond', { ...old, seq: end + 10_000_000, flags: ACK });
    const silence = await answers('rst', { ...old, seq: end - 1, flags: RST });
    stage.must('rst-silent', silence === '' && stage.decided('unacceptable-reset'), silence);
    stage.must('stays', talk.state('client') === 'TIME-WAIT', talk.state('client'));
  },
};
