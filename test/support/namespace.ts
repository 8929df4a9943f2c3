/** Private network namespaces for tests: nothing a test does on the network can leave one. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
const SECOND_TRY = ['--user', '--map-root-user', '--net'];

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a shell script in a network namespace of its own, `lo` up; by a user namespace where root is not to be had. */
export function inNamespace(script: string, timeoutMs = 20_000): Outcome {
  const flags = process.getuid?.() === 0 ? ['--net'] : SECOND_TRY;
  const run = spawnSync('unshare', [...flags, 'sh', '-c', `ip link set lo up && { ${script}\n}`], {
    encoding: 'utf8', timeout: timeoutMs, env: { ...process.env, PATH },
  });
  return { status: run.status, stdout: run.stdout ?? '', stderr: run.stderr ?? String(run.error ?? '') };
}

/** null = this process can open /dev/net/tun; else the reason why not. */
export function canUseTun(): string | null {
  try {
    closeSync(openSync('/dev/net/tun', 'r+'));
    return null;
  } catch (error) {
    return `/dev/net/tun cannot be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
}

/** null = namespaces of our own can be made here; else the reason why not. */
export function canIsolate(): string | null {
  const { status, stderr } = inNamespace('true');
  return status === 0 ? null : `no network namespace can be made here: ${stderr.trim()}`;
}
