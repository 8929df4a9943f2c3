/** One lab before somebody's eyes: the ladder with whoever is asked before each segment, the capture, and all that is told at the end. */
import { type LabReport, reportOf } from '../../labs/report.js';
import { runLab, Stopped } from '../../labs/run.js';
import { shellQuote } from '../shell-quote.js';
import { endOnSignal } from './end-on-signal.js';
import { type Keys, LineKeys, TerminalKeys } from './keys.js';
import { LabCapture } from './lab-capture.js';
import { LadderSpectator } from './ladder-spectator.js';
import { LineTeller, silent } from './line-teller.js';
import type { OnScreen } from './on-screen.js';
import type { Pacer } from './pacer.js';
import { Quiz } from './quiz.js';
import { rehearse } from './quiz-choice.js';
import { checklist, heading } from './report-lines.js';
import { Slow } from './slow.js';
import { Stepper } from './stepper.js';
import { WATCH_WORDS } from './watch-words.js';
import type { Watching } from './watching.js';
import { XraySpectator } from './xray-spectator.js';

export interface WatchedLab extends OnScreen {
  readonly seed: number;
  readonly verbose: boolean;
  readonly watching: Watching;
}

/** @returns null when whoever watched has left before the end. @throws CaptureError */
export async function watchLab(watched: WatchedLab): Promise<LabReport | null> {
  const { watching, write } = watched;
  const capture = openCapture(watched);
  const keys = openKeys(watching);
  const stopListening = endOnSignal(() => {
    keys?.close();
    write('\n');
    capture?.close();
  });
  try {
    write(`${heading(watched)}\n\n`);
    const pacer = await pacerOf(watched, keys);
    const report = await play(watched, pacer, capture);
    tellCapture(watched, capture);
    if (pacer instanceof Quiz) {
      const score = pacer.score();
      write(score === '' ? '' : `\n${score}`);
      if (report !== null) await pacer.askQuestions(report);
    }
    return report;
  } finally {
    keys?.close();
    stopListening();
    capture?.close();
  }
}

/** One lab with its capture, and nothing on the screen. @throws CaptureError */
export async function captureLab(watched: WatchedLab): Promise<LabReport> {
  const { lab, text, setting, seed } = watched;
  const capture = openCapture(watched);
  const stopListening = endOnSignal(() => capture?.close());
  const teller = new LineTeller({ lab, text, audiences: capture === undefined ? [] : [capture] });
  try {
    return reportOf(await runLab(lab, { setting, seed, spectator: silent(teller) }));
  } finally {
    stopListening();
    teller.settle();
    capture?.close();
  }
}

async function play(watched: WatchedLab, pacer: Pacer | undefined, capture: LabCapture | undefined): Promise<LabReport | null> {
  const { lab, text, setting, seed, language, terminal, write, watching: { narrator } } = watched;
  const spectator = watched.watching.xray ? new XraySpectator(watched) : new LadderSpectator({ ...watched, pacer, narrator, others: capture === undefined ? [] : [capture] });
  try {
    const report = reportOf(await runLab(lab, { setting, seed, spectator }));
    spectator.finish();
    write(`\n${checklist({ lab, text, language, terminal }, report)}\n`);
    return report;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    spectator.finish(true);
    write(`\n${WATCH_WORDS[language].left(spectator.packets)}\n`);
    return null;
  }
}

const openCapture = ({ lab, setting, language, watching: { capture } }: WatchedLab): LabCapture | undefined =>
  (capture === null ? undefined : new LabCapture({ path: capture, lab, setting, language }));

/** Keys of the terminal for steps, where there is one; otherwise lines. */
function openKeys({ pace }: Watching): Keys | undefined {
  if (pace === 'step' && process.stdin.isTTY) return new TerminalKeys(process.stdin, () => process.kill(process.pid, 'SIGINT'));
  return pace === 'step' || pace === 'quiz' ? new LineKeys(process.stdin) : undefined;
}

async function pacerOf(watched: WatchedLab, keys: Keys | undefined): Promise<Pacer | undefined> {
  const { lab, seed, language, terminal: { colors: c }, write, watching: { pace } } = watched;
  if (pace === 'at once') return undefined;
  write(`${c.dim(WATCH_WORDS[language].virtual)}\n`);
  if (typeof pace === 'object') return new Slow(pace.seconds);
  if (keys === undefined) return undefined;
  if (pace === 'step') return new Stepper({ ...watched, keys });
  const quiz = new Quiz({ ...watched, keys, echoed: process.stdin.isTTY, asked: await rehearse(lab, seed) });
  write(quiz.intro());
  return quiz;
}

function tellCapture({ language, terminal: { colors: c }, write }: WatchedLab, capture: LabCapture | undefined): void {
  if (capture === undefined) return;
  capture.close();
  const words = WATCH_WORDS[language];
  write(`${words.capture(capture.path, capture.packets)}\n  ${c.dim(words.look(shellQuote(capture.path)))}\n`);
}
