/** Plays one lab: builds its world, in virtual time or with the kernel, watches, and says what came of it. */
import type { Tracer } from '../trace/tracer.js';
import type { Moment } from '../trace/moment.js';
import { Story } from '../trace/story.js';
import { seq } from '../util/seq.js';
import { MILLISECOND } from '../util/units.js';
import { SegmentReader } from '../observe/segment-view.js';
import { type End, type EndState, otherRole, type Role, ROLES } from './ends/end.js';
import { GlassEnd } from './ends/glass-end.js';
import type { Figure } from './figure.js';
import type { Lab } from './lab.js';
import type { Sent } from './line.js';
import { flagsText } from './stage/seen.js';
import { type Audience, NotSeen, Stage, type Values } from './stage/stage.js';
import { type Time, VirtualTime } from './time.js';
import { type Outgoing, World } from './world.js';

/** `sim`: both hosts are glasstcp, in virtual time. `kernel`: one of them is this machine's kernel. */
export type Setting = 'sim' | 'kernel';

/** Who is shown a lab while it is played. */
export interface Spectator extends Audience {
  /** Before the play: where all of it is going to be recorded. */
  begin?(record: Pick<Stage, 'seen'>): void;
  /** What the host that is glasstcp does, and why. */
  moment(moment: Moment): void;
  /** What enters the line, and what becomes of it. */
  sent(sent: Sent): void;
  /** A packet arrives, by its serial number; what follows from it comes after. */
  arrived?(serial: number): void;
  states(role: Role, states: readonly EndState[], at: number): void;
  /** Called after each turn; the play goes on when it returns. */
  pace(): Promise<void>;
  /** Called before each packet enters the line; the play goes on when it returns. Virtual time stands still meanwhile, the kernel's does not. */
  about?(packet: Outgoing): Promise<void>;
  /** What the other host does, and why, where it is glasstcp, too. */
  opposite?(moment: Moment): void;
}

/** A spectator has had enough: thrown from pace() or about(), it ends the play, and runLab throws it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export interface LabResult {
  readonly lab: Lab;
  readonly setting: Setting;
  readonly passed: boolean;
  /** The must that was not seen, and what was seen instead; a fault of ours has the key ''. */
  readonly failure: { readonly key: string; readonly instead: string } | null;
  readonly met: readonly { readonly key: string; readonly values: Values }[];
  readonly figures: readonly Figure[];
  readonly stage: Stage;
}

export interface RunOptions {
  readonly setting: Setting;
  /** Other seeds, other ports and sequence numbers. Default 1. */
  readonly seed?: number;
  readonly spectator?: Spectator;
  /** Changes the world after it is made: tests break it to see the lab fail. */
  readonly sabotage?: (stage: Stage) => void;
}

const ADDRESSES = { v4: { client: '192.0.2.1', server: '192.0.2.2', prefix: 24 }, v6: { client: '2001:db8::1', server: '2001:db8::2', prefix: 64 } } as const;
const ONE_WAY = 10 * MILLISECOND;
const MTU = 1500;
const LAST_WORDS = 100 * MILLISECOND;

/** @throws DeviceError when the kernel cannot be met here, Stopped when the spectator leaves */
export async function runLab(lab: Lab, options: RunOptions): Promise<LabResult> {
  const { setting, spectator } = options;
  const met: { key: string; values: Values }[] = [];
  const figures: Figure[] = [];
  const play: { stage: Stage | undefined; over: boolean } = { stage: undefined, over: false };
  const hidden = (): boolean => play.stage?.isHidden === true;
  const story = new Story((moment) => {
    if (play.over) return; // what clearing up leads to is no part of it
    play.stage?.moments.push(moment);
    if (!hidden()) spectator?.moment(moment);
  });
  const opposite = spectator?.opposite === undefined ? null : new Story((moment) => { if (!play.over && !hidden()) spectator.opposite?.(moment); });
  const { time, ends } = await makeEnds(lab, options, story, opposite);
  const reader = new SegmentReader();
  const delay = { client: ONE_WAY, server: ONE_WAY, ...lab.setUp?.delay };
  const world = new World({ ends, time, delay }, {
    sent: (sent) => {
      const view = reader.read(sent.octets);
      if (view?.protocol === 'TCP') play.stage?.seen.push({ at: sent.at, from: sent.from, view, flags: flagsText(view.flags), fate: sent.fate, label: sent.label, octets: sent.octets, arrivals: [], serial: sent.serial, hidden: hidden() });
      if (!hidden()) spectator?.sent(sent);
    },
    arrived: ({ serial }, at) => {
      play.stage?.seen.findLast((seen) => seen.serial === serial)?.arrivals.push(at);
      if (!hidden()) spectator?.arrived?.(serial);
    },
    states: (role, states, at) => {
      play.stage?.states[role].note(states, at);
      if (!hidden()) spectator?.states(role, states, at);
    },
    pace: async () => {
      story.flush();
      if (!hidden()) await spectator?.pace();
    },
    ...(spectator?.about === undefined ? {} : {
      about: async (packet) => {
        story.flush();
        opposite?.flush();
        if (!hidden()) await spectator.about?.(packet);
      },
    }),
  });
  const stage = new Stage(world, lab.glass, {
    say: (key, values) => spectator?.say(key, values),
    met: (key, values) => {
      met.push({ key, values });
      spectator?.met(key, values);
    },
    called: (role, call, result, at) => spectator?.called?.(role, call, result, at),
    figure: (figure) => {
      figures.push(figure);
      spectator?.figure(figure);
    },
  });
  play.stage = stage;
  spectator?.begin?.(stage);
  try {
    settle(lab, stage);
    options.sabotage?.(stage);
    const failure = await perform(lab, stage);
    // What is still on its way arrives, so that nobody wonders what became of it.
    if (failure === null) await world.until(() => world.line.nextArrival === Infinity, LAST_WORDS);
    return { lab, setting, passed: failure === null, failure, met, figures, stage };
  } finally {
    story.flush();
    play.over = true;
    world.close();
  }
}

async function perform(lab: Lab, stage: Stage): Promise<LabResult['failure']> {
  try {
    await lab.play(stage);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    if (error instanceof NotSeen) return { key: error.key, instead: error.instead };
    return { key: '', instead: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
  const missing = lab.musts.find((key) => !stage.isMet(key));
  return missing === undefined ? null : { key: missing, instead: 'the play ended without it' };
}

/** The settings before the curtain rises. */
function settle({ setUp, glass }: Lab, stage: Stage): void {
  for (const role of ROLES) {
    for (const [name, value] of Object.entries(setUp?.sysctls?.[role] ?? {})) stage.host(role).sysctl(name, value);
  }
  for (const [name, value] of Object.entries(setUp?.glass ?? {})) stage.host(glass).sysctl(name, value);
}

interface Ends {
  readonly ends: Readonly<Record<Role, End>>;
  readonly time: Time;
}

async function makeEnds(lab: Lab, { setting, seed = 1 }: RunOptions, tracer: Tracer, opposite: Tracer | null): Promise<Ends> {
  const { glass } = lab;
  const other = otherRole(glass);
  const addresses = ADDRESSES[lab.setUp?.ipv6 === true ? 'v6' : 'v4'];
  const mtu = lab.setUp?.mtu ?? MTU;
  const makeGlass = (role: Role, watched: Tracer | null, time: Time): GlassEnd => {
    const first = lab.setUp?.iss?.[role];
    const iss = first === undefined ? {} : { iss: () => seq(first) };
    return new GlassEnd(addresses[role], addresses.prefix, { seed: seed * 2 + (role === 'client' ? 0 : 1), tracer: watched, profile: 'own', mtu, start: time.now(), ...iss }, () => time.now());
  };
  if (setting === 'sim') {
    const time = new VirtualTime();
    return { ends: cast(glass, makeGlass(glass, tracer, time), makeGlass(other, opposite, time)), time };
  }
  // Loaded only here: virtual time needs neither koffi nor Linux.
  const { KernelEnd } = await import('./ends/kernel-end.js');
  const { WallTime } = await import('./wall-time.js');
  const time = new WallTime();
  const kernel = new KernelEnd(addresses[other], addresses.prefix, mtu, () => time.now());
  time.watch([kernel.fd]);
  return { ends: cast(glass, makeGlass(glass, tracer, time), kernel), time };
}

const cast = (glass: Role, ours: End, other: End): Record<Role, End> => (glass === 'client' ? { client: ours, server: other } : { client: other, server: ours });
