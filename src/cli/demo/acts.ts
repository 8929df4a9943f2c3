/** The demo's three acts, in the order in which they are played: what is done, and what must be seen then. */
import { going as towards, isData, isSyn } from '../../device/impairment.js';
import { SECOND } from '../../util/units.js';
import type { Stage } from './stage.js';
import { entering, going, lost, type Sight, withRule } from './witness.js';

const REQUEST = 200;
const ANSWER = 40_000;
const AFTERWORD = 3_000;
const EXCHANGE = 12_000;
/** Slack for a busy machine, µs. */
const SLACK = 0.8 * SECOND;

const THIRD_DATA = 'our 3rd data segment, by script';
const FIRST_SYN = 'our first SYN, by script';

export type Act = (stage: Stage) => Promise<void>;

/** They connect and close first: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED. */
const serve: Act = async (stage) => {
  const { world, witness, checks } = stage;
  const { us, peer, thePeer, ports: { ours: port } } = world;
  const Peer = capital(thePeer);
  stage.act(`glasstcp serves, ${thePeer} connects`, port, null);
  await stage.step(`${Peer} opens a connection to us: three segments.`);
  await us.listen(port, world.ours);
  const connected = await stage.wait(`${thePeer} connects to our port ${port}`, peer.connect(port, world.ours));
  checks.same(`${thePeer} connects to our port ${port}`, 'connected', connected);
  await stage.wait('our server accepts the connection', us.accept());
  checks.expect('SYN in, SYN,ACK out, ACK in', witness.inOrder(going('in', 'SYN'), going('out', 'SYN,ACK'), (s) => entering('ESTABLISHED')(s) && s.direction === 'in'));
  const tally = stage.openTally(`${world.shortPeer} → glasstcp:${port}`);

  await stage.step(`It asks for ${count(ANSWER)} octets. On the way back the link loses our 3rd data segment.`);
  await stage.transfer('peer', REQUEST, `a request of ${REQUEST} octets comes in`);
  world.netem.addGremlin({ match: towards('out', isData), nth: 3, action: 'drop', label: THIRD_DATA });
  await stage.transfer('us', ANSWER, `our answer of ${count(ANSWER)} octets gets there`);
  expectRepair(stage);

  await stage.step(`${Peer} has nothing more to say, and says so: FIN. We still have something (half-close).`);
  await stage.wait(`${thePeer} sends its FIN`, peer.end());
  await stage.see('FIN in: CLOSE-WAIT', entering('CLOSE-WAIT'));
  await stage.wait('our user is told of the end of the stream', us.ended());
  await stage.transfer('us', AFTERWORD, `${count(AFTERWORD)} octets of ours get there after its FIN`);
  checks.expect('FIN in is acknowledged, and we go on sending in CLOSE-WAIT', witness.inOrder(entering('CLOSE-WAIT'), (s) => outText(s) && s.after === 'CLOSE-WAIT'));

  await stage.step('Now we close too. The last acknowledgement ends it.');
  await stage.wait('our FIN goes out', us.end());
  await stage.see('our FIN is acknowledged: CLOSED', entering('CLOSED'));
  checks.expect('FIN out leads to LAST-ACK, its ACK to CLOSED', witness.inOrder(entering('LAST-ACK'), (s) => s.direction === 'in' && entering('CLOSED')(s)));
  await stage.expectPaths(tally, ['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED'],
    ['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT']);
};

/** The octets that the script lost went out again, because of duplicate ACKs or of the timeout. */
function expectRepair({ witness, checks }: Stage): void {
  const gone = witness.find(lost(THIRD_DATA));
  checks.expect('the link loses our 3rd data segment', gone !== undefined);
  const again = (s: Sight): boolean => s.fate === undefined && s.view?.seq === gone?.view?.seq && withRule('retransmit')(s);
  checks.expect('it is sent again, and the reason is known (duplicate ACKs, or the timeout)', witness.has(again) && witness.has((s) => REASONS.some((r) => withRule(r)(s))));
}

const REASONS = ['fast-retransmit', 'timeout-fired', 'partial-ack'];

/** We connect and close first: SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED. */
const connect: Act = async (stage) => {
  const { world, witness, checks } = stage;
  const { us, peer, thePeer, ports: { theirs: port } } = world;
  stage.act(`glasstcp connects, ${thePeer} serves`, null, port);
  await stage.wait(`${thePeer} listens on port ${port}`, peer.listen(port, world.theirs));
  await stage.step('We open a connection. The link loses our first SYN: no answer for 1 s, so we ask again.');
  world.netem.addGremlin({ match: towards('out', isSyn), action: 'drop', label: FIRST_SYN });
  const connected = await stage.wait(`we connect to port ${port} of ${thePeer}`, us.connect(port, world.theirs));
  checks.same(`we connect to port ${port} of ${thePeer}`, 'connected', connected);
  await stage.wait(`${thePeer} accepts the connection`, peer.accept());
  expectSynAgain(stage);
  const tally = stage.openTally(`glasstcp → ${world.shortPeer}:${port}`);

  await stage.step(`${count(EXCHANGE)} octets each way.`);
  await stage.transfer('us', EXCHANGE, `${count(EXCHANGE)} octets of ours get there`);
  await stage.transfer('peer', EXCHANGE, `${count(EXCHANGE)} octets of ${thePeer} come in`);

  await stage.step(`We close first: FIN. ${capital(thePeer)} may go on, and does (half-close).`);
  await stage.wait('our FIN goes out', us.end());
  await stage.see('our FIN is acknowledged: FIN-WAIT-2', entering('FIN-WAIT-2'));
  await stage.wait(`${thePeer} is told of the end of our stream`, peer.ended());
  await stage.transfer('peer', AFTERWORD, `${count(AFTERWORD)} octets come in after our FIN`);
  checks.expect('FIN out, ACK in, then text in FIN-WAIT-2',
    witness.inOrder(entering('FIN-WAIT-1'), entering('FIN-WAIT-2'), (s) => s.direction === 'in' && (s.view?.length ?? 0) > 0 && s.after === 'FIN-WAIT-2'));

  await stage.step(`${capital(thePeer)} closes too. Our last ACK may get lost, so we wait 2MSL = ${stage.twoMsl} s to be able to repeat it.`);
  await stage.wait(`${thePeer} sends its FIN`, peer.end());
  await stage.see('FIN in: TIME-WAIT', entering('TIME-WAIT'));
  await stage.countDown();
  expectTwoMsl(stage);
  await stage.expectPaths(tally, ['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED'],
    ['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
};

function expectSynAgain({ witness, checks }: Stage): void {
  const first = witness.has(lost(FIRST_SYN)) ? witness.find(going('out', 'SYN')) : undefined;
  const again = witness.find(withRule('retransmit-syn'));
  const waited = (again?.at ?? NaN) - (first?.at ?? NaN);
  checks.expect('our first SYN is lost and goes out again after 1 s', waited >= SECOND && waited < SECOND + SLACK, `${waited / SECOND} s lay between`);
}

function expectTwoMsl({ witness, checks, twoMsl }: Stage): void {
  const since = witness.sights.filter((s) => entering('TIME-WAIT')(s) || withRule('time-wait-restart')(s)).at(-1)?.at ?? NaN;
  const closed = witness.find(entering('CLOSED'))?.at ?? NaN;
  const lasted = closed - since;
  checks.expect(`the last ACK goes out, TIME-WAIT lasts 2MSL = ${twoMsl} s, then CLOSED`,
    lasted >= twoMsl * SECOND && lasted < twoMsl * SECOND + SLACK && witness.inOrder(entering('TIME-WAIT'), going('out', 'ACK'), entering('CLOSED')),
    `${lasted / SECOND} s`);
}

/** RST, from us and to us. */
const closedPorts: Act = async (stage) => {
  const { world, witness, checks } = stage;
  const { us, peer, thePeer, ports: { oursClosed, theirsClosed } } = world;
  stage.act('a port nobody listens on', null, null);
  await stage.step(`${capital(thePeer)} tries our port ${oursClosed}, where nobody listens.`);
  const theirs = await stage.wait(`${thePeer} is refused at our port ${oursClosed}`, peer.connect(oursClosed, world.ours));
  checks.same(`${thePeer} is refused at our port ${oursClosed}`, 'ECONNREFUSED', theirs);
  const syn = witness.find((s) => going('in', 'SYN')(s) && withRule('stray-reset')(s));
  const answers = (s: Sight): boolean => going('out', 'RST,ACK')(s) && s.view?.absolute.seq === 0 && s.view.absolute.ack === ((syn?.view?.absolute.seq ?? 0) + 1) % 2 ** 32;
  checks.expect('a SYN for no connection is answered by <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>', syn !== undefined && witness.has(answers));
  stage.openTally(`${world.shortPeer} → glasstcp:${oursClosed}`);

  stage.nextConversation();
  await stage.step(`We try port ${theirsClosed} of ${thePeer}.`);
  const ours = await stage.wait(`we are refused at port ${theirsClosed} of ${thePeer}`, us.connect(theirsClosed, world.theirs));
  checks.same(`we are refused at port ${theirsClosed} of ${thePeer}`, 'ECONNREFUSED', ours);
  checks.expect('the RST that acknowledges our SYN ends SYN-SENT', witness.has((s) => s.direction === 'in' && s.flags === 'RST,ACK' && entering('CLOSED')(s)));
  stage.openTally(`glasstcp → ${world.shortPeer}:${theirsClosed}`);
};

const outText = (s: Sight): boolean => s.fate === undefined && s.direction === 'out' && (s.view?.length ?? 0) > 0;
const count = (octets: number): string => octets.toLocaleString('en');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const acts: readonly Act[] = [serve, connect, closedPorts];
