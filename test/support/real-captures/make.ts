/** Plays scenes, a few at a time, and keeps their captures. */
import { spawnSync } from 'node:child_process';
import { SYSTEM_PATH } from '../../../src/device/ip-command.js';
import type { Scene } from './scene.js';
import { endings } from './scenes/endings.js';
import { lines } from './scenes/lines.js';
import { ours } from './scenes/ours.js';
import { web } from './scenes/web.js';
import { windows } from './scenes/windows.js';
import { type Captured, Stage } from './stage.js';

export const SCENES: readonly Scene[] = [...lines, ...windows, ...ours, ...endings, ...web];

/** Most of a scene's time is waiting; more at a time would make the kernel's timers late on a small machine. */
const AT_A_TIME = 6;
const LONGEST_MS = 30_000;

/** What every scene needs. */
const NEEDED = ['tcpdump', 'python3', 'nsenter', 'ip', 'sysctl'];
const PACKAGES: Readonly<Record<string, string>> = { nc: 'netcat-openbsd', nft: 'nftables', dumpcap: 'wireshark-common', ip: 'iproute2', nsenter: 'util-linux', sysctl: 'procps' };

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

export interface Played {
  readonly scene: Scene;
  readonly captured: readonly Captured[];
  /** What kept it from being played to its end. */
  readonly error: Error | null;
  /** Packets that tcpdump had no room for. */
  readonly dropped: number;
  readonly seconds: number;
}

async function play(scene: Scene, folder: string): Promise<Played> {
  const begun = performance.now();
  const stage = new Stage(folder, scene.name);
  let error: Error | null = null;
  let timer: NodeJS.Timeout | undefined;
  try {
    const tooLong = new Promise<never>((_, failed) => {
      timer = setTimeout(() => failed(new Error(`"${scene.name}" took longer than ${LONGEST_MS / 1000} s`)), LONGEST_MS);
    });
    await Promise.race([scene.play(stage).then(() => stage.finish()), tooLong]);
  } catch (thrown) {
    error = thrown as Error;
  }
  clearTimeout(timer);
  await stage.close();
  return { scene, captured: stage.captured, error, dropped: stage.dropped, seconds: (performance.now() - begun) / 1000 };
}

export async function playAll(scenes: readonly Scene[], folder: string, atATime = AT_A_TIME): Promise<Played[]> {
  const waiting = [...scenes];
  const played: Played[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) played.push(await play(next, folder));
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return played;
}
