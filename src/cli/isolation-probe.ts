/**
 * Can this user have a private network namespace, with a TUN in it where that matters? Tries it in a throw-away child, because permissions on
 * paper (sysctls, capabilities, seccomp, AppArmor) do not add up to an answer.
 */
import { spawnSync } from 'node:child_process';
import { SYSTEM_PATH } from '../device/ip-command.js';

/** As much of a finished command as its caller needs. `missing`: there is no such program. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly missing: boolean;
}

export type Run = (command: string, args: readonly string[]) => Ran;

export const run: Run = (command, args) => {
  const child = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000, env: { ...process.env, PATH: SYSTEM_PATH, LC_ALL: 'C' } });
  const error: NodeJS.ErrnoException | undefined = child.error;
  return { status: child.status, stdout: child.stdout ?? '', stderr: child.stderr ?? '', missing: error?.code === 'ENOENT' };
};

export const ROOT_NAMESPACE: readonly string[] = ['--net'];
export const USER_NAMESPACE: readonly string[] = ['--user', '--map-root-user', '--net'];

/** Why not, and what mends it. */
export interface Obstacle {
  readonly reason: string;
  readonly mend: string;
}

const NO_TUN = 77;
const NO_IP = 78;
// The redirection in a subshell: a shell ends when one fails in `exec`.
const TRY_LOOPBACK = `ip link set lo up || exit ${NO_IP}`;
const TRY_TUN = `(exec 3<>/dev/net/tun) || exit ${NO_TUN}`;

/** Tries one kind of namespace. @returns null if it works */
export function probeNamespace(flags: readonly string[], runner: Run = run, withTun = true): Obstacle | null {
  const tried = runner('unshare', [...flags, 'sh', '-c', withTun ? `${TRY_LOOPBACK}; ${TRY_TUN}` : TRY_LOOPBACK]);
  if (tried.status === 0) return null;
  if (tried.missing) return { reason: 'the command "unshare" is missing', mend: 'sudo apt-get install util-linux' };
  const said = lastLine(tried.stderr);
  if (tried.status === NO_IP) {
    return { reason: `"ip" does not work in a namespace (${said})`, mend: 'sudo apt-get install iproute2' };
  }
  if (tried.status === NO_TUN) {
    return /permission|permitted/i.test(said)
      ? { reason: 'this user may not open /dev/net/tun', mend: 'run with sudo, or: sudo chmod 666 /dev/net/tun' }
      : { reason: `/dev/net/tun cannot be opened (${said})`, mend: 'sudo modprobe tun; in a container: docker run --device /dev/net/tun …' };
  }
  return flags.includes('--user')
    ? { reason: `user namespaces are not allowed here (${said})`, mend: userNamespaceMend(said) }
    : { reason: `network namespaces are not allowed here (${said})`, mend: 'in a container: docker run --cap-add SYS_ADMIN --device /dev/net/tun …' };
}

/** The namespace to use, root's own kind first. */
export function findNamespace(uid: number, runner: Run = run, withTun = true): { readonly flags: readonly string[] } | Obstacle {
  const kinds = uid === 0 ? [ROOT_NAMESPACE, USER_NAMESPACE] : [USER_NAMESPACE];
  let first: Obstacle | null = null;
  for (const flags of kinds) {
    const obstacle = probeNamespace(flags, runner, withTun);
    if (obstacle === null) return { flags };
    first ??= obstacle;
  }
  return first as Obstacle;
}

function userNamespaceMend(said: string): string {
  const sudo = 'run with sudo';
  if (/no space left/i.test(said)) return `${sudo}, or: sudo sysctl -w user.max_user_namespaces=1000`;
  return `${sudo}, or allow them: sudo sysctl -w kernel.unprivileged_userns_clone=1 (Debian), `
    + 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 24.04)';
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'no reason given';
}
