/** The half-close: our FIN ends one direction only, and the other one goes on as long as it likes (RFC 9293 §3.6). */
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment, withText } from '../stage/seen.js';

const REQUEST = 'send me everything';
/** 1 MiB in which a piece at the wrong place would be seen. */
const ANSWER = Uint8Array.from({ length: 1024 * 1024 }, (_, at) => (at * 31 + (at >>> 8)) & 0xff);
/** The number after the client's FIN. */
const AFTER = 1 + REQUEST.length + 1;

export const closeHalf: Lab = {
  id: 'close-half',
  section: 'F',
  entries: [55, 57],
  glass: 'client',
  // Segments of nearly 9000 octets: a mebibyte of them can still be looked at.
  setUp: { mtu: 9_000 },
  musts: ['fin', 'asked', 'half', 'all', 'after-fin', 'acks', 'still-half', 'fin-back'],
  lasts: 2,
  citations: ['RFC 9293 §3.6', 'RFC 9293 §3.6.1', 'RFC 9293 §3.10.4'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    const { client, server } = pair;
    stage.say('begin');
    client.send(REQUEST);
    client.shutdown();
    const fin = await stage.see('fin', (seen) => seen.from === 'client' && seen.flags === 'FIN,ACK');
    let asked = '';
    await stage.until(() => (asked += server.receive()) === REQUEST && server.ended);
    stage.must('asked', asked === REQUEST && server.ended, `the server has read "${asked}", its end ${server.ended ? 'too' : 'not'}`);
    await stage.wait('half', () => pair.state('client') === 'FIN-WAIT-2' && pair.state('server') === 'CLOSE-WAIT');
    stage.say('answer');
    let sent = 0;
    let lasting = true;
    const got: Uint8Array[] = [];
    const length = (): number => got.reduce((sum, octets) => sum + octets.length, 0);
    await stage.until(() => {
      if (sent < ANSWER.length) sent += Math.max(0, server.send(ANSWER.subarray(sent)));
      got.push(client.receiveOctets());
      lasting &&= pair.state('client') === 'FIN-WAIT-2' && pair.state('server') === 'CLOSE-WAIT';
      return length() >= ANSWER.length;
    }, 15_000_000);
    stage.must('all', Buffer.concat(got).equals(ANSWER), `${length()} octets of ${ANSWER.length}`, { octets: length() });
    const text = stage.seen.filter((seen) => withText('server')(seen) && seen.at > fin.at);
    stage.must('after-fin', text.length > 0 && text.every(({ view }) => view.ack === AFTER), 'a segment of the answer does not acknowledge the client\'s FIN', { segments: text.length });
    const acks = stage.seen.filter((seen) => seen.from === 'client' && seen.at > text[0].at);
    stage.must('acks', acks.length > 0 && acks.every(({ flags, view }) => flags === 'ACK' && view.seq === AFTER && view.length === 0), 'the client sent something else than bare ACKs', { acks: acks.length });
    stage.must('still-half', lasting, `the client is ${pair.state('client')}, the server ${pair.state('server')}`);
    server.close();
    await stage.see('fin-back', segment('server', 'FIN,ACK', { ack: AFTER }));
  },
};
