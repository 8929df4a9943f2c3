/** A FIN behind a closed window: the state changes when the FIN is queued, and the FIN goes out when the text before it may (RFC 9293 §3.10.4, §3.8.6.1). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';

const TEXT = new Uint8Array(32 * 1024).fill(0x2e);
const SMALL = 4096;

export const closeFinZeroWindow: Lab = {
  id: 'close-fin-zero-window',
  section: 'F',
  entries: [45, 60],
  glass: 'client',
  musts: ['full', 'queued', 'no-fin', 'probe', 'opens', 'fin', 'all', 'acked'],
  lasts: 2,
  citations: ['RFC 9293 §3.10.4', 'RFC 9293 §3.8.6.1', 'RFC 9293 §3.3.2, Figure 5'],
  play: async (stage) => {
    const pair = await establish(stage, 80, SMALL);
    const { client, server } = pair;
    stage.say('begin');
    const sent = client.send(TEXT);
    client.close();
    const closed = await stage.see('full', ({ from, view }) => from === 'server' && view.window === 0);
    const fin = () => stage.seen.find(({ from, flags }) => from === 'client' && flags.includes('FIN'));
    stage.must('queued', pair.state('client') === 'FIN-WAIT-1' && pair.state('server') === 'ESTABLISHED', `the client is ${pair.state('client')}, the server ${pair.state('server')}`);
    await stage.pause(100 * MILLISECOND);
    stage.must('no-fin', fin() === undefined, 'the FIN went out');
    await stage.wait('probe', () => stage.decided('window-probe') || stage.decided('window-probe-empty'));
    stage.say('reads');
    let got = 0;
    await stage.until(() => {
      got += server.receiveOctets().length;
      return server.ended;
    });
    stage.must('opens', stage.seen.some(({ from, at, view }) => from === 'server' && at > closed.at && view.window > 0), 'the window stayed closed');
    stage.must('fin', (fin()?.view.seq ?? 0) + (fin()?.view.length ?? 0) === 1 + sent, `the FIN has the number ${fin()?.view.seq ?? 'none'}`, { seq: 1 + sent });
    stage.must('all', got === sent, `${got} octets of ${sent}`, { got });
    await stage.wait('acked', () => pair.state('client') === 'FIN-WAIT-2');
  },
};
