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

export type Act = (stage: Stage) => Promise<void>;

/** They connect and close first: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED. */
const serve: Act = async (stage) => {
  const { world, witness, checks, say } = stage;
  const { us, peer, ports: { ours: port } } = world;
  stage.act(say('serve'), port, null);
  await stage.step(say('peer-opens'));
  await us.listen(port, world.ours);
  const connects = say('peer-connects', { port });
  checks.same(connects, 'connected', await stage.wait(connects, peer.connect(port, world.ours)));
  await stage.wait(say('we-accept'), us.accept());
  checks.expect(say('handshake'), witness.inOrder(going('in', 'SYN'), going('out', 'SYN,ACK'), (s) => entering('ESTABLISHED')(s) && s.direction === 'in'));
  const tally = stage.openTally(`${world.shortPeer} → glasstcp:${port}`);

  await stage.step(say('peer-asks', { octets: ANSWER }));
  await stage.transfer('peer', REQUEST, say('request', { octets: REQUEST }));
  world.netem.addGremlin({ match: towards('out', isData), nth: 3, action: 'drop', label: say('third-data') });
  await stage.transfer('us', ANSWER, say('answer', { octets: ANSWER }));
  expectRepair(stage);

  await stage.step(say('peer-half-closes'));
  await stage.wait(say('peer-fin'), peer.end());
  await stage.see(say('close-wait'), entering('CLOSE-WAIT'));
  await stage.wait(say('we-are-told'), us.ended());
  await stage.transfer('us', AFTERWORD, say('after-its-fin', { octets: AFTERWORD }));
  checks.expect(say('sends-in-close-wait'), witness.inOrder(entering('CLOSE-WAIT'), (s) => outText(s) && s.after === 'CLOSE-WAIT'));

  await stage.step(say('we-close-too'));
  await stage.wait(say('our-fin'), us.end());
  await stage.see(say('closed'), entering('CLOSED'));
  checks.expect(say('last-ack'), witness.inOrder(entering('LAST-ACK'), (s) => s.direction === 'in' && entering('CLOSED')(s)));
  await stage.expectPaths(tally, ['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED'],
    ['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT']);
};

/** The octets that the script lost went out again, because of duplicate ACKs or of the timeout. */
function expectRepair({ witness, checks, say }: Stage): void {
  const gone = witness.find(lost(say('third-data')));
  checks.expect(say('third-data-lost'), gone !== undefined);
  const again = (s: Sight): boolean => s.fate === undefined && s.view?.seq === gone?.view?.seq && withRule('retransmit')(s);
  checks.expect(say('sent-again'), witness.has(again) && witness.has((s) => REASONS.some((r) => withRule(r)(s))));
}

const REASONS = ['fast-retransmit', 'timeout-fired', 'partial-ack'];

/** We connect and close first: SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED. */
const connect: Act = async (stage) => {
  const { world, witness, checks, say } = stage;
  const { us, peer, ports: { theirs: port } } = world;
  stage.act(say('connect'), null, port);
  await stage.wait(say('peer-listens', { port }), peer.listen(port, world.theirs));
  await stage.step(say('we-open'));
  world.netem.addGremlin({ match: towards('out', isSyn), action: 'drop', label: say('first-syn') });
  const connects = say('we-connect', { port });
  checks.same(connects, 'connected', await stage.wait(connects, us.connect(port, world.theirs)));
  await stage.wait(say('peer-accepts'), peer.accept());
  expectSynAgain(stage);
  const tally = stage.openTally(`glasstcp → ${world.shortPeer}:${port}`);

  await stage.step(say('exchange', { octets: EXCHANGE }));
  await stage.transfer('us', EXCHANGE, say('ours-get-there', { octets: EXCHANGE }));
  await stage.transfer('peer', EXCHANGE, say('theirs-come-in', { octets: EXCHANGE }));

  await stage.step(say('we-half-close'));
  await stage.wait(say('our-fin'), us.end());
  await stage.see(say('fin-wait-2'), entering('FIN-WAIT-2'));
  await stage.wait(say('peer-is-told'), peer.ended());
  await stage.transfer('peer', AFTERWORD, say('after-our-fin', { octets: AFTERWORD }));
  checks.expect(say('text-in-fin-wait-2'),
    witness.inOrder(entering('FIN-WAIT-1'), entering('FIN-WAIT-2'), (s) => s.direction === 'in' && (s.view?.length ?? 0) > 0 && s.after === 'FIN-WAIT-2'));

  await stage.step(say('peer-closes-too'));
  await stage.wait(say('peer-fin'), peer.end());
  await stage.see(say('time-wait'), entering('TIME-WAIT'));
  await stage.countDown();
  expectTwoMsl(stage);
  await stage.expectPaths(tally, ['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED'],
    ['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
};

function expectSynAgain({ witness, checks, say }: Stage): void {
  const first = witness.has(lost(say('first-syn'))) ? witness.find(going('out', 'SYN')) : undefined;
  const again = witness.find(withRule('retransmit-syn'));
  const waited = (again?.at ?? NaN) - (first?.at ?? NaN);
  checks.expect(say('syn-again'), waited >= SECOND && waited < SECOND + SLACK, say('lay-between', { seconds: waited / SECOND }));
}

function expectTwoMsl({ witness, checks, say, twoMsl }: Stage): void {
  const since = witness.sights.filter((s) => entering('TIME-WAIT')(s) || withRule('time-wait-restart')(s)).at(-1)?.at ?? NaN;
  const closed = witness.find(entering('CLOSED'))?.at ?? NaN;
  const lasted = closed - since;
  checks.expect(say('two-msl'),
    lasted >= twoMsl * SECOND && lasted < twoMsl * SECOND + SLACK && witness.inOrder(entering('TIME-WAIT'), going('out', 'ACK'), entering('CLOSED')),
    say('seconds', { seconds: lasted / SECOND }));
}

/** RST, from us and to us. */
const closedPorts: Act = async (stage) => {
  const { world, witness, checks, say } = stage;
  const { us, peer, ports: { oursClosed, theirsClosed } } = world;
  stage.act(say('closed-ports'), null, null);
  await stage.step(say('peer-tries', { port: oursClosed }));
  const theirs = say('peer-is-refused', { port: oursClosed });
  checks.same(theirs, 'ECONNREFUSED', await stage.wait(theirs, peer.connect(oursClosed, world.ours)));
  const syn = witness.find((s) => going('in', 'SYN')(s) && withRule('stray-reset')(s));
  const answers = (s: Sight): boolean => going('out', 'RST,ACK')(s) && s.view?.absolute.seq === 0 && s.view.absolute.ack === ((syn?.view?.absolute.seq ?? 0) + 1) % 2 ** 32;
  checks.expect(say('stray-reset'), syn !== undefined && witness.has(answers));
  stage.openTally(`${world.shortPeer} → glasstcp:${oursClosed}`);

  stage.nextConversation();
  await stage.step(say('we-try', { port: theirsClosed }));
  const ours = say('we-are-refused', { port: theirsClosed });
  checks.same(ours, 'ECONNREFUSED', await stage.wait(ours, us.connect(theirsClosed, world.theirs)));
  checks.expect(say('reset-ends'), witness.has((s) => s.direction === 'in' && s.flags === 'RST,ACK' && entering('CLOSED')(s)));
  stage.openTally(`glasstcp → ${world.shortPeer}:${theirsClosed}`);
};

const outText = (s: Sight): boolean => s.fate === undefined && s.direction === 'out' && (s.view?.length ?? 0) > 0;

export const acts: readonly Act[] = [serve, connect, closedPorts];
