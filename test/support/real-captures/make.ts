/** Plays scenes, a few at a time. */
import type { Scene } from './scene.js';
import { SNIFFER } from './sniffers.js';
import { type Captured, Stage } from './stage.js';

/** Most of a scene's time is waiting; more at a time would make the kernel's timers late on a small machine. */
const AT_A_TIME = 6;
/** A busy machine can spoil what depends on time. */
const TRIES = 3;
const LONGEST_MS = 30_000;

export interface Played {
  readonly scene: Scene;
  /** What kept it from being played to its end, or what it lacked. */
  readonly error: Error | null;
  readonly seconds: number;
}

/** Looks at what a scene left. @returns what it lacks, '' = nothing */
export type Look = (scene: Scene, captured: readonly Captured[]) => Promise<string>;

async function attempt(scene: Scene, folder: string, look: Look): Promise<Error | null> {
  const stage = new Stage(folder, scene.name);
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`"${scene.name}" took longer than ${LONGEST_MS / 1000} s`)), LONGEST_MS);
  });
  try {
    await Promise.race([scene.play(stage).then(() => stage.finish()), tooLong]);
    const lacks = await look(scene, stage.captured);
    return lacks === '' ? null : new Error(`${lacks}${stage.dropped > 0 ? `; ${SNIFFER} dropped ${stage.dropped} packets` : ''}`);
  } catch (error) {
    return error as Error;
  } finally {
    clearTimeout(timer);
    await stage.close();
  }
}

async function play(scene: Scene, folder: string, look: Look): Promise<Played> {
  const begun = performance.now();
  let error = await attempt(scene, folder, look);
  for (let i = 1; i < TRIES && error !== null; i++) error = await attempt(scene, folder, look);
  return { scene, error, seconds: (performance.now() - begun) / 1000 };
}

export async function playAll(scenes: readonly Scene[], folder: string, look: Look): Promise<Played[]> {
  const waiting = [...scenes];
  const played: Played[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) played.push(await play(next, folder, look));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return played;
}
