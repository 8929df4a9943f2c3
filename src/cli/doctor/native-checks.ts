/** What raw sockets and live captures need: two npm packages that a compiler has to build, and a capability. All optional. */
import { type Check, fine, firstLine } from './finding.js';

interface NativePackage {
  readonly name: string;
  readonly why: string;
  /** Debian packages that its build needs. */
  readonly tools: string;
}

const nativePackage = ({ name, why, tools }: NativePackage): Check => (env) => {
  try {
    return fine(name, env.load(name));
  } catch (error) {
    // npm takes an optional package away again when its build fails: there is nothing to rebuild then.
    const installed = env.isInstalled(name);
    const detail = installed ? `is not built for this Node: ${firstLine(String(error))}` : 'is not installed';
    const then = installed ? `npm rebuild ${name}` : 'npm ci --include=optional';
    return { name, fine: false, optional: true, detail, why, mend: `sudo apt-get install -y ${tools} && ${then}` };
  }
};

/** linux/capability.h */
const CAP_NET_RAW = 13n;

const netRaw: Check = (env) => {
  const name = 'CAP_NET_RAW';
  const lost = { name, fine: false, optional: true, why: 'Without it there are no raw sockets: glasstcp demo --device raw needs --isolated then, glasstcp capture does not work.' };
  if (env.platform !== 'linux') return { ...lost, detail: `a capability of Linux; this is ${env.platform}`, mend: 'run on Linux, in a virtual machine or a container' };
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(env.readText('/proc/self/status') ?? '')?.[1];
  if (effective === undefined) return { ...lost, detail: 'cannot be told: /proc/self/status does not say', mend: 'run with sudo' };
  if ((BigInt(`0x${effective}`) >> CAP_NET_RAW & 1n) === 1n) return fine(name, 'this process may open raw sockets');
  const mend = env.uid === 0 ? 'in a container: docker run --cap-add NET_RAW …' : 'run with sudo, or give it to a copy of node (docs/kernel-setup.md)';
  return { ...lost, detail: 'this process may not open raw sockets', mend };
};

export const nativeChecks: readonly Check[] = [
  nativePackage({ name: 'raw-socket', why: 'Without it glasstcp demo --device raw does not work.', tools: 'make g++ python3' }),
  nativePackage({ name: 'cap', why: 'Without it glasstcp capture does not work.', tools: 'libpcap-dev make g++ python3' }),
  netRaw,
];
