/**
 * The kernel's end of the demo, a process of its own: obeys what the demo asks for (peer.ts) with node:net, and ends with the
 * demo. It ignores Ctrl-C, which a terminal sends to it too: the demo says when it is over.
 */
import net from 'node:net';
import { Party } from './party.js';
import type { Answer, Peer, Request } from './peer.js';

const party = new Party({
  connect: (options) => net.connect(options),
  createServer: (options, accept) => net.createServer(options, accept),
});

const obey: { readonly [M in keyof Peer]: (args: readonly (number | string)[]) => Promise<string | void> } = {
  listen: ([port, host]) => party.listen(Number(port), String(host)),
  accept: () => party.accept(),
  connect: ([port, host]) => party.connect(Number(port), String(host)),
  send: ([octets, seed]) => party.send(Number(octets), Number(seed)),
  receive: ([octets]) => party.receive(Number(octets)),
  end: () => party.end(),
  ended: () => party.ended(),
};

const reply = (answer: Answer): void => {
  if (process.connected) process.send?.(answer);
};

async function answer({ id, method, args }: Request): Promise<void> {
  try {
    const result = await obey[method](args);
    reply(result === undefined ? { id } : { id, result });
  } catch (error) {
    reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('message', (request: Request) => void answer(request));
process.on('disconnect', () => process.exit());
