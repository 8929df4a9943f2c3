/** No TIME-WAIT at all: the FIN that comes again meets a host that has forgotten, and its sender is reset in LAST-ACK (RFC 9293 §3.10.7.1). */
import { ACK, FIN, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { closeFirst, converse, pathOf } from '../stage/conversation.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const TEXT = 'goodbye';

export const waitNone: Lab = {
  id: 'wait-none',
  section: 'G',
  entries: [66],
  glass: 'client',
  setUp: { glass: { 'glasstcp.msl': 0 } },
  musts: ['delivered', 'lost', 'forgotten', 'fin-again', 'rst', 'reset'],
  lasts: 2,
  citations: ['RFC 9293 §3.10.7.1', 'RFC 9293 §3.10.7.4 (second: check the RST bit)', 'RFC 9293 §3.5.2'],
  play: async (stage) => {
    const talk = await converse(stage, stage.server.listen(PORT), PORT);
    stage.say('begin');
    talk.client.send(TEXT);
    let heard = '';
    await stage.wait('delivered', () => (heard += talk.server.receive()) === TEXT);
    let fin = false;
    stage.accident({
      from: 'client', action: 'drop', label: 'last-ack-lost',
      match: (seg) => (fin ||= stage.seen.some(segment('server', 'FIN,ACK'))) && (seg.flags & (SYN | FIN | ACK)) === ACK,
    });
    await closeFirst(stage, 'client', talk);
    const last = await stage.see('lost', segment('client', 'ACK', { fate: 'lost' }));
    await stage.wait('forgotten', () => stage.state('client', talk.port, PORT) === 'CLOSED');
    const again = await stage.see('fin-again', (s) => segment('server', 'FIN,ACK')(s) && s.at > last.at);
    const rst = await stage.see('rst', segment('client', 'RST', { seq: again.view.ack }));
    await stage.until(() => stage.state('server', PORT, talk.port) === 'CLOSED');
    const path = pathOf(stage, 'server', talk.port, PORT);
    const acked = stage.seen.some((s) => segment('client', 'ACK', { ack: last.view.ack })(s) && s.fate === undefined);
    stage.must('reset', path.endsWith('LAST-ACK CLOSED') && !acked && stage.now() > rst.at, `the server went through ${path}`);
  },
};
