/** glasstcp's user on its Host and Socket, which look like node:net: what streams cost on top. Server's end only. */
import { Host, tun } from './glass-parts.js';
import { job, meter } from './meter.js';
import { serveStream } from './streams.js';

const host = new Host({ device: tun.device, clock: tun.clock, addresses: [tun.address] });
let waiting = job.ports.length;
for (const port of job.ports) {
  host.createServer(serveStream).listen({ port, backlog: 1024 }, () => {
    if (--waiting === 0) meter.ready();
  });
}
