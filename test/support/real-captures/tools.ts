/** Which of the tools that scenes take are here. */
import { spawnSync } from 'node:child_process';
import { SYSTEM_PATH } from '../../../src/device/ip-command.js';
import { SNIFFER } from './sniffers.js';

/** What every scene needs. */
const NEEDED = [SNIFFER, 'python3', 'nsenter', 'unshare', 'ip', 'sysctl'];
/** Debian's package, where it has another name. */
const PACKAGES: Readonly<Record<string, string>> = {
  'nc.openbsd': 'netcat-openbsd', nft: 'nftables', dumpcap: 'wireshark-common', ip: 'iproute2', nsenter: 'util-linux', unshare: 'util-linux', sysctl: 'procps',
};

const found = new Map<string, boolean>();

function isThere(tool: string): boolean {
  let known = found.get(tool);
  if (known === undefined) {
    known = spawnSync('sh', ['-c', `command -v ${tool}`], { env: { ...process.env, PATH: SYSTEM_PATH } }).status === 0;
    found.set(tool, known);
  }
  return known;
}

/** The tools that are missing, with what brings them, or null. */
export function missingTools(tools: readonly string[] = []): string | null {
  const missing = [...NEEDED, ...tools].filter((tool) => !isThere(tool));
  if (missing.length === 0) return null;
  return `${missing.join(', ')} missing: apt-get install ${[...new Set(missing.map((tool) => PACKAGES[tool] ?? tool))].join(' ')}`;
}
