/** glasstcp's user on the stack's own interface, Endpoint, over a TUN in the namespace this program is started in. */
import type { Endpoint, EndpointOwner } from '../../../src/stack/endpoint.js';
import { Address, Signal, Stack, tun } from './glass-parts.js';
import { job, meter } from './meter.js';

const CHUNK = new Uint8Array(256 * 1024);
const OCTET = new Uint8Array([0x67]);
const buffer = new Uint8Array(256 * 1024);

/** Reads what there is. @returns octets, or -1 at the end of the stream */
function take(endpoint: Endpoint): number {
  let taken = 0;
  for (;;) {
    const n = endpoint.receive(buffer);
    if (typeof n !== 'number') return -1;
    if (n === 0) return taken;
    meter.octets += n;
    taken += n;
  }
}

const sink: EndpointOwner = { signals: (endpoint) => void take(endpoint) };

const source: EndpointOwner = {
  signals(endpoint, signals) {
    if ((signals & (Signal.Connected | Signal.Writable)) === 0) return;
    for (;;) {
      const n = endpoint.send(CHUNK);
      if (typeof n !== 'number') return;
      meter.octets += n;
      if (n < CHUNK.length) return;
    }
  },
};

const echo: EndpointOwner = {
  signals(endpoint, signals) {
    if ((signals & Signal.Readable) !== 0) {
      const n = endpoint.receive(buffer);
      if (typeof n === 'number' && n > 0) {
        meter.octets += n;
        meter.operations++;
        endpoint.send(buffer, 0, n);
      }
    }
    if ((signals & Signal.PeerFinished) !== 0) endpoint.close();
  },
};

const owners = { upload: sink, download: source, echo, connect: echo };

/** Default settings; no tracer, as in use. */
const stack = new Stack({
  device: tun.device, clock: tun.clock, addresses: [Address.from(tun.address)], secret: crypto.getRandomValues(new Uint8Array(16)),
});

function serve(): void {
  const nagle = job.style === 'upload' || job.style === 'download'; // as the kernel's end has it
  for (const port of job.ports) {
    const listener = stack.listen({ port, backlog: 1024, config: { nagle } }, (l) => {
      for (let endpoint = l.accept(); endpoint !== undefined; endpoint = l.accept()) endpoint.attach(owners[job.style]);
    });
    if (typeof listener === 'string') throw new Error(`listen: ${listener}`);
  }
  meter.ready();
}

/** Connects, waits for its octet, closes, waits for the other side's end, and again: as the kernel's client does. */
function dial(): void {
  const remote = Address.from(job.address);
  let waiting = job.connections;
  for (let i = 0; i < job.connections; i++) {
    let next = i;
    let begun = false;
    const finished = (failed: boolean): void => {
      if (failed) meter.failures++;
      else meter.operations++;
      if (!begun && --waiting === 0) meter.ready();
      begun = true;
      again();
    };
    const again = (): void => {
      const remotePort = job.ports[next++ % job.ports.length];
      const endpoint = stack.connect({ remote, remotePort, config: { nagle: false } }, caller(finished));
      if (typeof endpoint === 'string') throw new Error(`connect: ${endpoint}`);
    };
    again();
  }
}

function caller(finished: (failed: boolean) => void): EndpointOwner {
  let answered = false;
  let done = false;
  return {
    signals(endpoint, signals) {
      if ((signals & Signal.Connected) !== 0) endpoint.send(OCTET);
      if ((signals & Signal.Readable) !== 0 && !answered) {
        answered = true;
        take(endpoint);
        endpoint.close();
      }
      if ((signals & (Signal.PeerFinished | Signal.Failed | Signal.Closed)) === 0 || done) return;
      done = true;
      finished(!answered || (signals & Signal.Failed) !== 0);
    },
  };
}

if (job.role === 'server') serve();
else dial();
