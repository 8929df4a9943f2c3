/** One long stream through one connection, checked octet by octet by its position. */
import { Network, type NetworkOptions } from '../../src/sim/network.js';
import type { Endpoint } from '../../src/stack/endpoint.js';
import { Signal } from '../../src/tcp/tcb.js';
import { type Duration, HOUR } from '../../src/util/units.js';
import { Pattern } from './pattern.js';

export interface Streamed {
  readonly received: number;
  /** Position of the first wrong octet, -1 = none. */
  readonly wrong: number;
  /** Both ends went to CLOSED without a failure. */
  readonly orderly: boolean;
  /** µs of virtual time from the SYN to the last octet read. */
  readonly took: Duration;
  /** How often the sequence number passed 2^32, as counted from the numbers that were acknowledged. */
  readonly wraps: number;
  readonly retransmissions: number;
}

/** Within what Pattern lends at a time. */
const CHUNK = 128_000;

/** @param limit of virtual time; what was not received by then is not waited for */
export function stream(octets: number, options: NetworkOptions, limit: Duration = 100 * HOUR): Streamed {
  const network = new Network(options);
  const pattern = new Pattern(1);
  const buffer = new Uint8Array(CHUNK);
  const from = network.now();
  let took = 0;
  let sent = 0;
  let received = 0;
  let wrong = -1;
  let wraps = 0;
  let lastUna = 0;
  let server: Endpoint | undefined;
  network.b.stack.listen({ port: 7 }, (listener) => {
    server = listener.accept();
    server?.attach({
      signals(endpoint) {
        for (let n = endpoint.receive(buffer); n !== 0; n = endpoint.receive(buffer)) {
          if (typeof n !== 'number') return void endpoint.close();
          if (wrong < 0) wrong = pattern.mismatch(received, buffer, n);
          received += n;
          took = network.now() - from;
        }
      },
    });
  });
  const push = (endpoint: Endpoint): void => {
    const una = endpoint.connection.tcb.sndUna >>> 0;
    if (una < lastUna) wraps++;
    lastUna = una;
    while (sent < octets) {
      const want = Math.min(CHUNK, octets - sent);
      const taken = endpoint.send(pattern.at(sent, want), 0, want);
      if (typeof taken !== 'number') return;
      sent += taken;
      if (taken < want) return;
    }
    endpoint.close();
  };
  const client = network.a.stack.connect({ remote: network.b.address, remotePort: 7 }, {
    signals(endpoint, signals) {
      if ((signals & (Signal.Connected | Signal.Writable)) !== 0) push(endpoint);
    },
  });
  if (typeof client === 'string') throw new Error(`connect: ${client}`);
  lastUna = client.connection.tcb.iss >>> 0;
  network.run(() => client.state === 'CLOSED' && server?.state === 'CLOSED', limit);
  const orderly = client.state === 'CLOSED' && server?.state === 'CLOSED' && client.failure === null && server.failure === null;
  const { retransmissions } = client.connection.tcb;
  network.close();
  return { received, wrong, orderly, took, wraps, retransmissions };
}
