/** A slow reader: the window closes, the sender probes at longer and longer intervals, and the reader opens it again (RFC 9293 §3.8.6, §3.8.6.1). */
import type { Lab } from '../lab.js';
import { decisionsBy, sinceStart } from '../stage/course.js';
import { inMilliseconds } from '../stage/in-words.js';
import { establish } from '../stage/pair.js';
import type { Seen } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const TEXT = new Uint8Array(8 * 1024).fill(0x2e);
const SMALL = 4096;

const fromServer = ({ from }: Seen): boolean => from === 'server';

/** What the server's segments offered, as steps. */
function show(stage: Stage): void {
  const offers = stage.seen.filter(fromServer).map(({ at, view }) => [sinceStart(stage, at), view.window] as const);
  stage.show({ kind: 'plot', key: 'window', x: 'time', y: 'octets', style: 'steps', series: [{ name: 'offered', points: offers }] });
}

export const dataZeroWindow: Lab = {
  id: 'data-zero-window',
  section: 'E',
  entries: [45, 50],
  glass: 'client',
  musts: ['advertised', 'closed', 'not-congestion', 'probes', 'answered', 'lost', 'rescued', 'growing', 'all'],
  lasts: 3,
  citations: ['RFC 9293 §3.8.6', 'RFC 9293 §3.8.6.1', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80, SMALL);
    stage.say('begin');
    const sent = client.send(TEXT);
    await stage.until(() => stage.seen.some(({ from, view }) => from === 'server' && view.window === 0));
    const offers = new Set(stage.seen.filter(fromServer).map(({ view }) => view.window));
    const own = new Set(stage.seen.filter(({ from, flags }) => from === 'client' && flags === 'ACK').map(({ view }) => view.window));
    stage.must('advertised', offers.size > 1 && own.size === 1, `the server offered ${[...offers].join(', ')}, the client ${[...own].join(', ')}`, { offers: [...offers].join(', '), own: [...own].join() });
    stage.must('closed', offers.has(0), 'the window never closed');
    const stopped = decisionsBy(stage, 'window-full').length > 0 && decisionsBy(stage, 'cwnd-full').length === 0;
    stage.must('not-congestion', stopped, 'something else than the window held the text back');

    const closed = stage.seen.find((seen) => fromServer(seen) && seen.view.window === 0)?.at ?? NaN;
    const probes = () => decisionsBy(stage, 'window-probe');
    await stage.wait('probes', () => probes().length >= 2);
    await stage.wait('answered', () => stage.seen.filter((seen) => fromServer(seen) && seen.at > probes()[0].at && seen.view.window === 0 && seen.fate === undefined).length >= 2);

    stage.say('reads');
    stage.accident({ from: 'server', match: (s) => s.wnd > 0, times: Infinity, action: 'drop', label: 'update' });
    let got = server.receiveOctets().length;
    await stage.see('lost', ({ from, view, fate }) => from === 'server' && view.window > 0 && fate === 'lost');
    await stage.until(() => probes().length > 2);
    stage.world.line.clear();
    await stage.wait('rescued', () => stage.seen.some(({ from, view, fate, at }) => from === 'server' && at > closed && view.window > 0 && fate === undefined));
    const gaps = [closed, ...probes().map(({ at }) => at)].flatMap((at, n, all) => (n === 0 ? [] : [at - all[n - 1]]));
    stage.must('growing', gaps[1] > 1.2 * gaps[0] && gaps[2] > 1.2 * gaps[1], `waits of ${gaps.join(', ')} µs`, { first: inMilliseconds(gaps[0]), second: inMilliseconds(gaps[1]), third: inMilliseconds(gaps[2]) });
    await stage.until(() => (got += server.receiveOctets().length) >= sent);
    show(stage);
    stage.must('all', got === sent, `${got} octets of ${sent}`, { got });
  },
};
