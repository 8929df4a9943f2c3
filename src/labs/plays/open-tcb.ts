/** A connection is what two hosts remember: both TCBs side by side, at rest and with text in flight (RFC 9293 §3.3.1). */
import { ACK } from '../../wire/segment.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import { segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { tcbOf, type TcbView } from '../stage/tcb-of.js';

const PORT = 80;
const [QUESTION, ANSWER, MORE] = [3_000, 500, 1_000];

interface Both {
  readonly client: TcbView;
  readonly server: TcbView;
}

/** @throws Error when one of them is not there: musts have said that both are */
function both(stage: Stage, port: number): Both {
  const [client, server] = [tcbOf(stage, 'client', port, PORT), tcbOf(stage, 'server', PORT, port)];
  if (client === undefined || server === undefined) throw new Error('a connection without its TCB');
  return { client, server };
}

const ROWS: readonly (readonly [name: string, read: (tcb: TcbView) => number])[] = [
  ['iss', ({ iss }) => iss], ['irs', ({ irs }) => irs], ['snd-una', ({ sndUna }) => sndUna], ['snd-nxt', ({ sndNxt }) => sndNxt], ['snd-wnd', ({ sndWnd }) => sndWnd],
  ['rcv-nxt', ({ rcvNxt }) => rcvNxt], ['rcv-wnd', ({ rcvWnd }) => rcvWnd], ['mss', ({ sndMss }) => sndMss], ['unacked', ({ unacked }) => unacked], ['cwnd', ({ cwnd }) => cwnd],
  ['srtt', ({ srtt }) => Math.round(srtt / 100) / 10], ['rto', ({ rto }) => Math.round(rto / 1000)],
];

function show(stage: Stage, rest: Both, flight: Both): void {
  const tell = (value: number): Cell => (Number.isNaN(value) ? 'untold' : value);
  const rows = ROWS.map(([name, read]) => [name, ...[rest.client, rest.server, flight.client, flight.server].map((tcb) => tell(read(tcb)))]);
  stage.show({ kind: 'table', key: 'tcb', columns: ['variable', 'client', 'server', 'client-flight', 'server-flight'], rows });
}

export const openTcb: Lab = {
  id: 'open-tcb',
  section: 'A',
  entries: [17],
  glass: 'client',
  musts: ['nothing', 'numbers', 'mirrored', 'quiet', 'agreed', 'window', 'flight', 'gone'],
  lasts: 1,
  citations: ['RFC 9293 §3.3.1, Figures 3 and 4', 'RFC 9293 §3.10.6 (STATUS)', 'RFC 4898'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    const remembered = (): number => [...stage.world.look('client'), ...stage.world.look('server')].filter(({ remotePort }) => remotePort !== 0).length;
    stage.must('nothing', remembered() === 0, 'there is a connection already');
    stage.say('begin', { question: QUESTION, answer: ANSWER });
    const { port, client, server } = await pairUp(stage, listener, PORT);
    client.send('q'.repeat(QUESTION));
    server.send('a'.repeat(ANSWER));
    let [asked, answered] = [0, 0];
    const done = (): boolean => (asked += server.receive().length) === QUESTION && (answered += client.receive().length) === ANSWER;
    await stage.until(() => done() && both(stage, port).client.unacked === 0 && both(stage, port).server.unacked === 0);
    const rest = both(stage, port);
    const { client: ours, server: theirs } = rest;
    const [syn, synAck] = [segment('client', 'SYN'), segment('server', 'SYN,ACK')].map((test) => stage.seen.find(test)?.view.absolute.seq);
    stage.must('numbers', ours.iss === syn && ours.irs === synAck, `ISS ${ours.iss}, IRS ${ours.irs}`, { iss: ours.iss, irs: ours.irs });
    const mirrored = ours.sndNxt === 1 + QUESTION && theirs.rcvNxt === ours.sndNxt && theirs.sndNxt === 1 + ANSWER && ours.rcvNxt === theirs.sndNxt;
    stage.must('mirrored', mirrored, `SND.NXT ${ours.sndNxt} and RCV.NXT ${theirs.rcvNxt}, SND.NXT ${theirs.sndNxt} and RCV.NXT ${ours.rcvNxt}`, { there: ours.sndNxt, back: theirs.sndNxt });
    stage.must('quiet', [ours, theirs].every(({ unacked, sndUna, sndNxt }) => unacked === 0 && sndUna === sndNxt), `${ours.unacked} and ${theirs.unacked} segments outstanding`);
    stage.must('agreed', ours.sndMss === theirs.sndMss && ours.sndMss === 1448, `${ours.sndMss} and ${theirs.sndMss}`, { mss: ours.sndMss });
    const last = stage.seen.findLast(({ from }) => from === 'server')?.view.window;
    stage.must('window', ours.sndWnd === last && theirs.rcvWnd === last, `SND.WND ${ours.sndWnd}, RCV.WND ${theirs.rcvWnd}, the last segment said ${last}`, { window: ours.sndWnd });

    stage.say('flight', { more: MORE });
    stage.accident({ from: 'server', match: (s) => s.has(ACK) && s.srcPort === PORT, times: Infinity, action: 'hold', label: 'held' });
    client.send('m'.repeat(MORE));
    await stage.until(() => both(stage, port).server.rcvNxt > theirs.rcvNxt);
    const flight = both(stage, port);
    show(stage, rest, flight);
    const { sndUna, sndNxt, unacked } = flight.client;
    stage.must('flight', unacked === 1 && sndNxt === sndUna + MORE && flight.server.rcvNxt === sndNxt, `SND.UNA ${sndUna}, SND.NXT ${sndNxt}, RCV.NXT ${flight.server.rcvNxt}`, { una: sndUna, next: sndNxt });

    stage.say('reset');
    client.lingerZero();
    client.close();
    await stage.until(() => stage.state('server', PORT, port) === 'CLOSED');
    stage.must('gone', remembered() === 0, 'one of them still remembers it');
    server.close();
  },
};
