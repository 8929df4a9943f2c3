/** Keep-alives (RFC 9293 §3.8.4): the defaults of a stack that nobody has told anything. */
import { HOUR, SECOND } from '../../../src/util/units.js';
import { type Probe, probe } from '../checks.js';
import { seen, TwoStacks } from '../two-stacks.js';

export const probes: readonly Probe[] = [
  probe('A connection that is left alone sends nothing for days', ['MUST-25'], () => {
    const net = new TwoStacks();
    const [ours] = net.open();
    net.clock.advance(48 * HOUR);
    return seen(net.sent.length === 0 && ours.state === 'ESTABLISHED', `${net.sent.length} packets, ${ours.state}`);
  }),
  probe('Keep-alives that are only turned on begin after two hours of silence', ['MUST-28', 'MUST-24'], () => {
    const net = new TwoStacks();
    const [ours] = net.open();
    ours.setKeepAlive(true);
    net.clock.advance(2 * HOUR - SECOND);
    const early = net.sent.length;
    net.clock.advance(SECOND);
    return seen(early === 0 && net.sent.length === 1, `${early} packets before two hours had passed, ${net.sent.length} then`);
  }),
];
