/** Runs iproute2's `ip`: addresses, MTU and link state of an interface. Its failures become sentences. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { DeviceError } from './errors.js';

/** Where `ip`, `ss` and `unshare` live; an unprivileged PATH often leaves the sbin folders out. */
export const SYSTEM_PATH = `${process.env.PATH ?? '/usr/bin:/bin'}:/usr/sbin:/sbin`;

/** @throws DeviceError ENOTOOL when `ip` is missing, ECOMMAND with its words when it fails. */
export function ip(...args: string[]): string {
  try {
    return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: SYSTEM_PATH, LC_ALL: 'C' } });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException & { stderr?: string }, args);
  }
}

function explain(error: NodeJS.ErrnoException & { stderr?: string }, args: readonly string[]): DeviceError {
  const command = `ip ${args.join(' ')}`;
  if (error.code === 'ENOENT') {
    return new DeviceError('ENOTOOL', 'The command "ip" is missing; it gives the interface its addresses.', 'sudo apt-get install iproute2');
  }
  const said = (error.stderr ?? '').trim() || error.message;
  return new DeviceError('ECOMMAND', `"${command}" failed: ${said}`, mendFor(said, args));
}

function mendFor(said: string, args: readonly string[]): string {
  if (args[0] === '-6' && /permission denied|not supported/i.test(said)) {
    return 'IPv6 seems to be switched off: sudo sysctl -w net.ipv6.conf.all.disable_ipv6=0, or do without IPv6 addresses';
  }
  if (/not permitted|permission denied/i.test(said)) return 'run with sudo, or in a private namespace: unshare --user --map-root-user --net';
  if (/file exists/i.test(said)) return 'the address is in use already: choose another, or take it away with "ip addr del"';
  return `try it by hand to see more: sudo ip ${args.join(' ')}`;
}

/** Gives an interface its addresses (CIDR text, both families) and brings it up. */
export function configureLink(name: string, mtu: number, addresses: readonly { readonly local: string }[]): void {
  // No link-local address: nothing asks our stack for routers, so captures hold only what was meant.
  ip('link', 'set', 'dev', name, 'addrgenmode', 'none');
  ip('link', 'set', 'dev', name, 'mtu', String(mtu), 'up');
  for (const { local } of addresses) {
    // Nobody else is on the link: duplicate address detection would only delay the first connection.
    if (local.includes(':')) ip('-6', 'addr', 'add', local, 'dev', name, 'nodad');
    else ip('-4', 'addr', 'add', local, 'dev', name);
  }
  if (addresses.some(({ local }) => local.includes(':'))) awaitUsable(name);
}

/** IFA_F_TENTATIVE: the kernel has taken the address, but drops what is sent to it until a worker of its own has run. */
const TENTATIVE = 0x40;
const LONGEST_WAIT_MS = 2000;

/** Waits until the interface's IPv6 addresses can be used: without this the first packet may be lost on a busy machine. */
function awaitUsable(name: string): void {
  const nap = new Int32Array(new SharedArrayBuffer(4));
  const end = Date.now() + LONGEST_WAIT_MS;
  while (hasTentative(name) && Date.now() < end) Atomics.wait(nap, 0, 0, 1);
}

/** A line of if_inet6: address, index, prefix length, scope, flags (hexadecimal), interface. */
function hasTentative(name: string): boolean {
  const lines = readFileSync('/proc/self/net/if_inet6', 'utf8').split('\n').map((line) => line.trim().split(/\s+/));
  return lines.some((fields) => fields[5] === name && (parseInt(fields[4] ?? '0', 16) & TENTATIVE) !== 0);
}
