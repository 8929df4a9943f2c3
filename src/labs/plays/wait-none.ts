/** No TIME-WAIT at all: the FIN that comes again meets a host that has forgotten, and its sender is reset in LAST-ACK (RFC 9293 §3.10.7.1). */
import type { Lab } from '../lab.js';
import { loseLastAck } from '../stage/last-ack.js';
import { establish } from '../stage/pair.js';
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
    const talk = await establish(stage, PORT);
    stage.say('begin');
    talk.client.send(TEXT);
    let heard = '';
    await stage.wait('delivered', () => (heard += talk.server.receive()) === TEXT);
    loseLastAck(stage, PORT, 'last-ack-lost');
    await talk.closeFirst('client');
    const last = await stage.see('lost', segment('client', 'ACK', { fate: 'lost' }));
    await stage.wait('forgotten', () => talk.state('client') === 'CLOSED');
    const again = await stage.see('fin-again', (s) => segment('server', 'FIN,ACK')(s) && s.at > last.at);
    const rst = await stage.see('rst', segment('client', 'RST', { seq: again.view.ack }));
    await stage.until(() => talk.state('server') === 'CLOSED');
    const path = talk.path('server');
    const acked = stage.seen.some((s) => segment('client', 'ACK', { ack: last.view.ack })(s) && s.fate === undefined);
    stage.must('reset', path.endsWith('LAST-ACK CLOSED') && !acked && stage.now() > rst.at, `the server went through ${path}`);
  },
};
