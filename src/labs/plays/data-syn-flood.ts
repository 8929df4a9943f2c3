/** A flood of SYNs with text: what a host keeps of it before anybody has shown to be there (RFC 9293 §3.5, RFC 7413 §5.1, RFC 4987). */
import { Linux } from '../../bsd/constants.js';
import type { Lab } from '../lab.js';
import { type Flood, flood, textKept } from '../stage/flood.js';
import { cookieOctets } from '../stage/options.js';

const [SYNS, OCTETS] = [4, 1_000];
/** Connections that Fast Open without a cookie may take at a time. */
const LIMIT = 2;
const KIND_FAST_OPEN = 34;
/** A cookie that its sender has made up. */
const MADE_UP = Uint8Array.of(KIND_FAST_OPEN, 10, 1, 2, 3, 4, 5, 6, 7, 8, 1, 1);

export const dataSynFlood: Lab = {
  id: 'data-syn-flood',
  section: 'C',
  entries: [30, 29],
  glass: 'client',
  setUp: { glass: { 'glasstcp.synText': 'queue' }, sysctls: { server: { 'net.ipv4.tcp_fastopen': 2 } } },
  musts: ['waiting', 'plain', 'rfc', 'made-up', 'cookie', 'limit', 'bare'],
  lasts: 1,
  citations: ['RFC 9293 §3.5', 'RFC 7413 §2.2, §5.1', 'RFC 4987 §2'],
  play: async (stage) => {
    const rows: (readonly [string, number, number, number])[] = [];
    const all = (to: Flood['to'], port: number, options?: Uint8Array): Flood => ({ to, port, listener: stage.host(to).listen(port), syns: SYNS, octets: OCTETS, ...(options === undefined ? {} : { options }) });
    const note = (key: string, kept: number, least: number, most: number): void => {
      rows.push([key, SYNS * OCTETS, kept, kept / SYNS]);
      stage.must(key, kept >= least && kept <= most, `${kept} octets of ${SYNS * OCTETS} were kept`, { sent: SYNS * OCTETS, kept });
    };

    stage.say('plain', { syns: SYNS, octets: OCTETS });
    const plain = all('server', 80);
    const answers = await flood(stage, plain);
    const waiting = stage.world.look('server').filter(({ state, localPort }) => state === 'SYN-RECEIVED' && localPort === 80).length;
    stage.must('waiting', waiting === SYNS && answers.every(({ view }) => view.ack === 1), `${waiting} handshakes under way`, { waiting });
    note('plain', await textKept(stage, plain, answers), 0, 0);

    stage.say('rfc');
    const rfc = all('client', 80);
    note('rfc', await textKept(stage, rfc, await flood(stage, rfc)), SYNS * OCTETS, SYNS * OCTETS);

    stage.say('cookie');
    const cookie = all('server', 81, MADE_UP);
    cookie.listener.option(Linux.SOL_TCP, Linux.TCP_FASTOPEN, LIMIT);
    const given = await flood(stage, cookie);
    stage.must('made-up', given.length === SYNS && given.every((seen) => seen.view.ack === 1 && cookieOctets(seen) > 0), `${given.length} answers`);
    note('cookie', await textKept(stage, cookie, given), 0, 0);

    stage.say('bare', { limit: LIMIT });
    const bare = all('server', 82);
    bare.listener.option(Linux.SOL_TCP, Linux.TCP_FASTOPEN, LIMIT);
    bare.listener.option(Linux.SOL_TCP, Linux.TCP_FASTOPEN_NO_COOKIE, 1);
    const early = await flood(stage, bare);
    const taken = early.filter(({ view }) => view.ack === 1 + OCTETS).length;
    stage.must('limit', taken === LIMIT, `the text of ${taken} SYNs was acknowledged`, { taken, syns: SYNS });
    note('bare', await textKept(stage, bare, early), LIMIT * OCTETS, LIMIT * OCTETS);
    stage.show({ kind: 'table', key: 'kept', columns: ['listener', 'sent', 'kept', 'each'], rows });
  },
};
