/** The user's interface (RFC 9293 §3.9.1) where socket calls have no word for it. */
import { Signal } from '../../../src/tcp/tcb.js';
import { SECOND } from '../../../src/util/units.js';
import { type Probe, probe } from '../checks.js';
import { ALSO_OURS, OURS, PEERS, PORT, seen, TwoStacks } from '../two-stacks.js';

const EXPEDITED = 46;

export const probes: readonly Probe[] = [
  probe('Reports are noted until the user takes them, and he is told that there are some', ['MUST-47'], () => {
    const net = new TwoStacks();
    const [ours, theirs] = net.open();
    theirs.send(new Uint8Array(10), 0, 10, true);
    net.clock.advance(SECOND);
    const signals = net.told.reduce((all, one) => all | one.signals, 0);
    const reports = ours.connection.takeReports().map(({ kind }) => kind);
    return seen((signals & Signal.Report) !== 0 && reports.join() === 'urgent', `signals ${signals}, reports "${reports.join()}"`);
  }, { rules: ['urgent-new'] }),
  probe('A user who does not want reports gets none', ['SHLD-20'], () => {
    const net = new TwoStacks();
    const [ours, theirs] = net.open();
    ours.connection.setErrorReports(false);
    net.told.length = 0;
    theirs.send(new Uint8Array(10), 0, 10, true);
    net.clock.advance(SECOND);
    net.cut = true;
    ours.send(new Uint8Array(10));
    net.clock.advance(10 * SECOND);
    const signals = net.told.reduce((all, one) => all | one.signals, 0);
    const reports = ours.connection.takeReports();
    return seen((signals & (Signal.Report | Signal.Delivery)) === 0 && reports.length === 0, `signals ${signals}, ${reports.length} reports`);
  }),
  probe('The user learns the Diffserv field of what came last', ['MAY-9'], () => {
    const net = new TwoStacks();
    const [ours, theirs] = net.open();
    const before = ours.info().rcvDscp;
    theirs.setDscp(EXPEDITED);
    theirs.send(new Uint8Array(10));
    net.clock.advance(SECOND);
    return seen(before === 0 && ours.info().rcvDscp === EXPEDITED, `${before}, then ${ours.info().rcvDscp}`);
  }),
  probe('FLUSH forgets text that was not sent and leaves the sequence numbers whole', ['MAY-14'], () => {
    const net = new TwoStacks();
    const [ours, theirs] = net.open();
    net.cut = true;
    ours.send(new Uint8Array(100).fill(1));
    ours.send(new Uint8Array(50).fill(2)); // held by Nagle
    const forgotten = ours.flush();
    net.cut = false;
    net.clock.advance(SECOND);
    ours.send(new Uint8Array(30).fill(3));
    net.clock.advance(SECOND);
    const into = new Uint8Array(1000);
    const given = theirs.receive(into);
    return seen(forgotten === 50 && given === 130 && into[99] === 1 && into[100] === 3, `flush gave ${forgotten}, the peer got ${given}`);
  }, { rules: ['flushed'] }),
  probe('An active OPEN speaks from the local address that it names, and from no other', ['MUST-43'], () => {
    const net = new TwoStacks();
    net.connect({ local: ALSO_OURS });
    const [syn] = net.sent;
    const refused = net.us.connect({ remote: PEERS, remotePort: PORT, local: PEERS }, { signals: () => undefined });
    return seen(syn.line.includes(ALSO_OURS.toString()) && refused === 'no-local-address', `"${syn.line}"; another host's address: ${typeof refused === 'string' ? refused : 'taken'}`);
  }),
  probe('A passive OPEN waits at the local address that it names, and at no other', ['MUST-43'], () => {
    const net = new TwoStacks();
    net.us.listen({ port: PORT, local: ALSO_OURS }, () => undefined);
    const states = [ALSO_OURS, OURS].map((remote) => {
      const endpoint = net.peer.connect({ remote, remotePort: PORT }, { signals: () => undefined });
      net.clock.advance(SECOND);
      return typeof endpoint === 'string' ? endpoint : endpoint.failure ?? endpoint.state;
    });
    return seen(states.join() === 'ESTABLISHED,refused', states.join());
  }),
];
