/** Too many TIME-WAITs, and what is said to help: the same work with each remedy alone (RFC 9293 §3.6.1, RFC 6191, RFC 7323; ip(7), tcp(7)). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { loseLastAck } from '../stage/last-ack.js';
import { establish } from '../stage/pair.js';
import { FIRST, isAsExpected, LAST, nameOf, type Outcome, outcomeValues, RANGE, remedies, type Remedy, REQUESTS, tryOut } from '../stage/remedies.js';
import { atPort, segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';

const RECYCLE = 'net.ipv4.tcp_tw_recycle';
const PARTING = new Uint8Array(64 * 1024).fill(0x2e);
const [LINGER_PORT, FIN_PORT] = [200, 201];

export const waitRemedies: Lab = {
  id: 'wait-remedies',
  section: 'G',
  entries: [73, 74, 75],
  glass: 'server',
  setUp: {
    delay: { client: MILLISECOND, server: MILLISECOND },
    sysctls: { client: { [RANGE]: `${FIRST} ${LAST}`, ...TIME_WAIT_STAYS } },
  },
  musts: ['nothing', 'pool', 'peer-first', 'tuples', 'range', 'reuse', 'linger', 'lost', 'buckets', 'reset', 'fin-timeout', 'recycle'],
  lasts: 7,
  citations: ['RFC 9293 §3.6.1', 'RFC 6191 §2', 'RFC 7323 §5', 'RFC 9293 §3.10.5 (ABORT)', 'ip(7): ip_local_port_range', 'tcp(7): tcp_tw_reuse, tcp_fin_timeout, SO_LINGER'],
  play: async (stage) => {
    const outcomes: Outcome[] = [];
    for (const remedy of remedies(stage)) {
      const { key, verdict } = remedy;
      const outcome = await tryOut(stage, remedy);
      outcomes.push(outcome);
      stage.must(key, isAsExpected(outcome), `${outcome.served} of ${REQUESTS} requests were answered (${outcome.error}), ${outcome.waiting} in TIME-WAIT`, { ...outcomeValues(outcome) });
      if (verdict === 'loses') await loseParting(stage);
      if (verdict === 'breaks') await breakClose(stage, remedy);
    }
    stage.must('recycle', isUnknown(stage, RECYCLE), `${RECYCLE} can be set`);
    stage.show({
      kind: 'table', key: 'remedies', columns: ['remedy', 'served', 'waiting', 'verdict'],
      rows: [...outcomes.map(({ remedy, served, waiting }) => [nameOf(remedy), served, waiting, remedy.verdict]), [RECYCLE, '–', '–', 'gone']],
    });
  },
};

/** What the client said last is still on its way when it resets. */
async function loseParting(stage: Stage): Promise<void> {
  const { client, server } = await establish(stage, LINGER_PORT);
  stage.say('parting');
  client.lingerZero();
  const queued = client.send(PARTING);
  client.close();
  let got = 0;
  await stage.until(() => {
    got += server.receiveOctets().length;
    return server.error === 'ECONNRESET';
  });
  stage.must('lost', server.error === 'ECONNRESET' && got < queued, `the server got ${got} of ${queued} octets`, { got, queued });
}

/** The last ACK is lost, and the client has forgotten what it was about. */
async function breakClose(stage: Stage, { set }: Remedy): Promise<void> {
  if (set !== undefined) stage.client.sysctl(set[0], set[1]);
  const pair = await establish(stage, FIN_PORT);
  loseLastAck(stage, FIN_PORT, 'last-ack');
  stage.say('forgotten');
  await pair.closeFirst('client');
  await stage.see('reset', atPort(FIN_PORT, segment('client', 'RST')));
  if (set !== undefined) stage.client.sysctl(set[0], set[2]);
}

function isUnknown(stage: Stage, name: string): boolean {
  try {
    stage.client.sysctl(name, 1);
    return false;
  } catch {
    return true;
  }
}
