/** The comment beside a packet that passed between two hosts: what it is, what it means by which rule, and both ends' states. */
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import { formatCitation } from '../../trace/explain.js';
import { plainWords } from './plain-words.js';
import { stepText } from './state-words.js';

const CHECKSUM: Readonly<Record<Sighting['checksum'], string>> = {
  good: '',
  bad: 'its checksum is wrong: the receiver drops it unseen',
  offloaded: 'checksum left to the network card: only the pseudo-header\'s sum is there yet',
  unknown: 'not captured whole: its checksum cannot be verified',
};

/** Both ends, then a line for each thing there is to say. Without line end. */
export function sightingComment(sighting: Sighting): string {
  const { left, right, from, states, verdicts, checksum } = sighting;
  const names = { left: `left ${left} ${stepText(states.left)}`, right: `right ${right} ${stepText(states.right)}` };
  const lines = [`${names.left}, ${names.right}`, `from the ${from}: ${plainWords(sighting)}`];
  for (const verdict of verdicts) lines.push(`${verdict.text} ${formatCitation(verdict.rule)}`);
  if (CHECKSUM[checksum] !== '') lines.push(CHECKSUM[checksum]);
  return lines.join('\n');
}

/** For a packet that is no readable segment of TCP: '' for other protocols, which are none of our business. */
export const overlookedComment = ({ why }: Overlooked): string => (why.startsWith('IP protocol') || why.startsWith('ICMP') ? '' : `not understood: ${why}`);
