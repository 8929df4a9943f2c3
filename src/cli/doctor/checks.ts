/** What glasstcp needs of a machine, one function per question, and what follows for the demo. */
import { type Obstacle, ROOT_NAMESPACE, USER_NAMESPACE, probeNamespace } from '../isolation-probe.js';
import { type Check, type Environment, type Finding, fine, firstLine } from './finding.js';
import { nativeChecks } from './native-checks.js';

const OLDEST_NODE = 20;

const node: Check = (env) => {
  const name = 'Node.js';
  if (parseInt(env.nodeVersion, 10) >= OLDEST_NODE) return fine(name, env.nodeVersion);
  return {
    name, fine: false, detail: `${env.nodeVersion} is too old`, why: `glasstcp needs Node ${OLDEST_NODE} or later.`,
    mend: 'sudo apt-get install nodejs (Debian 13 or later), or see https://nodejs.org/en/download',
  };
};

const koffi: Check = (env) => {
  const name = 'koffi';
  try {
    return fine(name, env.load('koffi'));
  } catch (error) {
    const why = 'It calls the kernel for us: without it there is no TUN, only --device pipe.';
    return { name, fine: false, detail: `cannot be loaded: ${firstLine(String(error))}`, why, mend: 'npm ci --include=optional (its binary comes in an optional package), or npm rebuild koffi' };
  }
};

const tun: Check = (env) => {
  const name = '/dev/net/tun';
  const why = 'It is the way to the kernel: without it there is only --device pipe.';
  if (env.platform !== 'linux') return { name, fine: false, detail: `a feature of Linux; this is ${env.platform}`, why, mend: 'run on Linux, in a virtual machine or a container' };
  const code = env.tryOpen(name);
  if (code === null) return fine(name, 'can be opened');
  if (code === 'EACCES' || code === 'EPERM') {
    return { name, fine: false, detail: `may not be opened by this user (${code})`, why, mend: 'run with sudo, or: sudo chmod 666 /dev/net/tun' };
  }
  return { name, fine: false, detail: `cannot be opened (${code})`, why, mend: 'sudo modprobe tun; in a container: docker run --device /dev/net/tun …' };
};

const privileges: Check = (env) => {
  const name = 'privileges';
  if (env.uid === 0) return fine(name, 'root');
  return {
    name, fine: false, optional: true, detail: `user ${env.uid}, not root`, mend: 'run with sudo where that is a problem',
    why: 'Only root can use --host-network; a private namespace does without root if user namespaces work.',
  };
};

/** A namespace check; optional, because one kind is enough. */
const namespaceCheck = (name: string, flags: readonly string[], why: string): Check => (env) => {
  if (flags === ROOT_NAMESPACE && env.uid !== 0) return { name, fine: false, optional: true, detail: 'needs root', why, mend: 'run with sudo' };
  const obstacle: Obstacle | null = probeNamespace(flags, env.run);
  if (obstacle === null) return fine(name, 'works, TUN included');
  return { name, fine: false, optional: true, detail: obstacle.reason, why, mend: obstacle.mend };
};

const rootNamespace = namespaceCheck('namespace (as root)', ROOT_NAMESPACE, 'With it, root runs the demo on a network of its own.');
const userNamespace = namespaceCheck('namespace (any user)', USER_NAMESPACE, 'With it, the demo meets the kernel without root.');

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly why: string;
  readonly mend: string;
  readonly optional: boolean;
}

const program = ({ command, args, why, mend, optional }: Program): Check => (env) => {
  const ran = env.run(command, args);
  const version = firstLine(ran.stdout || ran.stderr);
  return ran.missing ? { name: command, fine: false, optional, detail: 'is missing', why, mend } : fine(command, version || 'found');
};

const PROGRAMS: readonly Program[] = [
  { command: 'ip', args: ['-V'], optional: false, why: 'It gives the interface its addresses.', mend: 'sudo apt-get install iproute2' },
  { command: 'unshare', args: ['--version'], optional: false, why: 'It makes the private network the demo runs in.', mend: 'sudo apt-get install util-linux' },
  { command: 'ss', args: ['-V'], optional: true, why: "It shows the kernel's side of a connection.", mend: 'sudo apt-get install iproute2' },
  { command: 'tshark', args: ['--version'], optional: true, why: 'It reads captures in a terminal.', mend: 'sudo apt-get install tshark' },
  { command: 'tcpdump', args: ['--version'], optional: true, why: 'It shows what passes an interface, beside glasstcp capture.', mend: 'sudo apt-get install tcpdump' },
  { command: 'wireshark', args: ['--version'], optional: true, why: 'It shows captures with our comments on a desktop.', mend: 'sudo apt-get install wireshark' },
];

export const checks: readonly Check[] = [node, koffi, tun, privileges, rootNamespace, userNamespace, ...nativeChecks, ...PROGRAMS.map(program)];

/** How the demo can run here: with the kernel over a TUN, between two of our own stacks, or not at all. */
export type DemoMode = 'tun' | 'pipe' | 'none';

export interface Diagnosis {
  readonly demo: DemoMode;
  readonly findings: readonly Finding[];
}

export function diagnose(env: Environment): Diagnosis {
  const findings = checks.map((check) => check(env));
  const ok = (name: string): boolean => findings.some((f) => f.name === name && f.fine);
  const namespace = ok('namespace (any user)') || (env.uid === 0 && ok('namespace (as root)'));
  if (!ok('Node.js')) return { demo: 'none', findings };
  return { demo: ok('koffi') && namespace ? 'tun' : 'pipe', findings };
}
