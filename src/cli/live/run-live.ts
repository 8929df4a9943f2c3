/** `glasstcp capture` from the first word to the last: listens, ends when somebody or something says so, sums up. */
import { CaptureError } from '../../capture/errors.js';
import { Sniffer } from '../../capture/sniffer.js';
import { explainFailure, Failure, usageError } from '../failure.js';
import { CommentedCapture } from '../observed/commented-capture.js';
import type { Output } from '../output.js';
import type { Terminal } from '../terminal.js';
import { type Ending, LiveCapture } from './live-capture.js';
import { displayFor } from './live-display.js';
import type { LiveOptions } from './live-options.js';
import { liveSummaryJson, liveSummaryText } from './live-summary.js';

export interface LiveWorld {
  readonly out: Output;
  /** Of `out`. */
  readonly terminal: Terminal;
  /** What is said about the capture: standard error, so that a pipe gets segments only. */
  readonly tell: (text: string) => void;
  /** Of `tell`. */
  readonly aside: Terminal;
  /** "glasstcp 0.1.0" */
  readonly program: string;
}

/** Octets of frames that wait for us; what comes when they are full is dropped and counted. */
const QUEUE = 64 * 1024 * 1024;

/**
 * @returns the exit status: 0 however the user ended it, 1 if something else did
 * @throws Failure, CaptureError when it cannot begin
 */
export async function runLive(options: LiveOptions, world: LiveWorld): Promise<number> {
  const sniffer = await listen(options);
  const copy = openCopy(options, world, sniffer);
  const display = displayFor(options, { out: world.out, terminal: world.terminal, now: () => performance.now() });
  const capture = new LiveCapture({ sniffer, display, copy, count: options.count, readerGone: () => world.out.closed });
  const began = performance.now();
  const stopWaiting = waitForTheEnd(options, (ending) => capture.end(ending));
  world.tell(openingWords(options));
  const ending = closing(await capture.run(), copy, options);
  stopWaiting();
  const { frames, segments, conversations } = capture;
  const summary = {
    interfaceName: options.interfaceName, seconds: (performance.now() - began) / 1_000, ending, frames, segments, conversations,
    display: options.show === 'nothing' ? null : display, copy: copy === null ? null : { path: copy.path, packets: copy.failure === null ? copy.packets : null }, dropped: sniffer.dropped,
  };
  if (options.json) world.out.write(liveSummaryJson(summary));
  world.tell(`${capture.segments > 0 && !options.json ? '\n' : ''}${liveSummaryText(summary, world.aside)}`);
  if (ending.by !== 'failure') return 0;
  world.tell(explainFailure(ending.error));
  return 1;
}

async function listen({ interfaceName, filter, kernelBuffer }: LiveOptions): Promise<Sniffer> {
  try {
    return await Sniffer.open({ interfaceName, filter, kernelBuffer, queue: QUEUE });
  } catch (error) {
    if (error instanceof CaptureError && error.code === 'EFILTER') throw usageError(error.message, error.mend);
    throw error;
  }
}

/** After the interface, so that a wrong name of one does not cost an old file. */
function openCopy({ write, interfaceName }: LiveOptions, { program }: LiveWorld, sniffer: Sniffer): CommentedCapture | null {
  if (write === undefined) return null;
  try {
    const copy = new CommentedCapture(write, { from: interfaceName, program });
    copy.announce(sniffer.link, sniffer.snap);
    return copy;
  } catch (error) {
    sniffer.stop();
    throw error;
  }
}

function openingWords({ interfaceName, filter, write }: LiveOptions): string {
  const where = write === undefined || write === '-' ? '' : `, writing ${write}`;
  return `Listening on ${interfaceName}, ${filter === '' ? 'everything' : `filter "${filter}"`}${where}. Ctrl-C ends it.\n`;
}

/** Completes the file. What goes wrong with it is how the capture ended, except that nobody reads standard output any more. */
function closing(ending: Ending, copy: CommentedCapture | null, { write }: LiveOptions): Ending {
  try {
    copy?.close();
  } catch (error) {
    const failed: Ending = { by: 'failure', error: error instanceof Error ? error : new Failure(String(error)) };
    return write === '-' ? { by: 'reader' } : failed;
  }
  return ending;
}

function waitForTheEnd({ duration }: LiveOptions, end: (ending: Ending) => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (signal: NodeJS.Signals): void => end({ by: signal as (typeof signals)[number] });
  for (const signal of signals) process.on(signal, onSignal);
  const timer = duration === Infinity ? undefined : setTimeout(() => end({ by: 'duration' }), duration * 1_000);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
    clearTimeout(timer);
  };
}
