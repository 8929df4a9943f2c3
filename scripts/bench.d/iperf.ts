/** A second opinion on the kernel's figure: iperf3, a program in C, over the same veth pair without offloads. */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_PATH } from '../../src/device/ip-command.js';
import { makeNetwork } from './networks.js';

const env = { ...process.env, PATH: SYSTEM_PATH };

/** @returns Gbit/s from client to server */
export async function iperf(seconds: number, congestion: string): Promise<number> {
  const network = await makeNetwork('veth-plain', 'server', congestion);
  const server = spawn('nsenter', [...network.server, 'iperf3', '--server', '--one-off'], { stdio: 'ignore', env });
  try {
    await sleep(200);
    const args = [...network.client, 'iperf3', '--client', network.address, '--json', '--time', String(Math.max(1, Math.round(seconds)))];
    const { stdout } = spawnSync('nsenter', args, { encoding: 'utf8', timeout: seconds * 1000 + 10_000, env });
    const report = JSON.parse(stdout) as { end?: { sum_received?: { bits_per_second: number } } };
    return (report.end?.sum_received?.bits_per_second ?? NaN) / 1e9;
  } finally {
    server.kill('SIGKILL');
    network.destroy();
  }
}
