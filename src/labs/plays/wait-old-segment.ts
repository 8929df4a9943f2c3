/** An old segment comes into a new connection of the same four numbers (RFC 9293 §3.4.3, §3.6.1; RFC 7323 §5.1: PAWS). */
import { SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { renumber } from '../stage/forge.js';
import { pairUp } from '../stage/pair.js';
import { type Seen, segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';
import { readText } from '../stage/text-flow.js';

const [PORT, FROM] = [80, 40_000];
const [OLD, NEW] = ['OLD9999', 'new1'];

/** What the server reads of a new connection into which the old segment comes, and whether the server answers that segment. */
async function oldIntoNew(stage: Stage, key: string): Promise<{ readonly read: string; readonly answers: string }> {
  const listener = stage.server.listen(PORT);
  const start = stage.seen.length;
  stage.say(`${key}-first`);
  const first = await pairUp(stage, listener, PORT, FROM);
  first.client.send(OLD);
  await readText(stage, first.server, OLD.length);
  const kept = stage.seen.slice(start).find((s) => s.from === 'client' && s.view.length === OLD.length) as Seen;
  await first.closeFirst('client');
  await stage.until(() => stage.state('client', FROM, PORT) === 'CLOSED' && stage.state('server', PORT, FROM) === 'CLOSED');
  const second = await pairUp(stage, listener, PORT, FROM);
  second.client.send(NEW);
  let read = await readText(stage, second.server, NEW.length);
  await stage.until(() => stage.seen.slice(start).some(segment('server', 'ACK', { ack: 1 + NEW.length })));
  const next = stage.seen.findLast((s) => s.from === 'client') as Seen;
  stage.say(`${key}-second`, { text: OLD });
  const { length } = stage.seen;
  const { seq, ack } = next.view.absolute;
  stage.replay('server', renumber(kept.octets, seq + next.view.length, ack));
  await stage.until(() => stage.seen.slice(length).some((s) => s.from === 'server'), 1 * SECOND);
  read += second.server.receive();
  const answers = stage.seen.slice(length).filter((s) => s.from === 'server').map((s) => `${s.flags} ack ${s.view.ack}`).join(', ');
  second.client.lingerZero();
  second.client.close();
  listener.close();
  await stage.until(() => stage.state('server', PORT, FROM) === 'CLOSED');
  return { read, answers };
}

export const waitOldSegment: Lab = {
  id: 'wait-old-segment',
  section: 'G',
  entries: [67, 77],
  glass: 'client',
  setUp: { glass: { 'glasstcp.msl': 0, ...TIME_WAIT_STAYS } },
  musts: ['corrupted', 'acked', 'paws', 'paws-answer', 'no-successor', 'old-rst'],
  lasts: 3,
  citations: ['RFC 9293 §3.4.3', 'RFC 9293 §3.6.1', 'RFC 7323 §5.1, §5.3', 'RFC 1337'],
  play: async (stage) => {
    stage.client.sysctl('net.ipv4.tcp_timestamps', 0);
    const bare = await oldIntoNew(stage, 'bare');
    stage.must('corrupted', bare.read === NEW + OLD, `the server read "${bare.read}"`, { sent: NEW, read: bare.read, old: OLD });
    stage.must('acked', bare.answers.includes(`ack ${1 + NEW.length + OLD.length}`), bare.answers, { ack: 1 + NEW.length + OLD.length });
    stage.client.sysctl('net.ipv4.tcp_timestamps', 1);
    const stamped = await oldIntoNew(stage, 'paws');
    stage.must('paws', stamped.read === NEW, `the server read "${stamped.read}"`, { read: stamped.read });
    stage.must('paws-answer', stamped.answers === `ACK ack ${1 + NEW.length}`, stamped.answers, { ack: 1 + NEW.length });
    stage.client.sysctl('glasstcp.msl', 30 * SECOND);
    stage.say('wait');
    const listener = stage.server.listen(PORT);
    await (await pairUp(stage, listener, PORT, FROM)).closeFirst('client');
    await stage.until(() => stage.state('server', PORT, FROM) === 'CLOSED' && stage.state('client', FROM, PORT) === 'TIME-WAIT');
    const again = stage.client.socket().reuseAddress().bind(FROM);
    const { error } = again.connect(stage.server.address, PORT);
    stage.must('no-successor', again.port === FROM && error === 'EADDRNOTAVAIL', `connect() from port ${again.port} said ${error}`, { error });
    const { length } = stage.seen;
    const old = stage.seen.findLast((s) => s.from === 'client' && s.view.length === OLD.length) ?? stage.seen[0];
    stage.replay('server', old.octets);
    await stage.wait('old-rst', () => stage.seen.slice(length).some((s) => s.from === 'server' && s.flags === 'RST'));
  },
};
