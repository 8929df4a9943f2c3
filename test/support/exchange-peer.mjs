// The kernel's end of a bulk exchange, in a process of its own: node exchange-peer.mjs connect|listen HOST PORT BYTES SEED first|last
// Sends BYTES of a seeded stream while it receives; ends its side first, or last (after the peer's end). Prints one JSON line.
import { createHash } from 'node:crypto';
import net from 'node:net';

const [role, host, port, bytes, seed, order] = process.argv.slice(2);
const total = Number(bytes);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** Octet i of the stream of a seed: the same function as in exchange.ts. */
export function fill(buffer, offset, seed) {
  for (let i = 0; i < buffer.length; i++) {
    const n = Math.imul(offset + i + seed, 0x9e3779b1);
    buffer[i] = (n ^ (n >>> 15)) & 255;
  }
  return buffer;
}

function exchange(socket) {
  const hash = createHash('sha256');
  let received = 0;
  let sent = 0;
  socket.on('data', (data) => { hash.update(data); received += data.length; });
  socket.on('end', () => { if (order === 'last') whenSent(() => socket.end()); });
  socket.on('error', (error) => say({ error: error.code ?? String(error) }));
  socket.on('close', () => { say({ received, sha256: hash.digest('hex') }); process.exit(0); });
  let done = () => undefined;
  const whenSent = (then) => { if (sent === total) then(); else done = then; };
  const pump = () => {
    while (sent < total) {
      const size = Math.min(65536, total - sent);
      sent += size;
      if (!socket.write(fill(Buffer.alloc(size), sent - size, Number(seed)))) break;
    }
    if (sent < total) return;
    socket.off('drain', pump);
    if (order === 'first') socket.end(); else done();
  };
  socket.on('drain', pump);
  pump();
}

if (role === 'connect') {
  const socket = net.connect({ host, port: Number(port), allowHalfOpen: true }, () => exchange(socket));
  socket.once('error', (error) => say({ error: error.code }));
} else {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => { server.close(); exchange(socket); });
  server.listen(Number(port), host, () => say({ listening: true }));
}
