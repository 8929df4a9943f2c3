/** A scene: what is played, which tools it takes, and what tshark must see in its captures for it to be the scene it says. */
import type { Stage } from './stage.js';

/** tshark's verdicts without their prefix, "tcp.analysis.". */
export const FLAGS = [
  'retransmission', 'fast_retransmission', 'spurious_retransmission', 'out_of_order', 'duplicate_ack', 'lost_segment', 'ack_lost_segment',
  'zero_window', 'zero_window_probe', 'zero_window_probe_ack', 'window_update', 'window_full', 'keep_alive', 'keep_alive_ack', 'reused_ports',
] as const;

export type Flag = (typeof FLAGS)[number];

/** What else a scene may be for: TCP segments, conversations, segments with RST; SYNs or FINs of both ends of which neither answers the other. */
export type Other = 'frames' | 'streams' | 'resets' | 'crossing_syns' | 'crossing_fins';

/** How often something must be in a capture, at least. */
export type Contents = Readonly<Partial<Record<Flag | Other, number>>>;

export interface Scene {
  readonly name: string;
  /** Beyond what all need. */
  readonly tools?: readonly string[];
  readonly play: (stage: Stage) => Promise<void>;
  /** By the name of the capture. */
  readonly contents: Readonly<Record<string, Contents>>;
}

/** One whose only capture has its name. */
export const scene = (name: string, contents: Contents, play: Scene['play'], tools: readonly string[] = []): Scene =>
  ({ name, tools, play, contents: { [name]: contents } });
