/** One port, many connections: TCP tells them apart by four numbers (RFC 9293 §3.3.1). And a SYN to everybody is answered by nobody (MUST-57). */
import { MILLISECOND } from '../../util/units.js';
import { ACK, PSH, SYN } from '../../wire/segment.js';
import type { Role } from '../ends/end.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import type { Forged } from '../stage/forge.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { accepted } from '../stage/opening.js';
import { pairUp } from '../stage/pair.js';
import type { Stage } from '../stage/stage.js';

const [PORT, OTHER_PORT] = [80, 81];
const [FROM, OTHER_FROM] = [40_000, 40_001];
/** A third host on the same network, played by hand. */
const THIRD = '192.0.2.3';
const [EVERYBODY, ALL_HOSTS] = ['192.0.2.255', '224.0.0.1'];
const ISS = 5_000;
/** Each of its calls comes from another port. */
const SHOUTS = 50_000;

interface Talk {
  readonly client: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly server: LabSocket;
}

/** A connection from the third host to the server, with the same port as one of the client's. */
async function third(stage: Stage, listener: LabSocket, text: string): Promise<Talk> {
  const send = (fields: Pick<Forged, 'seq' | 'ack' | 'flags' | 'text'>): void =>
    stage.inject('server', { src: THIRD, srcPort: FROM, dstPort: PORT, ...fields });
  send({ seq: ISS, flags: SYN });
  const answer = (): number | undefined => stage.seen.find(({ view, flags }) => view.to === `${THIRD}:${FROM}` && flags === 'SYN,ACK')?.view.absolute.seq;
  await stage.until(() => answer() !== undefined);
  const next = ((answer() ?? NaN) + 1) >>> 0;
  send({ seq: ISS + 1, ack: next, flags: ACK });
  const server = await accepted(stage, listener);
  if (server === undefined) throw new Error('the third host was not accepted');
  send({ seq: ISS + 1, ack: next, flags: ACK | PSH, text });
  return { client: THIRD, from: FROM, to: PORT, text, server };
}

/** A SYN for everybody in the network comes to this host. @returns how many segments it sends because of it */
async function shout(stage: Stage, role: Role, to: string): Promise<number> {
  const { length } = stage.seen;
  const from = SHOUTS + length;
  stage.inject(role, { src: THIRD, dst: to, srcPort: from, dstPort: PORT, seq: ISS, flags: SYN });
  await stage.pause(60 * MILLISECOND);
  return stage.seen.slice(length).filter(({ view }) => view.to === `${THIRD}:${from}`).length;
}

const different = (values: readonly (string | number)[]): number => new Set(values).size;

export const netPorts: Lab = {
  id: 'net-ports',
  section: 'H',
  entries: [83, 86],
  glass: 'client',
  musts: ['open', 'one-port', 'two-ports', 'own-text', 'unicast', 'no-answer'],
  lasts: 1,
  citations: ['RFC 9293 §3.3.1', 'RFC 9293 §3.4.1', 'RFC 9293 §3.9.2.3 (MUST-57)'],
  play: async (stage) => {
    const [web, other] = [stage.server.listen(PORT), stage.server.listen(OTHER_PORT)];
    const talks: Talk[] = [];
    const talk = async (from: number, to: number, text: string): Promise<void> => {
      const { client, server } = await pairUp(stage, to === PORT ? web : other, to, from);
      client.send(text);
      talks.push({ client: stage.client.address, from, to, text, server });
    };
    stage.say('begin');
    await talk(FROM, PORT, 'ONE');
    await talk(OTHER_FROM, PORT, 'TWO');
    stage.say('third');
    talks.push(await third(stage, web, 'THREE'));
    stage.say('other');
    await talk(FROM, OTHER_PORT, 'FOUR');
    stage.must('open', different(talks.map(({ client, from, to }) => `${client} ${from} ${to}`)) === 4, 'two connections have the same four numbers', { count: talks.length });
    const ports = talks.map(({ server }) => server.port);
    stage.must('one-port', ports.slice(0, 3).every((port) => port === PORT) && different(talks.map(({ server }) => server.fd)) === 4, ports.join(', '));
    stage.must('two-ports', ports[3] === OTHER_PORT && talks[3].from === talks[0].from, ports.join(', '));
    const read = talks.map(() => '');
    await stage.until(() => {
      talks.forEach(({ server }, at) => (read[at] += server.receive()));
      return read.every((text) => text !== '');
    });
    stage.must('own-text', read.join() === talks.map(({ text }) => text).join(), read.join(', '));
    stage.show({ kind: 'table', key: 'tuples', columns: ['client', 'client-port', 'server', 'server-port', 'read'], rows: talks.map(({ client, from, to }, at): Cell[] => [client, from, stage.server.address, to, read[at]]) });

    stage.say('unicast');
    const plain = await shout(stage, 'server', stage.server.address);
    stage.must('unicast', plain > 0, 'no answer');
    const answers: number[] = [];
    for (const [key, to] of [['broadcast', EVERYBODY], ['multicast', ALL_HOSTS]] as const) {
      stage.say(key, { to });
      answers.push(await shout(stage, 'server', to), await shout(stage, 'client', to));
    }
    stage.must('no-answer', answers.every((count) => count === 0), `${answers.join(', ')} segments`);
  },
};
