/**
 * Plays the demo from curtain to curtain: opens the files, makes the world, plays the acts, prints the results, and leaves
 * nothing behind, whether it ends well, gets stuck or is interrupted.
 */
import { constants } from 'node:os';
import { RealClock } from '../../stack/clock.js';
import type { Audience, LinkFate, Moment } from '../../trace/moment.js';
import type { Terminal } from '../terminal.js';
import { acts } from './acts.js';
import { Afterwards } from './afterwards.js';
import { Checklist } from './checklist.js';
import type { DemoDevice, DemoOptions } from './options.js';
import { Outputs } from './outputs.js';
import { LadderNarrator } from './narrator.js';
import { makePipeWorld } from './pipe-world.js';
import { makeRawWorld } from './raw-world.js';
import { formatResults } from './results.js';
import { Stage, Stuck } from './stage.js';
import { type Say, sayIn } from './text/say.js';
import { makeTunWorld } from './tun-world.js';
import { Witness } from './witness.js';
import type { World } from './world.js';

/** Somebody, or something, ends the demo early. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly status: number) {
    super('interrupted');
  }
}

export interface Production {
  readonly options: DemoOptions;
  readonly terminal: Terminal;
  readonly out: NodeJS.WritableStream;
  /** "glasstcp 0.1.0" */
  readonly program: string;
  readonly device: DemoDevice;
  /** Sentences for the head of the page: what this is played on, and why. */
  readonly setting: readonly string[];
}

/** @returns the exit status: 0 if all was as the RFC says, 1 if not, 128 + n after signal n. @throws errors for people */
export async function play(production: Production): Promise<number> {
  const outputs = new Outputs(production.options, production.program);
  const curtain = new AbortController();
  const stopListening = listenForTheEnd(curtain, production.out);
  try {
    return await new Show(production, outputs, curtain).run();
  } finally {
    stopListening();
    outputs.close();
  }
}

/** Ctrl-C, and a reader of our output who has seen enough. */
function listenForTheEnd(curtain: AbortController, out: NodeJS.WritableStream): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (curtain.signal.aborted) process.exit(128 + constants.signals[signal]);
    curtain.abort(new Interrupted(128 + constants.signals[signal]));
  };
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  out.on('error', () => curtain.abort(new Interrupted(128 + constants.signals.SIGPIPE)));
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

class Show {
  private readonly witness = new Witness();
  private readonly say: Say;
  private readonly checks: Checklist;
  private readonly clock = new RealClock();
  /** Told as it happens: the witness. Everybody else is told a little later. */
  private afterwards: Afterwards | null = null;
  private narrator: LadderNarrator | null = null;

  constructor(private readonly production: Production, private readonly outputs: Outputs, private readonly curtain: AbortController) {
    this.say = sayIn(production.options.language);
    this.checks = new Checklist(this.say);
  }

  async run(): Promise<number> {
    const { production, curtain, outputs, witness, checks } = this;
    const world = await this.makeWorld();
    let status = 0;
    let stage: Stage | undefined;
    try {
      this.openCurtain(world);
      stage = new Stage({ world, witness, checks, narrator: this.narrator, options: production.options, signal: curtain.signal });
      for (const act of acts) await act(stage);
    } catch (error) {
      if (error instanceof Interrupted) status = error.status;
      else if (!(error instanceof Stuck)) throw error;
    } finally {
      world.look();
      await world.close();
      // What closing led to (RST) is told at the end of the event loop's turn.
      await new Promise((resolve) => setImmediate(resolve));
      this.afterwards?.close();
      this.narrator?.close();
      outputs.close();
    }
    if (status !== 0) this.write(`\n${this.say('interrupted')}\n`);
    else if (stage !== undefined) this.write(`\n${this.results(world, stage)}`);
    return status || (checks.failed.length > 0 ? 1 : 0);
  }

  private async makeWorld(): Promise<World> {
    const { witness, production: { options, device } } = this;
    const audience: Audience = {
      moment: (moment: Moment) => {
        witness.moment(moment);
        this.afterwards?.moment(moment);
      },
      fate: (fate: LinkFate) => {
        witness.fate(fate);
        this.afterwards?.fate(fate);
      },
      flush: () => this.afterwards?.flush(),
    };
    if (device === 'pipe') return makePipeWorld(this.clock, options, audience);
    const onLost = (error: Error): void => this.curtain.abort(error);
    return device === 'raw' ? await makeRawWorld(this.clock, options, audience, onLost) : makeTunWorld(this.clock, options, audience, onLost);
  }

  private openCurtain({ ours, theirs, peerName, interfaceName }: World): void {
    const { outputs, production: { options, terminal, program, setting } } = this;
    const audiences = outputs.audiences(interfaceName, `glasstcp ${ours}, ${peerName} ${theirs}`, this.clock);
    if (!options.quiet) {
      this.narrator = new LadderNarrator({ terminal, write: (text) => this.write(text), verbose: options.verbose, language: options.language }, () => this.afterwards?.flush());
      this.narrator.open(program, setting);
      audiences.push(this.narrator.audience);
    } else {
      this.write(`${setting.join('\n')}\n`); // a summary, too, must say what it is about
    }
    this.afterwards = new Afterwards(audiences);
  }

  private results(world: World, { tallies }: Stage): string {
    const { witness, checks, outputs, production: { options, terminal } } = this;
    const capture = options.capture === null ? null : { path: options.capture, packets: outputs.packets ?? 0 };
    return formatResults({ tallies, witness, checks, terminal, world, capture, json: options.json, say: this.say });
  }

  private write(text: string): void {
    if (this.production.out.writable) this.production.out.write(text);
  }
}
