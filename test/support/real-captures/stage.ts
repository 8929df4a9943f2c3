/** What a scene is played on: private networks, the kernel's TCP as peers in them, lines between them, captures of it all. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type KernelSocket, parseProcNetTcp } from '../../../src/cli/demo/kernel-states.js';
import { ip } from '../../../src/device/ip-command.js';
import { Netem, type NetemOptions } from '../../../src/device/netem.js';
import { type TunDevice, openTun } from '../../../src/device/tun.js';
import { RealClock } from '../../../src/stack/clock.js';
import { PrivateNetwork, type Program } from './network.js';
import { SNIFFER, type Sniffer, type Sniffing, droppedBy, dumpcap, sniffer } from './sniffers.js';

/** What the kernel may still have to say, and a sniffer to read, when a scene is over. */
const SETTLE_MS = SNIFFER === 'tcpdump' ? 250 : 700;

/** No packet is longer: the sniffer's buffer has slots of this size, and with small ones it has many. Octets. */
const LARGEST = { line: 1600, lo: 65_600 };

export interface CaptureOptions extends Partial<Sniffing> {
  /** Of the file, when it is not the scene's own. */
  readonly as?: string;
}

/** Two networks and the line between them; the names of the interfaces at its ends. */
export interface Line {
  readonly a: PrivateNetwork;
  readonly b: PrivateNetwork;
  readonly atA: string;
  readonly atB: string;
}

/** The ends of every line. */
export const A = { v4: '192.0.2.1', v6: '2001:db8::1' } as const;
export const B = { v4: '192.0.2.2', v6: '2001:db8::2' } as const;

export interface Captured {
  readonly name: string;
  readonly file: string;
  /** The kernel's sockets at the place of the capture, when it ended. */
  readonly sockets: readonly KernelSocket[];
  /** Whether an address is this kernel's. */
  readonly isNear: (address: string) => boolean;
  /** All that passed is in it: no filter, and nothing that the sniffer had no room for. */
  readonly whole: boolean;
}

interface Running {
  readonly name: string;
  readonly file: string;
  readonly network: PrivateNetwork;
  readonly program: Program;
  readonly filtered: boolean;
}

export class Stage {
  readonly captured: Captured[] = [];
  /** Packets that the sniffers had no room for. */
  dropped = 0;
  private readonly networks: PrivateNetwork[] = [];
  private readonly devices: { close(): void }[] = [];
  private running: Running[] = [];

  constructor(private readonly folder: string, private readonly scene: string) {}

  /** A network on which the kernel behaves alike on all machines: Reno, nothing remembered of earlier connections. */
  async network(): Promise<PrivateNetwork> {
    const network = await PrivateNetwork.make();
    this.networks.push(network);
    await network.run('sysctl', '-q', '-w', 'net.ipv4.tcp_congestion_control=reno', 'net.ipv4.tcp_no_metrics_save=1');
    return network;
  }

  /** Closes the device with the stage. */
  owns(device: { close(): void }): void {
    this.devices.push(device);
  }

  /** Two networks joined by a line of ours. `in` is what leaves A, `out` what comes to it. */
  async line(weather: Omit<NetemOptions, 'clock'>): Promise<Line> {
    const [a, b] = await Promise.all([this.network(), this.network()]);
    const clock = new RealClock();
    const [tunA, tunB] = [openTun({ name: 'line%d', addresses: [], clock }), openTun({ name: 'line%d', addresses: [], clock })];
    this.owns(tunA);
    this.owns(tunB);
    await Promise.all([hand(tunA, a, A), hand(tunB, b, B)]);
    const bad = new Netem(tunA, { clock, ...weather });
    bad.open((packet) => tunB.send(packet), () => undefined);
    tunB.open((packet) => bad.send(packet), () => undefined);
    return { a, b, atA: tunA.name, atB: tunB.name };
  }

  /** The kernel's TCP, told what to do: see peer.py for the steps. */
  peer(network: PrivateNetwork, ...steps: readonly string[]): Program {
    return network.start('python3', ['-I', '-S', join(__dirname, 'peer.py'), ...steps]);
  }

  /** On `lo` unless said otherwise. Resolves once the sniffer listens. */
  capture(network: PrivateNetwork, options: CaptureOptions = {}): Promise<void> {
    return this.sniff(sniffer, 'pcap', network, options);
  }

  /** The same as pcapng. */
  capturePcapng(network: PrivateNetwork): Promise<void> {
    return this.sniff(dumpcap, 'pcapng', network, {});
  }

  private async sniff(tool: Sniffer, extension: string, network: PrivateNetwork, { as: name = this.scene, on = 'lo', snap, ...wishes }: CaptureOptions): Promise<void> {
    const file = join(this.folder, `${name}.${extension}`);
    const largest = LARGEST[on === 'lo' || on === 'any' ? 'lo' : 'line'];
    const program = await tool(network, file, { on, snap: snap ?? largest, ...wishes });
    this.running.push({ name, file, network, program, filtered: wishes.filter !== undefined });
  }

  /** Ends the captures, once what has been done so far has passed. A scene that says nothing has it done at its end. */
  async finish(): Promise<void> {
    if (this.running.length === 0) return;
    await pause(SETTLE_MS);
    const { running } = this;
    this.running = [];
    await Promise.all(running.map(async ({ name, file, network, program, filtered }) => {
      const { stdout } = await network.run('cat', '/proc/net/tcp', '/proc/net/tcp6');
      const { stdout: addresses } = await network.run('ip', '-o', 'addr');
      const { stderr } = await program.end('SIGINT');
      const dropped = droppedBy(stderr);
      this.dropped += dropped;
      this.captured.push({ name, file, sockets: parseProcNetTcp(stdout), isNear: (address) => addresses.includes(` ${address}/`), whole: !filtered && dropped === 0 });
    }));
  }

  async close(): Promise<void> {
    await Promise.all(this.networks.map((network) => network.close()));
    for (const device of this.devices) device.close();
  }
}

/** Moves the kernel's end of a TUN into a network, and brings it up there with its addresses. */
export async function hand({ name }: TunDevice, network: PrivateNetwork, { v4, v6 }: { readonly v4: string; readonly v6: string }): Promise<void> {
  ip('link', 'set', 'dev', name, 'netns', network.pid);
  const link = `ip link set dev ${name}`;
  const usable = `until [ -z "$(ip -6 addr show dev ${name} tentative)" ]; do sleep 0.02; done`;
  await network.run('sh', '-c', `${link} addrgenmode none && ip addr add ${v4}/24 dev ${name} && ip -6 addr add ${v6}/64 dev ${name} nodad && ${link} up && ${usable}`);
}
