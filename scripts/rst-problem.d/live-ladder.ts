/** One handshake and three octets from glasstcp to the kernel on 127.0.0.1, watched by a packet socket on lo, as a ladder. */
import net from 'node:net';
import pc from 'picocolors';
import { LinkType } from '../../src/capture/frame.js';
import { isSighting, ObservedSource } from '../../src/cli/observed/observed-source.js';
import { ObservedLadder } from '../../src/cli/observed/observed-ladder.js';
import { openRaw } from '../../src/device/raw.js';
import { Host } from '../../src/net/host.js';
import { PacketSocket, Passing } from '../../src/script/kernel/packet-socket.js';
import { RealClock } from '../../src/stack/clock.js';

const ADDRESS = '127.0.0.1';
const OUR_PORT = 40_000;
const SERVER_PORT = 7002;
const WIDTH = 100;
/** Longer than anything takes that comes of it. */
const PATIENCE_MS = 10_000;
/** The last ACK is on its way; or a FIN that shall not ride on the text. */
const PAUSE_MS = 100;

/** In a private network namespace whose lo is up. @returns the ladder as text */
export async function liveLadder(guard: boolean): Promise<string> {
  const server = await serve();
  const sniffer = new PacketSocket('lo');
  const clock = new RealClock();
  const device = await openRaw({ addresses: [ADDRESS], clock, mtu: 1500, guard });
  while (sniffer.take(Passing.Incoming) !== undefined); // the guard's own proof
  const host = new Host({ device, clock, addresses: [ADDRESS] });
  try {
    await converse(host);
    return draw(sniffer);
  } finally {
    host.close();
    sniffer.close();
    server.close();
  }
}

function serve(): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.resume();
  });
  return new Promise((ready) => server.listen(SERVER_PORT, ADDRESS, () => ready(server)));
}

/** Ends when the connection is over, or when it waits for nothing but 2MSL. */
function converse(host: Host): Promise<void> {
  return new Promise((done, late) => {
    const timer = setTimeout(() => late(new Error('the conversation did not come to its end')), PATIENCE_MS);
    const over = (): void => {
      clearTimeout(timer);
      setTimeout(done, PAUSE_MS);
    };
    const socket = host.connect({ host: ADDRESS, port: SERVER_PORT, localPort: OUR_PORT });
    socket.on('error', over);
    socket.on('end', over);
    socket.on('connect', () => {
      socket.write('abc');
      setTimeout(() => socket.end(), PAUSE_MS);
    });
    socket.resume();
  });
}

function draw(sniffer: PacketSocket): string {
  const source = new ObservedSource();
  let text = '';
  let ladder: ObservedLadder | undefined;
  let number = 0;
  for (let packet = sniffer.take(Passing.Incoming); packet !== undefined; packet = sniffer.take(Passing.Incoming)) {
    number++;
    const nanos = BigInt(Math.round(packet.at)) * 1_000n;
    const seen = source.see({ number, nanos, bytes: packet.octets, length: packet.octets.length, linkType: LinkType.Ethernet });
    if (!isSighting(seen)) continue;
    ladder ??= new ObservedLadder({ terminal: { width: WIDTH, colors: pc.createColors(false) }, start: seen.at, write: (lines) => { text += lines; } });
    ladder.see(seen);
  }
  ladder?.finish();
  return text;
}
