/** The run behind docs/life-of-a-segment.md: one octet crosses a line of 10 ms, and both stacks say what they do. */
import { Network } from '../../../src/sim/network.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { explainMoment } from '../../../src/trace/explain.js';
import type { Moment } from '../../../src/trace/moment.js';
import { Story } from '../../../src/trace/story.js';
import { seq } from '../../../src/util/seq.js';
import { MILLISECOND, SECOND } from '../../../src/util/units.js';
import { Packet } from '../../../src/wire/packet.js';
import { printPacket } from '../../../src/wire/print.js';

const config = { receiveBuffer: 65_535, receiveBufferMax: 65_535, timestamps: false, ackPolicy: 'rfc' as const, initialReceiveWindow: Infinity };
const out = { delay: 10 * MILLISECOND };

/** @returns what the two stacks tell about the octet, the handshake before it left out; times count from SEND */
export function oneOctet(): string {
  const told: string[] = [];
  let from = Infinity;
  const tell = (who: string) => new Story((moment) => {
    if (moment.at >= from) told.push(format(who, moment, from));
  });
  const client = tell('client');
  const server = tell('server');
  const network = new Network({
    a: { config, out, tracer: client, iss: () => seq(1000) },
    b: { config, out, tracer: server, iss: () => seq(5000) },
  });
  const { a, b, clock } = network;
  const into = new Uint8Array(100);
  const reader = { signals: (e: { receive(into: Uint8Array): unknown }, signals: number): void => void ((signals & Signal.Readable) !== 0 && e.receive(into)) };
  b.stack.listen({ port: 7 }, (listener) => listener.accept()?.attach(reader));
  const socket = a.stack.connect({ remote: b.address, remotePort: 7, localPort: 40_000 }, reader);
  if (typeof socket === 'string') throw new Error(socket);
  network.advance(1 * SECOND);
  from = clock.now();
  socket.send(new TextEncoder().encode('h'));
  network.advance(1 * SECOND);
  client.flush();
  server.flush();
  network.close();
  return told.join('\n');
}

function format(who: string, moment: Moment, from: number): string {
  const packet = moment.bytes === undefined ? '' : `  ${printPacket(Packet.of(moment.bytes))}`;
  const head = `${((moment.at - from) / MILLISECOND).toFixed(1)} ms  ${who}${packet}`;
  return [head, ...explainMoment(moment).split('\n').map((line) => `    ${line}`)].join('\n');
}
