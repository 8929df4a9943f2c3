/** A TCP socket of the kernel's that listens on one address and port and hears nothing: a filter drops every segment for it. */
import type { Address } from '../util/address.js';
import { errnoName, libc } from './libc.js';
import { native, NativeMemory } from './native.js';
import { DROP_ALL, FilterInMemory, FPROG_SIZE, SO_ATTACH_FILTER, SOL_SOCKET } from './socket-filter.js';

const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_STREAM = 1;
/** Children of this process do not inherit it. */
const SOCK_CLOEXEC = 0x80000;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;
/** struct sockaddr_in6; the first 16 octets hold a sockaddr_in. */
const SOCKADDR_SIZE = 28;

/** The call that failed, and the name of its errno. */
export class ListenerRefused extends Error {
  constructor(readonly call: string, readonly code: string) {
    super(`${call}() says ${code}`);
  }
}

export class KernelListener {
  readonly port: number;
  private fd: number;

  /** @param port 0 = any that is free @throws ListenerRefused */
  constructor(address: Address, port: number) {
    const version = address.isV4 ? AF_INET : AF_INET6;
    this.fd = call('socket', version, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const memory = new NativeMemory(SOCKADDR_SIZE);
    const filter = new FilterInMemory(DROP_ALL);
    try {
      if (version === AF_INET6) this.allowOnlyIpv6(memory);
      call('bind', this.fd, memory.address, writeSockaddr(memory.view, address, port));
      // Before listen(): there is no moment at which the kernel would take a connection.
      call('setsockopt', this.fd, SOL_SOCKET, SO_ATTACH_FILTER, filter.address, FPROG_SIZE);
      call('listen', this.fd, 1);
      this.port = port === 0 ? this.boundPort(memory) : port;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      memory.free();
      filter.free();
    }
  }

  /** Idempotent. */
  close(): void {
    if (this.fd >= 0) native('close', this.fd);
    this.fd = -1;
  }

  private allowOnlyIpv6(memory: NativeMemory): void {
    memory.view.setUint32(0, 1, true);
    call('setsockopt', this.fd, IPPROTO_IPV6, IPV6_V6ONLY, memory.address, 4);
  }

  private boundPort(address: NativeMemory): number {
    const length = new NativeMemory(4);
    try {
      length.view.setUint32(0, SOCKADDR_SIZE, true);
      call('getsockname', this.fd, address.address, length.address);
      return address.view.getUint16(2);
    } finally {
      length.free();
    }
  }
}

/** @returns its size, octets */
function writeSockaddr(view: DataView, address: Address, port: number): number {
  for (let i = 0; i < SOCKADDR_SIZE; i++) view.setUint8(i, 0);
  view.setUint16(0, address.isV4 ? AF_INET : AF_INET6, true);
  view.setUint16(2, port);
  if (address.isV4) {
    view.setInt32(4, address.w3);
    return 16;
  }
  [address.w0, address.w1, address.w2, address.w3].forEach((word, i) => { view.setInt32(8 + 4 * i, word); });
  return SOCKADDR_SIZE;
}

function call(name: string, ...args: (number | bigint)[]): number {
  const { value, errno } = native(name, ...args);
  if (value === -1) throw new ListenerRefused(name, errnoName(libc().koffi, errno));
  return value;
}
