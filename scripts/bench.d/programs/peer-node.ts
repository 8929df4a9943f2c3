/** The kernel's user on node:net (--peer node): what a Node program gets, of which a part is Node's own time. */
import { createConnection, createServer } from 'node:net';
import { job, meter } from './meter.js';
import { pour, serveStream } from './streams.js';

const OCTET = new Uint8Array([0x67]);
const { address: host, style } = job;
let waiting = job.role === 'server' ? job.ports.length : job.connections;

function first(): void {
  if (--waiting === 0) meter.ready();
}

function serve(): void {
  for (const port of job.ports) createServer({ noDelay: style === 'echo' || style === 'connect' }, serveStream).listen({ port, host: '0.0.0.0', backlog: 1024 }, first);
}

function hold(): void {
  const port = job.ports[0];
  // One buffer for all that comes: a kernel user should not be held up by the garbage collector.
  let begun = false;
  const onread = {
    buffer: Buffer.alloc(style === 'download' ? 1024 * 1024 : 64),
    callback: (octets: number): boolean => {
      meter.octets += octets;
      meter.operations++;
      if (!begun) first();
      begun = true;
      if (style === 'echo') socket.write(OCTET);
      return true;
    },
  };
  const socket = createConnection({ port, host, noDelay: style === 'echo', onread }, () => {
    if (style === 'echo') socket.write(OCTET);
    if (style !== 'upload') return;
    first();
    pour(socket);
  });
}

/** Connects, waits for its octet, closes, waits for the other side's end, and again. It closes first: TIME-WAIT is the client's. */
function openAndClose(turn: number): void {
  let next = turn;
  let begun = false;
  const again = (): void => {
    const port = job.ports[next++ % job.ports.length];
    const socket = createConnection({ port, host, noDelay: true }, () => socket.write(OCTET));
    let answered = false;
    socket.on('data', () => {
      answered = true;
      socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', (failed: boolean) => {
      if (failed || !answered) meter.failures++;
      else meter.operations++;
      if (!begun) first();
      begun = true;
      again();
    });
  };
  again();
}

if (job.role === 'server') serve();
else if (style === 'connect') for (let i = 0; i < job.connections; i++) openAndClose(i);
else for (let i = 0; i < job.connections; i++) hold();
