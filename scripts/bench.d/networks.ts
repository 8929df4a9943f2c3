/**
 * The networks that are compared, each made anew for each measurement in network namespaces of its own: no TIME-WAIT, no
 * cached metric of an earlier one is left. A namespace lives as long as the `sleep` that holds it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_PATH } from '../../src/device/ip-command.js';

export type NetworkName = 'tun' | 'veth-plain' | 'veth' | 'loopback';

/** Every holder alive, to be ended with the benchmark. */
const holders = new Set<ChildProcess>();

/** Longer than any measurement; should the benchmark be killed, its namespaces go away by themselves. */
const HOLD_SECONDS = 120;
const environment = { ...process.env, PATH: SYSTEM_PATH, LC_ALL: 'C' };

const OFFLOADS = ['tso', 'gso', 'gro', 'tx', 'rx', 'sg'];

class Namespace {
  private constructor(private readonly holder: ChildProcess, readonly pid: number) {}

  static async make(): Promise<Namespace> {
    const holder = spawn('unshare', ['--net', 'sleep', String(HOLD_SECONDS)], { stdio: 'ignore', env: environment });
    holders.add(holder);
    const { pid } = holder;
    if (pid === undefined) throw new Error('"unshare" could not be started; to mend it: sudo apt-get install util-linux');
    const ours = readlinkSync('/proc/self/ns/net');
    for (let tries = 0; tries < 500; tries++) {
      if (holder.exitCode !== null) throw new Error('"unshare --net" failed inside the private namespace');
      if (readlinkSync(`/proc/${pid}/ns/net`) !== ours) return new Namespace(holder, pid);
      await sleep(2);
    }
    holder.kill('SIGKILL');
    throw new Error('a network namespace could not be made within 1 s');
  }

  /** The words between `nsenter` and a command to run it here. */
  get inside(): readonly string[] {
    return ['--target', String(this.pid), '--net', '--'];
  }

  run(...command: readonly string[]): void {
    execFileSync('nsenter', [...this.inside, ...command], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000, env: environment });
  }

  destroy(): void {
    holders.delete(this.holder);
    this.holder.kill('SIGKILL');
  }
}

/** For an end before the time. */
export function destroyAll(): void {
  for (const holder of holders) holder.kill('SIGKILL');
}

/** Where a server and a client are started: arguments of `nsenter`. */
export interface Network {
  /** By which the client finds the server. */
  readonly address: string;
  readonly server: readonly string[];
  readonly client: readonly string[];
  destroy(): void;
}

/**
 * The server's address is 192.0.2.2 on a veth pair, and glasstcp's over a TUN, where the kernel's is 192.0.2.1.
 * @param glassIs glasstcp's end of a TUN
 * @param congestion the kernel's congestion control on both sides, '' = as it comes
 */
export async function makeNetwork(name: NetworkName, glassIs: 'server' | 'client', congestion: string): Promise<Network> {
  const made: Namespace[] = [];
  const namespace = async (): Promise<Namespace> => {
    const one = await Namespace.make();
    made.push(one);
    one.run('ip', 'link', 'set', 'lo', 'up');
    if (congestion !== '') one.run('sh', '-c', `echo ${congestion} > /proc/sys/net/ipv4/tcp_congestion_control`);
    return one;
  };
  const destroy = (): void => made.forEach((one) => one.destroy());
  try {
    const client = await namespace();
    if (name === 'loopback') return { address: '127.0.0.1', server: client.inside, client: client.inside, destroy };
    // The TUN and both its addresses come with the program that has it open.
    if (name === 'tun') return { address: glassIs === 'server' ? '192.0.2.2' : '192.0.2.1', server: client.inside, client: client.inside, destroy };
    const server = await namespace();
    joinByVeth(client, server, name === 'veth-plain');
    return { address: '192.0.2.2', server: server.inside, client: client.inside, destroy };
  } catch (error) {
    destroy();
    throw error;
  }
}

/** MTU 1500, which is veth's own. `plain`: without what lets veth carry 64 KiB at a time, and without checksums left out. */
function joinByVeth(client: Namespace, server: Namespace, plain: boolean): void {
  client.run('sh', '-c', `ip link add v0 type veth peer name v1 netns ${server.pid} && ip addr add 192.0.2.1/24 dev v0`);
  server.run('ip', 'addr', 'add', '192.0.2.2/24', 'dev', 'v1');
  const off = plain ? OFFLOADS.flatMap((feature) => [feature, 'off']) : [];
  for (const [one, device] of [[client, 'v0'], [server, 'v1']] as const) {
    if (plain) one.run('ethtool', '-K', device, ...off);
    one.run('ip', 'link', 'set', device, 'up');
  }
}
