/** The flags ECE and CWR: a SYN that has them asks for ECN, and whatever the answer, it is a SYN (RFC 3168 §6.1; RFC 9293 §3.1). */
import { CWR, ECE, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { CAPABLE, congestBefore, ecnField, NOT_CAPABLE } from '../stage/ecn.js';
import { pairUp } from '../stage/pair.js';
import { type Seen, segment, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
const FROM = 50_000;
/** Bits of the header that once were reserved: AE is the last of them, the others still are. */
const [AE, RESERVED] = [0x100, 0xf00];

/** A SYN by hand from an address where nobody is. */
async function answerTo(stage: Stage, srcPort: number, flags: number): Promise<string> {
  const from = stage.seen.length;
  stage.inject('server', { src: stage.server.address.replace(/\d+$/, '99'), srcPort, dstPort: PORT, seq: 1, flags });
  const answer = (): Seen | undefined => stage.seen.slice(from).find((seen) => seen.from === 'server' && seen.view.to.endsWith(`:${srcPort}`));
  await stage.until(() => answer() !== undefined);
  return answer()?.flags ?? 'nothing';
}

export const flagEcn: Lab = {
  id: 'flag-ecn',
  section: 'D',
  entries: [38],
  glass: 'client',
  setUp: { sysctls: { client: { 'net.ipv4.tcp_ecn': 1 }, server: { 'net.ipv4.tcp_ecn': 2 } } },
  musts: ['asks', 'agrees', 'capable', 'echo', 'reduced', 'quiet', 'declined', 'incapable', 'ae', 'reserved'],
  lasts: 1,
  citations: ['RFC 3168 §6.1.1–§6.1.3', 'RFC 9293 §3.1', 'RFC 9768 §3.1'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    stage.say('begin');
    const { client, server } = await pairUp(stage, listener, PORT);
    await stage.see('asks', segment('client', 'SYN,ECE,CWR'));
    await stage.see('agrees', segment('server', 'SYN,ACK,ECE'));
    stage.say('mark');
    congestBefore(stage, 'server');
    client.send('first');
    await stage.see('capable', (seen) => withText('client')(seen) && ecnField(seen) === CAPABLE);
    await stage.see('echo', segment('server', 'ACK,ECE', { ack: 6 }));
    client.send('second');
    const next = await stage.see('reduced', (seen) => segment('client', 'ACK,CWR', { seq: 6 })(seen) && stage.decided('ecn-reduced'));
    const quiet = (seen: Seen): boolean => seen.at > next.at && segment('server', 'ACK', { ack: 12 })(seen);
    const read = (): string => server.receive();
    let text = '';
    await stage.wait('quiet', () => (text += read()) === 'firstsecond' && stage.seen.some(quiet));

    stage.say('off');
    stage.server.sysctl('net.ipv4.tcp_ecn', 0);
    const from = stage.seen.length;
    const later = (): Seen[] => stage.seen.slice(from);
    const plain = await pairUp(stage, listener, PORT);
    stage.must('declined', later().some(segment('client', 'SYN,ECE,CWR')) && later().some(segment('server', 'SYN,ACK')), later().map(({ flags }) => flags).join(' '));
    plain.client.send('third');
    await stage.wait('incapable', () => later().some((seen) => withText('client')(seen) && ecnField(seen) === NOT_CAPABLE) && plain.server.receive() === 'third');

    stage.say('reserved');
    const [ae, reserved] = [await answerTo(stage, FROM, SYN | ECE | CWR | AE), await answerTo(stage, FROM + 1, SYN | RESERVED)];
    stage.must('ae', ae === 'SYN,ACK', `the answer was ${ae}`);
    stage.must('reserved', reserved === 'SYN,ACK', `the answer was ${reserved}`);
  },
};
