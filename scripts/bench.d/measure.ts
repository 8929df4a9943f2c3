/** One measurement: a network, a server, a client, a while to warm up, and what both did between two marks. */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Program } from './children.js';
import type { Load } from './loads.js';
import { makeNetwork, type NetworkName } from './networks.js';
import type { DeviceTotals, Job, Mark } from './programs/job.js';

const FIRST_PORT = 5001;
/** A kernel client finds some 28,000 free ports towards each port of a server, and leaves each in TIME-WAIT for 60 s. */
const PORTS = 16;

export interface Plan {
  readonly load: Load;
  readonly network: NetworkName;
  readonly seconds: number;
  readonly congestion: string;
  /** The kernel's user: epoll without more, or node:net. */
  readonly peer: 'epoll' | 'node';
  /** Where the programs are. */
  readonly programs: string;
  /** Save a V8 profile of glasstcp's processor time here. */
  readonly profile?: string;
}

/** Processor seconds per second of one program: 1 = a core. */
export interface Busy {
  readonly user: number;
  readonly system: number;
}

export interface Measured {
  /** In the load's unit. */
  readonly value: number;
  readonly seconds: number;
  readonly failures: number;
  readonly server: Busy;
  readonly client: Busy;
  /** Processors busy with anything else, the kernel's own threads included. */
  readonly elsewhere: number;
  /** What went through glasstcp's device between the marks. */
  readonly device?: DeviceTotals;
}

export async function measure(plan: Plan): Promise<Measured> {
  const { load, programs } = plan;
  const network = await makeNetwork(plan.network, load.glassIs, plan.congestion);
  const running: Program[] = [];
  const start = async (role: Job['role']): Promise<Program> => {
    const program = plan.network === 'tun' && role === load.glassIs ? `${load.program}.js` : plan.peer === 'node' ? 'peer-node.js' : 'peer.js';
    const job: Job = {
      role, style: load.style, address: network.address, connections: load.connections,
      ports: Array.from({ length: load.style === 'connect' ? PORTS : 1 }, (_, i) => FIRST_PORT + i),
    };
    const one = Program.start(network[role], join(programs, program), job);
    running.push(one);
    await one.ready();
    return one;
  };
  try {
    const server = await start('server');
    const client = await start('client');
    await sleep(warmUp(plan) * 1000);
    const before = await marks(server, client, plan);
    await sleep(plan.seconds * 1000);
    const after = await marks(server, client, plan);
    return between(load, before, after);
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    network.destroy();
  }
}

/** Seconds until windows are open and V8 has compiled what is hot: a connection's whole life takes the longest. */
function warmUp({ load, network }: Plan): number {
  if (network !== 'tun') return 0.25;
  return load.style === 'connect' ? 1 : 0.5;
}

interface Snapshot {
  readonly server: Mark;
  readonly client: Mark;
  /** Seconds that all processors together have been busy. */
  readonly machine: number;
}

async function marks(server: Program, client: Program, plan: Plan): Promise<Snapshot> {
  const profiled = (role: Job['role']): string | undefined => (role === plan.load.glassIs ? plan.profile : undefined);
  const [s, c] = await Promise.all([server.mark(profiled('server')), client.mark(profiled('client'))]);
  return { server: s, client: c, machine: busyProcessors() };
}

function busyProcessors(): number {
  let ms = 0;
  for (const { times } of cpus()) ms += times.user + times.nice + times.sys + times.irq;
  return ms / 1000;
}

/** Octets count where they arrive; round trips and connections where they were begun. */
function between(load: Load, before: Snapshot, after: Snapshot): Measured {
  const counting = load.style === 'upload' ? 'server' : 'client';
  const [from, to] = [before[counting], after[counting]];
  const seconds = (to.at - from.at) / 1e6;
  const value = load.unit === 'Gbit/s' ? ((to.octets - from.octets) * 8) / seconds / 1e9 : (to.operations - from.operations) / seconds;
  const server = busy(before.server, after.server);
  const client = busy(before.client, after.client);
  return {
    value, seconds, server, client,
    failures: after.client.failures - before.client.failures,
    elsewhere: Math.max(0, (after.machine - before.machine) / seconds - server.user - server.system - client.user - client.system),
    device: through(before[load.glassIs].device, after[load.glassIs].device),
  };
}

const busy = (from: Mark, to: Mark): Busy => ({
  user: (to.userTime - from.userTime) / (to.at - from.at),
  system: (to.systemTime - from.systemTime) / (to.at - from.at),
});

function through(from: DeviceTotals | undefined, to: DeviceTotals | undefined): DeviceTotals | undefined {
  if (from === undefined || to === undefined) return undefined;
  return { packetsIn: to.packetsIn - from.packetsIn, packetsOut: to.packetsOut - from.packetsOut, wakeUps: to.wakeUps - from.wakeUps };
}
