/** One of the two hosts of a lab: what a play does with it. */
import type { Unsafe } from '../../tcp/unsafe.js';
import type { End, Role } from '../ends/end.js';
import { GlassEnd } from '../ends/glass-end.js';
import { type CallTold, LabSocket } from './lab-socket.js';

export class Host {
  constructor(readonly role: Role, readonly end: End, private readonly other: string, private readonly told: CallTold) {}

  get address(): string {
    return this.end.address;
  }

  socket(): LabSocket {
    return LabSocket.open(this.end, this.told);
  }

  listen(port: number, backlog?: number): LabSocket {
    return this.socket().listen(port, backlog);
  }

  /** Begins to connect to the other host. */
  connect(port: number): LabSocket {
    return this.socket().connect(this.other, port);
  }

  sysctl(name: string, value: string | number): void {
    this.end.sysctl(name, value);
  }

  /** From now on this host leaves out what protects TCP. @throws Error on a host that is the kernel */
  becomeUnsafe(variant: Unsafe | null): void {
    if (!(this.end instanceof GlassEnd)) throw new Error('the kernel cannot be made unsafe');
    this.end.calls.becomeUnsafe(variant);
  }
}
