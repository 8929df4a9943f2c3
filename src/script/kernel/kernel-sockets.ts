/** Socket calls answered by this machine's kernel: each is the libc function of its name, on real descriptors with real errnos. */
import type { CallResult, ControlMessage, PendingCall, SocketCall, Sockets } from '../../bsd/sockets.js';
import type { Micros } from '../../util/units.js';
import type { BlockingThread } from './blocking-thread.js';
import { NativeMemory, type NativeResult, native } from '../../device/native.js';
import { SOCKADDR_STORAGE, readSockaddr, writeSockaddr } from './sockaddr.js';

/** A libc call ready to be made, and how to read what it left in memory. */
interface Prepared {
  readonly name: string;
  readonly args: readonly (number | bigint)[];
  readonly result: (raw: NativeResult) => CallResult;
  /** What the arguments point at; freed when the result has been read. */
  readonly memory?: readonly NativeMemory[];
}

interface Running extends PendingCall {
  result: CallResult | undefined;
  endedAt: Micros;
}

/** struct msghdr and struct iovec of 64-bit Linux. */
const MSGHDR = 56;
const IOVEC = 16;
const CMSG_HEADER = 16;
const plain = ({ value, errno }: NativeResult): CallResult => ({ value, errno });

export class KernelSockets implements Sockets {
  /** Descriptors that are ours to close. */
  readonly open = new Set<number>();
  private pending: { readonly running: Running; readonly prepared: Prepared } | undefined;

  constructor(private readonly now: () => Micros, /** Wall clock to the subject's. */ private readonly fromWall: (at: Micros) => Micros, private readonly thread: () => BlockingThread) {}

  begin(call: SocketCall, mayBlock: boolean): PendingCall {
    const prepared = prepare(call);
    const running: Running = { call, startedAt: this.now(), result: undefined, endedAt: NaN };
    if (mayBlock) {
      this.thread().begin(prepared.name, prepared.args);
      this.pending = { running, prepared };
      this.collect();
      return running;
    }
    this.finish(running, prepared, native(prepared.name, ...prepared.args), this.now());
    return running;
  }

  /** Looks whether the call that blocked has returned. @returns it has, just now */
  collect(): boolean {
    if (this.pending === undefined) return false;
    const done = this.thread().take();
    if (done === undefined) return false;
    const { running, prepared } = this.pending;
    this.pending = undefined;
    this.finish(running, prepared, done.result, this.fromWall(done.endedAt));
    return true;
  }

  get blocked(): boolean {
    return this.pending !== undefined;
  }

  private finish(running: Running, prepared: Prepared, raw: NativeResult, at: Micros): void {
    running.result = prepared.result(raw);
    for (const memory of prepared.memory ?? []) memory.free();
    running.endedAt = at;
    const { call } = running;
    if (raw.value < 0) return;
    if (call.name === 'socket' || call.name === 'accept') this.open.add(raw.value);
    if (call.name === 'close') this.open.delete(call.fd);
  }
}

function prepare(call: SocketCall): Prepared {
  switch (call.name) {
    case 'socket': return { name: 'socket', args: [call.domain, call.type, call.protocol], result: plain };
    case 'bind':
    case 'connect': {
      const memory = new NativeMemory(SOCKADDR_STORAGE);
      const length = writeSockaddr(memory.view, call.address);
      return { name: call.name, args: [call.fd, memory.address, length], result: plain, memory: [memory] };
    }
    case 'listen': return { name: 'listen', args: [call.fd, call.backlog], result: plain };
    case 'accept': return withAddress('accept4', call.fd, [call.flags]);
    case 'getsockname':
    case 'getpeername': return withAddress(call.name, call.fd, []);
    case 'send': return call.control === undefined ? prepareSend(call) : prepareSendmsg(call, call.control);
    case 'recv': return prepareRecvmsg(call.fd, call.length, call.flags, call.controlLength ?? 0);
    case 'shutdown': return { name: 'shutdown', args: [call.fd, call.how], result: plain };
    case 'close': return { name: 'close', args: [call.fd], result: plain };
    case 'setsockopt': {
      const memory = copied(call.value);
      return { name: 'setsockopt', args: [call.fd, call.level, call.option, memory.address, call.value.length], result: plain, memory: [memory] };
    }
    case 'getsockopt': return prepareGetsockopt(call.fd, call.level, call.option, call.length);
    case 'fcntl': return { name: 'fcntl', args: [call.fd, call.command, call.argument], result: plain };
    case 'ioctl': {
      const memory = new NativeMemory(8);
      return { name: 'ioctl', args: [call.fd, call.request, memory.address], result: (raw) => ({ ...raw, octets: memory.octets.slice(0, 4) }), memory: [memory] };
    }
    case 'poll': {
      const memory = new NativeMemory(8 * Math.max(1, call.entries.length));
      call.entries.forEach(({ fd, events }, i) => {
        memory.view.setInt32(8 * i, fd, true);
        memory.view.setInt16(8 * i + 4, events, true);
      });
      return {
        name: 'poll', args: [memory.address, call.entries.length, call.timeout],
        result: (raw) => ({ ...raw, revents: call.entries.map((_, i) => memory.view.getUint16(8 * i + 6, true)) }), memory: [memory],
      };
    }
  }
}

function copied(octets: Uint8Array): NativeMemory {
  const memory = new NativeMemory(Math.max(1, octets.length));
  memory.octets.set(octets);
  return memory;
}

function withAddress(name: string, fd: number, more: readonly number[]): Prepared {
  const memory = new NativeMemory(SOCKADDR_STORAGE + 4);
  memory.view.setUint32(SOCKADDR_STORAGE, SOCKADDR_STORAGE, true);
  return {
    name, args: [fd, memory.address, memory.address + BigInt(SOCKADDR_STORAGE), ...more],
    result: (raw) => (raw.value < 0 ? plain(raw) : { ...raw, address: readSockaddr(memory.view, memory.view.getUint32(SOCKADDR_STORAGE, true)) }),
    memory: [memory],
  };
}

function prepareSend(call: SocketCall & { name: 'send' }): Prepared {
  const text = copied(call.octets);
  const [buffer, size] = call.nowhere === undefined ? [text.address, call.octets.length] : [0, call.nowhere];
  if (call.to === undefined) return { name: 'send', args: [call.fd, buffer, size, call.flags], result: plain, memory: [text] };
  const to = new NativeMemory(SOCKADDR_STORAGE);
  const length = writeSockaddr(to.view, call.to);
  return { name: 'sendto', args: [call.fd, buffer, size, call.flags, to.address, length], result: plain, memory: [text, to] };
}

function prepareSendmsg(call: SocketCall & { name: 'send' }, control: readonly ControlMessage[]): Prepared {
  const text = copied(call.octets);
  const name = new NativeMemory(SOCKADDR_STORAGE);
  const nameLength = call.to === undefined ? 0 : writeSockaddr(name.view, call.to);
  const ancillary = writeControl(control);
  const header = messageHeader(text, call.octets.length, name, nameLength, ancillary, ancillary.octets.length);
  return { name: 'sendmsg', args: [call.fd, header.address, call.flags], result: plain, memory: [text, name, ancillary, header] };
}

function writeControl(control: readonly ControlMessage[]): NativeMemory {
  const space = control.map(({ data }) => CMSG_HEADER + ((data.length + 7) & ~7));
  const memory = new NativeMemory(Math.max(1, space.reduce((a, b) => a + b, 0)));
  let at = 0;
  control.forEach(({ level, type, data }, i) => {
    memory.view.setBigUint64(at, BigInt(CMSG_HEADER + data.length), true);
    memory.view.setInt32(at + 8, level, true);
    memory.view.setInt32(at + 12, type, true);
    memory.octets.set(data, at + CMSG_HEADER);
    at += space[i];
  });
  return memory;
}

/** msghdr with its one iovec right behind it. */
function messageHeader(text: NativeMemory, length: number, name: NativeMemory, nameLength: number, control: NativeMemory, controlLength: number): NativeMemory {
  const header = new NativeMemory(MSGHDR + IOVEC);
  const { view } = header;
  view.setBigUint64(0, nameLength > 0 ? name.address : 0n, true);
  view.setUint32(8, nameLength, true);
  view.setBigUint64(16, header.address + BigInt(MSGHDR), true);
  view.setBigUint64(24, 1n, true);
  view.setBigUint64(32, controlLength > 0 ? control.address : 0n, true);
  view.setBigUint64(40, BigInt(controlLength), true);
  view.setBigUint64(MSGHDR, text.address, true);
  view.setBigUint64(MSGHDR + 8, BigInt(length), true);
  return header;
}

function prepareRecvmsg(fd: number, length: number, flags: number, controlLength: number): Prepared {
  const text = new NativeMemory(Math.max(1, length));
  const name = new NativeMemory(SOCKADDR_STORAGE);
  const control = new NativeMemory(Math.max(1, controlLength));
  const header = messageHeader(text, length, name, SOCKADDR_STORAGE, control, controlLength);
  return {
    name: 'recvmsg', args: [fd, header.address, flags], memory: [text, name, control, header],
    result: (raw) => {
      if (raw.value < 0) return plain(raw);
      return {
        ...raw,
        octets: text.octets.slice(0, Math.min(length, raw.value)),
        address: readSockaddr(name.view, header.view.getUint32(8, true)),
        flags: header.view.getInt32(48, true),
        control: readControl(control, Number(header.view.getBigUint64(40, true))),
      };
    },
  };
}

function readControl(memory: NativeMemory, length: number): ControlMessage[] {
  const messages: ControlMessage[] = [];
  for (let at = 0; at + CMSG_HEADER <= length;) {
    const size = Number(memory.view.getBigUint64(at, true));
    if (size < CMSG_HEADER || at + size > length) break;
    messages.push({
      level: memory.view.getInt32(at + 8, true), type: memory.view.getInt32(at + 12, true), data: memory.octets.slice(at + CMSG_HEADER, at + size),
    });
    at += (size + 7) & ~7;
  }
  return messages;
}

function prepareGetsockopt(fd: number, level: number, option: number, length: number): Prepared {
  const memory = new NativeMemory(Math.max(1, length) + 8);
  const lengthAt = (Math.max(1, length) + 3) & ~3;
  memory.view.setUint32(lengthAt, length, true);
  return {
    name: 'getsockopt', args: [fd, level, option, memory.address, memory.address + BigInt(lengthAt)], memory: [memory],
    result: (raw) => (raw.value < 0 ? plain(raw) : { ...raw, octets: memory.octets.slice(0, memory.view.getUint32(lengthAt, true)) }),
  };
}
