/** CLOSE-WAITs have taken all descriptors: accept() says EMFILE, and TCP goes on as if nothing were (accept(2), RFC 9293 §3.3.2). */
import { atFileLimit } from '../ends/file-limit.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { type Pair, pairUp } from '../stage/pair.js';
import { withText } from '../stage/seen.js';
import { countDescriptors, countState } from '../stage/socket-counts.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
const COUNT = 6;
const TEXT = 'is anybody there?';

/** What socket() says: '' when it gives a descriptor, which is closed again. */
function socketError(stage: Stage): string {
  try {
    stage.server.socket().close();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/.*: /, '') : String(error);
  }
}

export const closeWaitEmfile: Lab = {
  id: 'close-wait-emfile',
  section: 'G',
  entries: [63, 64],
  glass: 'client',
  musts: ['pile', 'emfile', 'unaware', 'acked', 'again', 'mended'],
  lasts: 2,
  citations: ['accept(2), EMFILE', 'getrlimit(2), RLIMIT_NOFILE', 'RFC 9293 §3.3.2 (CLOSE-WAIT)', 'RFC 9293 §3.6'],
  play: async (stage) => {
    const { end } = stage.server;
    const listener = stage.server.listen(PORT);
    const before = countDescriptors(end);
    const rows: Cell[][] = [];
    const note = (when: string, error: string): void => void rows.push([when, countState(stage, 'server', 'CLOSE-WAIT'), countDescriptors(end) - before, error || '-']);
    const talks: Pair[] = [];
    talks.push(await pairUp(stage, listener, PORT));
    await stage.offStage(async () => {
      for (let i = 1; i < COUNT; i++) talks.push(await pairUp(stage, listener, PORT));
    });
    stage.say('close', { count: COUNT });
    const [first, ...others] = talks;
    first.client.close();
    await stage.until(() => stage.state('server', PORT, first.port) === 'CLOSE-WAIT');
    await stage.offStage(async () => {
      for (const { client } of others) client.close();
      await stage.until(() => countState(stage, 'server', 'CLOSE-WAIT') === COUNT && countState(stage, 'client', 'FIN-WAIT-1') === 0);
    });
    await stage.wait('pile', () => countState(stage, 'server', 'CLOSE-WAIT') === COUNT && countDescriptors(end) - before === COUNT, undefined, { count: COUNT });
    note('piled', '');

    stage.say('next');
    const late = stage.client.connect(PORT);
    const open = (): boolean => stage.state('client', late.port, PORT) === 'ESTABLISHED' && stage.state('server', PORT, late.port) === 'ESTABLISHED';
    await stage.until(open);
    const [accepted, error, other] = atFileLimit(end, (): [LabSocket | null, string, string] => [listener.accept(), listener.error, socketError(stage)]);
    stage.must('emfile', accepted === null && error === 'EMFILE' && other === 'EMFILE', `accept() says ${error || 'nothing'}, socket() ${other || 'nothing'}`);
    note('at-limit', error);
    stage.must('unaware', open(), `the new connection is ${stage.state('server', PORT, late.port)} at the server`);
    late.send(TEXT);
    await stage.until(() => stage.seen.some(withText('client')));
    await stage.wait('acked', () => stage.seen.some(({ from, view }) => from === 'server' && view.ack === 1 + TEXT.length), undefined, { text: TEXT });

    stage.say('mend');
    const [refusal, child] = atFileLimit(end, (): [string, LabSocket | null] => {
      listener.accept();
      const { error: still } = listener;
      talks[0].server.close();
      return [still, listener.accept()];
    });
    stage.must('again', refusal === 'EMFILE', `accept() says ${refusal || 'nothing'}`);
    const read = child?.receive() ?? '';
    stage.must('mended', read === TEXT, child === null ? 'accept() still gives nothing' : `it read "${read}"`, { text: read });
    await stage.until(() => countState(stage, 'server', 'CLOSE-WAIT') === COUNT - 1);
    note('mended', '');
    stage.show({ kind: 'table', key: 'limit', columns: ['when', 'CLOSE-WAIT', 'held', 'error'], rows });
  },
};
