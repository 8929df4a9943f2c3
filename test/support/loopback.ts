/** What tests with raw sockets look at beside glasstcp: tcpdump on `lo`, the kernel's listeners, its firewall. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { parseProcNetTcp } from '../../src/cli/demo/kernel-states.js';
import { until } from './raw.js';

const LOOK = ['-Z', 'root', '-i', 'lo', '-s', '128', '--immediate-mode', '-U', '-w'];
/** Nobody listens there: an attempt to connect marks an instant by a SYN and a RST. */
const MARKER_PORT = 9;

/** What keeps tcpdump from looking at `lo`, or null. To be asked in a private namespace only. */
export function tcpdumpUnavailable(): string | null {
  const { error, stderr }: { error?: NodeJS.ErrnoException; stderr: string } = spawnSync('tcpdump', [...LOOK, '/dev/null'], { encoding: 'utf8', timeout: 1_500 });
  if (error?.code === 'ENOENT') return 'tcpdump is missing: sudo apt-get install tcpdump';
  return stderr.includes('listening on') ? null : `tcpdump cannot look at lo: ${stderr.trim()}`;
}

/** One RST that passed: "127.0.0.1:7999>127.0.0.1:40000 seq 0 ack 1". */
export type Rst = string;

/** tcpdump on `lo`. */
export class Onlooker {
  private said = '';

  private constructor(private readonly child: ChildProcess, private readonly file: string) {
    child.stderr?.on('data', (text: Buffer) => { this.said += text.toString(); });
  }

  static start(folder: string): Promise<Onlooker> {
    const file = join(folder, 'lo.pcap');
    const child = spawn('tcpdump', [...LOOK, file, 'tcp'], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (status) => reject(new Error(`tcpdump ended with status ${status}`)));
      child.stderr.on('data', (text: Buffer) => {
        if (text.includes('listening on')) resolve(new Onlooker(child, file));
      });
    });
  }

  /** Ends it once it has seen all that passed so far. @returns how many packets it saw, and the RSTs among them (IPv4) */
  async stop(): Promise<{ readonly packets: number; readonly rsts: Rst[] }> {
    const { child } = this;
    await connectInVain(MARKER_PORT);
    const seen = await until(() => this.read(`tcp src port ${MARKER_PORT}`).length > 0);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
    if (!seen || !/^0 packets dropped by kernel/m.test(this.said)) throw new Error(`tcpdump has not seen everything: ${this.said}`);
    const lines = this.read(`not tcp port ${MARKER_PORT}`);
    return { packets: lines.length, rsts: lines.flatMap(rstIn) };
  }

  private read(filter: string): string[] {
    const { stdout } = spawnSync('tcpdump', ['-nSr', this.file, filter], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    return stdout.split('\n').filter((line) => line !== '');
  }
}

const connectInVain = (port: number): Promise<void> => new Promise((resolve) => {
  net.connect(port, '127.0.0.1').once('error', () => resolve());
});

/** "… IP 127.0.0.1.7999 > 127.0.0.1.40000: Flags [R.], seq 0, ack 1, win 0, length 0"; `seq 7:9` when there is text. */
function rstIn(line: string): Rst[] {
  const found = /IP ([\d.]+)\.(\d+) > ([\d.]+)\.(\d+): Flags \[[A-Z]*R[A-Z]*(\.?)\], (?:seq (\d+)[^,]*, )?(?:ack (\d+), )?/.exec(line);
  if (found === null) return [];
  const [, from = '', fromPort = '', to = '', toPort = '', acks = '', seq = '0', ack = '0'] = found;
  return [describeRst(`${from}:${fromPort}`, `${to}:${toPort}`, seq, acks === '' ? '' : ack)];
}

/** @param ack '' when the segment acknowledges nothing */
export const describeRst = (from: string, to: string, seq: number | string, ack: number | string): Rst => `${from}>${to} seq ${seq}${ack === '' ? '' : ` ack ${ack}`}`;

/** Ports on which the kernel listens, in this network namespace. */
export const kernelListeners = (): number[] =>
  ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => parseProcNetTcp(readFileSync(file, 'utf8')).filter((s) => s.state === 'LISTEN').map((s) => s.localPort));

/** The firewall's rules as both tools print them, dates left out. */
export function firewallRules(): string {
  const printed = [['iptables-save'], ['ip6tables-save'], ['nft', 'list', 'ruleset']].map(([command = '', ...args]) => {
    const { error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` } });
    return error === undefined ? `${stdout}${stderr}` : `${command} is missing`;
  });
  return printed.join('\n').replace(/^#.*$/gm, '');
}
