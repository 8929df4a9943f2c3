/**
 * The wire between a script and glasstcp in real time: a TUN interface without any address, so that the kernel carries
 * packets between its two sides, glasstcp's descriptor and the script's packet socket, and has nothing to say itself.
 */
import { closeSync } from 'node:fs';
import { attachTun } from '../../device/tun-ioctl.js';
import { ip } from '../../device/ip-command.js';
import type { SeenPacket } from '../subject.js';
import { NativeMemory, native } from '../../device/native.js';
import { PacketSocket, Passing } from './packet-socket.js';

const LARGEST = 65_535;

export class StackWire {
  /** Readable when the script has sent a packet to glasstcp. */
  readonly stackFd: number;
  private readonly script: PacketSocket;
  private readonly buffer = new NativeMemory(LARGEST);

  /** @throws DeviceError */
  constructor(name: string, mtu: number) {
    this.stackFd = attachTun(name).fd;
    ip('link', 'set', 'dev', name, 'addrgenmode', 'none');
    ip('link', 'set', 'dev', name, 'mtu', String(mtu), 'up');
    this.script = new PacketSocket(name);
  }

  /** Readable when glasstcp has sent a packet to the script. */
  get scriptFd(): number {
    return this.script.fd;
  }

  /** The script sends. @returns did the interface take it */
  inject(octets: Uint8Array): boolean {
    return this.script.send(octets);
  }

  /** What glasstcp sent, as the script sees it. `at` is µs since 1970. */
  take(): SeenPacket | undefined {
    return this.script.take(Passing.Incoming);
  }

  /** What the script sent, for glasstcp; undefined = nothing waits. */
  read(): Uint8Array | undefined {
    const length = native('read', this.stackFd, this.buffer.address, LARGEST).value;
    return length > 0 ? this.buffer.octets.slice(0, length) : undefined;
  }

  /** glasstcp sends. */
  write(octets: Uint8Array): void {
    this.buffer.octets.set(octets);
    native('write', this.stackFd, this.buffer.address, octets.length);
  }

  close(): void {
    this.script.close();
    closeSync(this.stackFd);
    this.buffer.free();
  }
}
