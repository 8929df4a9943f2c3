/** What a scene is played on: private networks, the kernel's TCP as peers in them, lines between them, captures of it all. */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ip } from '../../../src/device/ip-command.js';
import { Netem, type NetemOptions } from '../../../src/device/netem.js';
import { type TunDevice, openTun } from '../../../src/device/tun.js';
import { RealClock } from '../../../src/stack/clock.js';
import { PrivateNetwork, type Program } from './network.js';

/** What the kernel may still have to say, and tcpdump to read, when a scene is over. */
const SETTLE_MS = 250;

/** Each packet is read at once, by root (who may write the file). The buffer has slots of the snap length: it takes some hundred packets, each as large as `lo` allows. */
const OPTIONS = ['-U', '--immediate-mode', '-n', '-Z', 'root', '-s', '65600', '-B', '32768', '-w', '-'];

export interface CaptureOptions {
  /** Of the file, when it is not the scene's own. */
  readonly as?: string;
  /** Default: lo. */
  readonly on?: string;
  /** Further options and the filter for tcpdump. */
  readonly args?: readonly string[];
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

export class Stage {
  /** Captures made, by name. */
  readonly files = new Map<string, string>();
  /** Packets that tcpdump had no room for. */
  dropped = 0;
  private readonly networks: PrivateNetwork[] = [];
  private readonly devices: { close(): void }[] = [];
  private readonly captures: Program[] = [];

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

  /** Resolves once tcpdump listens. */
  async capture(network: PrivateNetwork, options: CaptureOptions = {}): Promise<void> {
    const { on = 'lo', as = this.scene, args = [] } = options;
    const file = this.file(as, 'pcap');
    const fd = openSync(file, 'w');
    const tcpdump = network.start('tcpdump', ['-i', on, ...OPTIONS, ...args], { stdio: ['ignore', fd, 'pipe'] });
    closeSync(fd);
    this.captures.push(tcpdump);
    await tcpdump.printed('listening on');
  }

  async dumpcap(network: PrivateNetwork, on: string): Promise<void> {
    const program = network.start('dumpcap', ['-i', on, '-w', this.file(this.scene, 'pcapng')]);
    this.captures.push(program);
    await program.printed('File: ');
  }

  /** Ends the captures, once what the scene left has passed. */
  async finish(): Promise<void> {
    await pause(SETTLE_MS);
    for (const { stderr } of await Promise.all(this.captures.map((capture) => capture.end('SIGINT')))) {
      this.dropped += Number(/(\d+) packets? dropped by kernel/.exec(stderr)?.[1] ?? 0);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.networks.map((network) => network.close()));
    for (const device of this.devices) device.close();
  }

  private file(name: string, extension: string): string {
    const file = join(this.folder, `${name}.${extension}`);
    this.files.set(name, file);
    return file;
  }
}

/** Moves the kernel's end of a TUN into a network, and brings it up there with its addresses. */
export async function hand({ name }: TunDevice, network: PrivateNetwork, { v4, v6 }: { readonly v4: string; readonly v6: string }): Promise<void> {
  ip('link', 'set', 'dev', name, 'netns', network.pid);
  const link = `ip link set dev ${name}`;
  const usable = `until [ -z "$(ip -6 addr show dev ${name} tentative)" ]; do sleep 0.02; done`;
  await network.run('sh', '-c', `${link} addrgenmode none && ip addr add ${v4}/24 dev ${name} && ip -6 addr add ${v6}/64 dev ${name} nodad && ${link} up && ${usable}`);
}
