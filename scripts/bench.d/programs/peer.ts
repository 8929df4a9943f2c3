/**
 * The kernel's user, client or server: the loads as a program in C would do them, one process, epoll, nothing allocated per
 * message. Node's own sockets would be what is measured wherever the kernel is faster than they are (see peer-node.ts).
 */
import { job, meter } from './meter.js';
import { Readiness, accept, close, connectTo, endSending, listenOn, read, sendAtOnce, write } from './system-calls.js';

const { style } = job;
const small = style === 'echo' || style === 'connect';
const buffer = new Uint8Array(256 * 1024);
const OCTET = new Uint8Array([0x67]);
const ready = new Readiness();
/** Listeners (server), or connections that are being opened (client). */
const fresh = new Set<number>();

function serve(): void {
  for (const port of job.ports) {
    const listener = listenOn(port, 1024);
    fresh.add(listener);
    ready.add(listener, 'read');
  }
  meter.ready();
  turns((fd) => {
    if (fresh.has(fd)) welcome(fd);
    else if (style === 'download') pour(fd);
    else answer(fd);
  });
}

function welcome(listener: number): void {
  for (let fd = accept(listener); fd >= 0; fd = accept(listener)) {
    if (small) sendAtOnce(fd);
    ready.add(fd, style === 'download' ? 'write' : 'read');
  }
}

function answer(fd: number): void {
  const octets = read(fd, buffer, buffer.length);
  if (octets <= 0) return void close(fd);
  meter.octets += octets;
  meter.operations++;
  if (small) write(fd, buffer, octets);
}

function pour(fd: number): void {
  const octets = write(fd, buffer, buffer.length);
  if (octets > 0) meter.octets += octets;
  else close(fd);
}

/** Connections that have had their answer (and, for `connect`, wait for the other side's end). */
const answered = new Set<number>();
let waiting = job.connections;
let next = 0;

function dial(): void {
  for (let i = 0; i < job.connections; i++) open();
  turns((fd) => {
    if (fresh.delete(fd)) opened(fd);
    else if (style === 'upload') pour(fd);
    else if (style === 'connect') converse(fd);
    else take(fd);
  });
}

function open(): void {
  const fd = connectTo(job.address, job.ports[next++ % job.ports.length], small);
  fresh.add(fd);
  ready.add(fd, 'write');
}

function opened(fd: number): void {
  if (style === 'upload') return first(fd);
  ready.change(fd, 'read');
  if (small) write(fd, OCTET, 1);
}

function first(fd: number): void {
  answered.add(fd);
  if (--waiting === 0) meter.ready();
}

function take(fd: number): void {
  const octets = read(fd, buffer, buffer.length);
  if (octets <= 0) throw new Error('a connection ended');
  meter.octets += octets;
  meter.operations++;
  if (waiting > 0 && !answered.has(fd)) first(fd);
  if (style === 'echo') write(fd, OCTET, 1);
}

/** An octet back: ours is the first FIN, so that TIME-WAIT is the client's. Then the end: the next one. */
function converse(fd: number): void {
  const octets = read(fd, buffer, buffer.length);
  if (octets > 0) {
    answered.add(fd);
    endSending(fd);
    return;
  }
  close(fd);
  if (answered.delete(fd) && octets === 0) meter.operations++;
  else meter.failures++;
  if (waiting > 0 && --waiting === 0) meter.ready();
  open();
}

/** Waits at most 1 ms at a time: the benchmark's marks come by Node's loop. */
function turns(act: (fd: number) => void): void {
  for (let i = 0; i < 16; i++) ready.wait(1, act);
  setImmediate(turns, act);
}

if (job.role === 'server') serve();
else dial();
