/**
 * The process that listens: cap and nothing else, packets out by descriptor 3, the end asked for by the end of its input.
 *
 * It is a process of its own because cap 0.2.1 aborts the one it is in (`assert(status == 0)` in its poll callback) as soon as
 * the interface is deleted or taken down, and when a session whose `open` failed is garbage-collected. Descriptor 3 is
 * written to without queueing, so an abort takes nothing along that cap had handed over; while the reader is busy the
 * kernel's buffer fills, and what does not fit there is counted.
 */
import { writeSync } from 'node:fs';
import { native } from '../device/native.js';
import { CaptureError } from './errors.js';
import { SNAP } from './length-on-wire.js';
import { type CapSession, linkTypeOf, loadCap, refusal } from './libpcap.js';
import { DropCounter, findPacketSocket, ignoreOutgoing } from './packet-statistics.js';
import { PacketPump } from './packet-pump.js';
import { RecordWriter } from './sniffer-records.js';

const LOOPBACK = 'lo';
const PIPE = 3;
const ASK_EVERY_MS = 250;
const PR_SET_DUMPABLE = 4;

/** Keeps the session reachable: see above. */
const sessions: CapSession[] = [];

const writer = new RecordWriter(writeAll);

/** Nobody reads any more: then there is nobody to listen for. */
function writeAll(octets: Uint8Array): void {
  try {
    for (let written = 0; written < octets.length;) written += writeSync(PIPE, octets, written);
  } catch {
    process.exit(1);
  }
}

/** The wall clock at the start, and what a clock that is never set has counted since. */
const now = (): number => (performance.timeOrigin + performance.now()) * 1_000;

function listen(interfaceName: string, filter: string, kernelBuffer: number): PacketPump {
  const { Cap } = loadCap();
  const session = new Cap();
  sessions.push(session);
  const buffer = Buffer.alloc(SNAP);
  let linkType: string;
  try {
    linkType = session.open(interfaceName, filter, kernelBuffer, buffer);
  } catch (error) {
    throw refusal((error as Error).message, interfaceName, filter, findPacketSocket() !== null);
  }
  const socket = findPacketSocket();
  if (interfaceName === LOOPBACK) ignoreOutgoing(socket);
  const drops = new DropCounter(socket);
  const pump = new PacketPump(session, buffer, { writer, now, dropped: () => drops.ask() });
  writer.tell({ open: { linkType: linkTypeOf(linkType) } });
  pump.account();
  return pump;
}

/** An abort would leave a core file in the user's folder. */
function leaveNoCore(): void {
  try {
    native('prctl', PR_SET_DUMPABLE, 0);
  } catch {
    // Without koffi there may be a core file.
  }
}

/** Twice round the loop: what the kernel has by now is taken. */
const finish = (pump: PacketPump): void => void setImmediate(() => setImmediate(() => {
  pump.account();
  process.exit(0);
}));

function main([interfaceName = '', filter = '', kernelBuffer = '']: readonly string[]): void {
  // The terminal tells this process of Ctrl-C, too; the other one says when it is over.
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);
  try {
    const pump = listen(interfaceName, filter, Number(kernelBuffer));
    leaveNoCore();
    setInterval(() => pump.account(), ASK_EVERY_MS);
    process.stdin.on('end', () => finish(pump)).on('error', () => finish(pump)).resume();
  } catch (error) {
    const known = error instanceof CaptureError ? error : new CaptureError('EIO', `Listening failed: ${String(error)}`, 'glasstcp doctor says what is missing');
    writer.tell({ refused: { code: known.code, message: known.message, mend: known.mend } });
    writer.flush();
    process.exit(1);
  }
}

main(process.argv.slice(2));
