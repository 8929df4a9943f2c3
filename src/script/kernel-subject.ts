/** The kernel's TCP as a subject: a namespace and a TUN of its own, real socket calls, real time. */
import { spawnSync } from 'node:child_process';
import type { PendingCall, SocketCall, Sockets } from '../bsd/sockets.js';
import { SYSTEM_PATH, configureLink, ip } from '../device/ip-command.js';
import type { Micros } from '../util/units.js';
import { BlockingThread } from './kernel/blocking-thread.js';
import { enterFreshNamespace } from './kernel/fresh-namespace.js';
import { KernelSockets } from './kernel/kernel-sockets.js';
import { native } from '../device/native.js';
import { awaitReadable, awaitTick, beRealTime, wallClock } from './kernel/kernel-time.js';
import { ScriptWire } from './kernel/script-wire.js';
import type { CommandResult, SeenPacket, Subject, SubjectOptions } from './subject.js';

/** Scripts name it in their commands. */
const INTERFACE = 'tun0';
const SHUT_RDWR = 2;
/** The last µs before an instant are spent looking at the clock: a sleep ends a little late. */
const SPIN: Micros = 60;

export class KernelSubject implements Subject, Sockets {
  readonly name = 'kernel';
  readonly realTime = true;
  readonly sockets: Sockets = this;
  private readonly leave: () => void;
  private readonly wire: ScriptWire;
  private readonly calls: KernelSockets;
  private thread: BlockingThread | undefined;
  /** Sent by the kernel and not taken yet. */
  private readonly waiting: SeenPacket[] = [];
  private readonly privileged: boolean;
  private readonly start: Micros;
  private closed = false;

  /** @throws DeviceError when namespace, TUN or packet socket cannot be had */
  constructor(options: SubjectOptions, blockingCalls: boolean) {
    this.leave = enterFreshNamespace();
    try {
      ip('link', 'set', 'lo', 'up');
      this.wire = new ScriptWire(INTERFACE);
      configureLink(INTERFACE, options.mtu, [{ local: `${options.localAddress}/${options.prefixLength}` }]);
      route(options);
      this.privileged = beRealTime(true);
      beRealTime(false);
      if (blockingCalls) this.thread = new BlockingThread(this.privileged);
    } catch (error) {
      this.leave();
      throw error;
    }
    this.start = wallClock();
    this.calls = new KernelSockets(() => this.now(), (at) => at - this.start, () => this.blockingThread());
    beRealTime(true);
  }

  now(): Micros {
    return wallClock() - this.start;
  }

  begin(call: SocketCall, mayBlock: boolean): PendingCall {
    return this.calls.begin(call, mayBlock);
  }

  waitUntil(at: Micros): void {
    for (let left = at - this.now(); left > 0; left = at - this.now()) {
      if (this.calls.collect() || this.fetch()) return;
      const fds = this.calls.blocked && this.thread !== undefined ? [this.wire.snifferFd, this.thread.wakeFd] : [this.wire.snifferFd];
      awaitReadable(fds, left > SPIN ? left - SPIN : 0);
    }
  }

  inject(octets: Uint8Array, segmentSize = 0): void {
    this.wire.inject(octets, segmentSize);
  }

  takePacket(): SeenPacket | undefined {
    this.fetch();
    return this.waiting.shift();
  }

  command(text: string, scriptFolder: string): CommandResult {
    beRealTime(false);
    const run = spawnSync('sh', ['-c', text], {
      cwd: scriptFolder, encoding: 'utf8', timeout: 60_000, env: { ...process.env, PATH: SYSTEM_PATH, PACKETDRILL_PID: String(process.pid) }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    beRealTime(true);
    const output = `${run.stdout ?? ''}${run.stderr ?? ''}`.trim();
    if (run.status === 0) return { ok: true, output };
    return { ok: false, output: output || run.error?.message || `exit status ${run.status ?? run.signal}` };
  }

  atStart(): void {
    awaitTick();
  }

  decisions(): [] {
    return [];
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    beRealTime(false);
    for (const fd of this.calls.open) native('shutdown', fd, SHUT_RDWR); // wakes whoever blocks on it
    this.thread?.close();
    for (const fd of this.calls.open) native('close', fd);
    this.wire.close();
    this.leave();
  }

  /** @returns does a packet wait */
  private fetch(): boolean {
    for (let packet = this.wire.take(); packet !== undefined; packet = this.wire.take()) {
      if (isTcpOrIcmpError(packet.octets)) this.waiting.push({ ...packet, at: packet.at - this.start });
    }
    return this.waiting.length > 0;
  }

  private blockingThread(): BlockingThread {
    this.thread ??= new BlockingThread(this.privileged);
    return this.thread;
  }
}

/** What scripts speak of; not neighbour discovery, router solicitations, IGMP, which kernels send of themselves. */
function isTcpOrIcmpError(octets: Uint8Array): boolean {
  if (octets[0] >>> 4 === 4) return octets[9] === 6 || octets[9] === 1;
  return octets[6] === 6 || (octets[6] === 58 && octets[40] < 128);
}

/** Packets for the script's peer go into the TUN, by way of a gateway that nobody is. */
function route({ ipVersion, remotePrefix, gatewayAddress }: SubjectOptions): void {
  const family = ipVersion === 'ipv6' ? '-6' : '-4';
  try {
    ip(family, 'route', 'add', remotePrefix, 'dev', INTERFACE, 'via', gatewayAddress);
  } catch {
    ip(family, 'route', 'add', remotePrefix, 'dev', INTERFACE); // the gateway is not on the link
  }
}
