/** The server's end of every load on a stream.Duplex: node:net's Socket or glasstcp's, which have the same face. */
import type { Duplex } from 'node:stream';
import { job, meter } from './meter.js';

const CHUNK = 256 * 1024;

export function serveStream(socket: Duplex): void {
  socket.on('error', () => undefined); // the client's end counts failures
  switch (job.style) {
    case 'upload':
      socket.on('data', (data: Uint8Array) => { meter.octets += data.length; });
      break;
    case 'download':
      socket.resume();
      pour(socket);
      break;
    default:
      socket.on('data', (data: Uint8Array) => {
        meter.octets += data.length;
        meter.operations++;
        socket.write(data);
      });
  }
}

/** Fills the stream's buffer, and again whenever it has drained. */
export function pour(socket: Duplex): void {
  const chunk = Buffer.alloc(CHUNK);
  const fill = (): void => {
    do meter.octets += CHUNK;
    while (socket.write(chunk));
  };
  socket.on('drain', fill);
  fill();
}
