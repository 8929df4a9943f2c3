/** Which segments of a lab are worth guessing: found by playing it once without an audience, because virtual time is the same each time. */
import type { Lab } from '../../labs/lab.js';
import { runLab, type Spectator } from '../../labs/run.js';
import { LineTeller } from './line-teller.js';
import { type Announced, Foreword } from './pacer.js';

/** More would be a lesson, not a quiz. */
export const MOST_QUESTIONS = 12;

/** What makes a segment like another: its flags, text or not, the rule it is sent by, and the state it is sent from. */
export function kindOf({ view, moments }: Announced): string {
  if (view?.protocol !== 'TCP') return '';
  const own = moments.at(-1);
  const flags = view.flags.filter((flag) => flag !== 'PSH').join(',');
  return `${flags} ${view.length > 0 ? 'text' : ''} ${own?.reason?.rule.name ?? ''} ${own?.before ?? ''}`;
}

/** Is it one that the host on the left decides to send? */
export const isAskable = ({ ours, packet, view }: Announced): boolean => ours && !packet.injected && view?.protocol === 'TCP';

/**
 * The first of each kind first; then, where there is room, those that differ from the one before.
 * @param kinds of the segments in their order
 * @returns places in that order
 */
export function chooseQuestions(kinds: readonly string[], most = MOST_QUESTIONS): ReadonlySet<number> {
  const places = kinds.map((_, i) => i);
  const firsts = places.filter((i) => kinds.indexOf(kinds[i]) === i);
  const others = places.filter((i) => kinds.indexOf(kinds[i]) !== i && kinds[i] !== kinds[i - 1]);
  const chosen = spread(firsts, most);
  return new Set([...chosen, ...spread(others, most - chosen.length)]);
}

/** So many of them, evenly, with the first and the last. */
function spread(items: readonly number[], most: number): number[] {
  if (items.length <= most) return [...items];
  if (most <= 1) return items.slice(0, Math.max(0, most));
  return Array.from({ length: most }, (_, i) => items[Math.round(i * (items.length - 1) / (most - 1))]);
}

/** Plays the lab in virtual time. @returns which of our segments are asked, counted from 0 */
export async function rehearse(lab: Lab, seed: number): Promise<ReadonlySet<number>> {
  const kinds: string[] = [];
  const teller = new LineTeller({ lab, text: { says: {} }, audiences: [] });
  const foreword = new Foreword(lab.glass, teller.held);
  const nothing = (): void => undefined;
  const spectator: Spectator = {
    say: nothing, met: nothing, figure: nothing, states: nothing,
    moment: (moment) => teller.moment(moment),
    sent: (sent) => teller.sent(sent),
    about: (packet) => {
      const announced = foreword.of(packet);
      if (isAskable(announced)) kinds.push(kindOf(announced));
      return Promise.resolve();
    },
    pace: () => {
      teller.settle();
      return Promise.resolve();
    },
  };
  await runLab(lab, { setting: 'sim', seed, spectator });
  return chooseQuestions(kinds);
}
