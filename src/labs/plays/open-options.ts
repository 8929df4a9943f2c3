/** What SYN and SYN,ACK agree upon: each option holds only if one asks and the other answers (RFC 9293 §3.2, §3.7.1; RFC 7323; RFC 2018). */
import { SegmentReader, type TcpView } from '../../observe/segment-view.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { withoutMss } from '../stage/forge.js';
import { accepted } from '../stage/opening.js';
import { atPort, type Seen, segment, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const SETTINGS = ['net.ipv4.tcp_window_scaling', 'net.ipv4.tcp_sack', 'net.ipv4.tcp_timestamps'] as const;
const LENGTH = 6_000;
/** RFC 9293 §3.7.1: what is sent to a peer who does not say his MSS. */
const DEFAULT_MSS = 536;

/** What one connection has shown. */
interface Shown {
  /** "MSS,WS,SACK,TS" */
  readonly asked: string;
  readonly answered: string;
  readonly inForce: string;
  /** Octets of text in the longest segment. */
  readonly longest: number;
  /** The window field of the client's last segment, as it is on the wire. */
  readonly field: number;
  /** The server's. */
  readonly back: number;
}

const listed = (options: Readonly<Record<string, boolean>>): string => Object.keys(options).filter((name) => options[name]).join(',') || '-';
const optionsOf = ({ mss, windowScale, sackPermitted, timestamps }: TcpView): string =>
  listed({ MSS: mss !== undefined, WS: windowScale !== undefined, SACK: sackPermitted, TS: timestamps !== undefined });

/** As it arrived: without its MSS where the lab takes that out on the way. */
function arrived({ octets, view, fate }: Seen): TcpView {
  const read = fate === 'corrupted' ? new SegmentReader().read(withoutMss(octets.slice())) : view;
  return read?.protocol === 'TCP' ? read : view;
}

/** Opens a connection to that port, sends text whose first segment is lost, and looks at what was done. */
async function show(stage: Stage, port: number): Promise<Shown> {
  const [listener, client] = [stage.server.listen(port), stage.client.connect(port)];
  const server = await accepted(stage, listener);
  stage.accident({ from: 'client', match: (s) => s.dstPort === port && s.dataLength > 0, action: 'drop', label: 'lost' });
  client.send('x'.repeat(LENGTH));
  let read = 0;
  await stage.until(() => (read += server?.receive().length ?? 0) >= LENGTH);
  const [syn, synAck] = ['SYN', 'SYN,ACK'].map((flags) => stage.seen.filter(atPort(port, (seen) => seen.flags === flags))[0]);
  const texts = stage.seen.filter(atPort(port, withText('client'))).map(({ view }) => view);
  const field = texts[texts.length - 1].absolute.window;
  const back = stage.seen.filter(atPort(port, segment('server', 'ACK'))).at(-1)?.view.absolute.window ?? NaN;
  const longest = Math.max(...texts.map(({ length }) => length));
  const sacked = stage.seen.filter(atPort(port, segment('server', 'ACK'))).some(({ view }) => view.sack.length > 0);
  const inForce = listed({ MSS: longest > DEFAULT_MSS, WS: field < LENGTH && back < LENGTH, SACK: sacked, TS: texts.every(({ timestamps }) => timestamps !== undefined) });
  client.close();
  server?.close();
  return { asked: optionsOf(syn.view), answered: optionsOf(arrived(synAck)), inForce, longest, field, back };
}

export const openOptions: Lab = {
  id: 'open-options',
  section: 'A',
  entries: [16],
  glass: 'client',
  musts: ['all', 'first-rtt', 'no-scale', 'no-sack', 'no-stamps', 'no-mss', 'unasked'],
  lasts: 4,
  citations: ['RFC 9293 §3.2', 'RFC 9293 §3.7.1 (MUST-15)', 'RFC 7323 §2.2, §3.2', 'RFC 2018 §2', 'RFC 6298 §2'],
  play: async (stage) => {
    const { client, server } = stage;
    const rows: (readonly [string, Shown])[] = [];
    const run = async (key: string, port: number): Promise<Shown> => {
      stage.say(key);
      const shown = await show(stage, port);
      rows.push([key, shown]);
      return shown;
    };
    /** All three columns, or some of them, are this. */
    const must = (key: string, { asked, answered, inForce, longest, field, back }: Shown, expected: readonly string[], more: boolean): void =>
      stage.must(key, [asked, answered, inForce].join(' ') === expected.join(' ') && more, `asked ${asked}, answered ${answered}, in force ${inForce}, ${longest} octets, window ${field}`, { longest, field, back });
    const EVERYTHING = 'MSS,WS,SACK,TS';

    const all = await run('with-all', 80);
    must('all', all, [EVERYTHING, EVERYTHING, EVERYTHING], all.longest === 1448);
    const [first] = stage.moments.flatMap(({ at, decisions }) => decisions.filter(({ rule }) => rule.name === 'rtt-sample').map(({ numbers }) => ({ at, rtt: numbers[0] })));
    const begun = stage.seen.find(withText('client'))?.at ?? 0;
    stage.must('first-rtt', first !== undefined && first.at <= begun && first.rtt >= 20_000, 'no round trip was measured before there was text', { rtt: Math.round((first?.rtt ?? 0) / 1000) });

    for (const [i, [key, expected]] of ([['no-scale', 'MSS,SACK,TS'], ['no-sack', 'MSS,WS,TS'], ['no-stamps', 'MSS,WS,SACK']] as const).entries()) {
      server.sysctl(SETTINGS[i], 0);
      const shown = await run(`server-${key}`, 81 + i);
      must(key, shown, [EVERYTHING, expected, expected], (key !== 'no-scale' || Math.min(shown.field, shown.back) > LENGTH) && shown.longest === (key === 'no-stamps' ? 1460 : 1448));
      server.sysctl(SETTINGS[i], 1);
    }
    stage.accident({ from: 'server', match: (s) => s.has(SYN) && s.has(ACK) && s.srcPort === 84, times: Infinity, action: { corrupt: withoutMss }, label: 'stripped' });
    const mute = await run('server-no-mss', 84);
    must('no-mss', mute, [EVERYTHING, 'WS,SACK,TS', 'WS,SACK,TS'], mute.longest === DEFAULT_MSS - 12);
    for (const name of SETTINGS) client.sysctl(name, 0);
    const bare = await run('client-bare', 85);
    must('unasked', bare, ['MSS', 'MSS', 'MSS'], bare.longest === 1460);
    stage.show({ kind: 'table', key: 'options', columns: ['case', 'asked', 'answered', 'inForce', 'longest', 'field'], rows: rows.map(([key, s]) => [key, s.asked, s.answered, s.inForce, s.longest, s.field]) });
  },
};
