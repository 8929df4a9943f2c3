/** Connection failures (RFC 9293 §3.8.3) as far as no packet shows them: who is told of R1, and what the defaults are. */
import { defaultConfig } from '../../../src/tcp/config.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { MINUTE, SECOND } from '../../../src/util/units.js';
import { type Probe, probe } from '../checks.js';
import { PEERS, seen, TwoStacks } from '../two-stacks.js';

const SOME_TEXT = 100;
/** After the third retransmission, long before R2. */
const PAST_R1 = 5 * SECOND;

export const probes: readonly Probe[] = [
  probe('At R1 IP is advised, by the address, that the way to the peer may be dead', ['MUST-20.1'], () => {
    const advised: string[] = [];
    const net = new TwoStacks({ negativeAdvice: (remote) => advised.push(remote.toString()) });
    const [ours] = net.open();
    net.cut = true;
    ours.send(new Uint8Array(SOME_TEXT));
    const sent = net.sent.length;
    net.clock.advance(PAST_R1);
    const again = net.sent.length - sent;
    return seen(again >= 3 && advised.join() === PEERS.toString() && ours.state === 'ESTABLISHED', `${again} retransmissions, advice "${advised.join()}", ${ours.state}`);
  }),
  probe('SYNs that are not answered lead to the same advice and the same report', ['MUST-22', 'MUST-20.1'], () => {
    const advised: string[] = [];
    const net = new TwoStacks({ negativeAdvice: (remote) => advised.push(remote.toString()) });
    net.cut = true;
    const ours = net.connect();
    net.clock.advance(MINUTE);
    const reports = ours.connection.takeReports().map(({ kind }) => kind);
    return seen(advised.join() === PEERS.toString() && reports.join() === 'retransmissions' && ours.state === 'SYN-SENT', `advice "${advised.join()}", reports "${reports.join()}", ${ours.state}`);
  }),
  probe('The user is told of the delivery problem when R1 is reached and before R2', ['SHLD-9', 'MUST-47'], () => {
    const net = new TwoStacks();
    const [ours] = net.open();
    net.cut = true;
    ours.send(new Uint8Array(SOME_TEXT));
    net.clock.advance(PAST_R1);
    const signals = net.told.reduce((all, one) => all | one.signals, 0);
    const reports = ours.connection.takeReports().map(({ kind, type }) => `${kind} ${type}`);
    return seen((signals & Signal.Delivery) !== 0 && reports.join() === 'retransmissions 3' && ours.state === 'ESTABLISHED', `signals ${signals}, reports "${reports.join()}", ${ours.state}`);
  }, { onKernel: { kind: 'measured', verdict: 'differs', reason: 'an application can see retransmissions in tcp_info, but nothing wakes it before R2' } }),
  probe('R1 is three retransmissions by default', ['SHLD-10'], () => {
    const net = new TwoStacks();
    const [ours] = net.open();
    net.cut = true;
    ours.send(new Uint8Array(SOME_TEXT));
    const first = net.sent.length;
    net.clock.run(() => ours.connection.takeReports().length > 0, MINUTE);
    const again = net.sent.length - first;
    return seen(again >= 3, `told after ${again} retransmissions`);
  }),
  probe('By default unanswered text ends a connection after 100 seconds or more, and a SYN the attempt after 3 minutes or more', ['SHLD-11', 'MUST-23', 'MUST-20.2'], () => {
    const text = new TwoStacks();
    const [ours] = text.open();
    text.cut = true;
    ours.send(new Uint8Array(SOME_TEXT));
    const syn = new TwoStacks();
    syn.cut = true;
    const opening = syn.connect();
    text.clock.advance(100 * SECOND);
    syn.clock.advance(3 * MINUTE - 1);
    const early = [ours.state, opening.state];
    text.clock.advance(defaultConfig.r2);
    syn.clock.advance(MINUTE);
    const late = [ours.failure, opening.failure];
    return seen(early.join() === 'ESTABLISHED,SYN-SENT' && late.join() === 'timed-out,timed-out', `before R2 ${early.join()}, after it ${late.join()}`);
  }),
  probe('The user sets R2 for one connection, infinity as well', ['MUST-21'], () => {
    const net = new TwoStacks();
    const [ours] = net.open();
    const other = net.connect({ remotePort: 80 });
    net.clock.advance(SECOND);
    ours.setTimers({ r2: 2 * SECOND });
    other.setTimers({ r2: Infinity });
    net.cut = true;
    for (const endpoint of [ours, other]) endpoint.send(new Uint8Array(SOME_TEXT));
    net.clock.advance(10 * SECOND);
    const soon = [ours.state, other.state];
    net.clock.advance(2 * defaultConfig.r2);
    return seen(soon.join() === 'CLOSED,ESTABLISHED' && other.state === 'ESTABLISHED', `after 10 s ${soon.join()}, after half an hour ${other.state}`);
  }),
];
