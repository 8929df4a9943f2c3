/** The comment beside a packet that passed between two hosts: what it is, what it means by which rule, and both ends' states. */
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import { formatCitation } from '../../trace/explain.js';
import { plainWords } from './plain-words.js';
import { stepText } from './state-words.js';

/** Both ends, then a line for each thing there is to say. Without line end. */
export function sightingComment(sighting: Sighting): string {
  const { left, right, from, states, verdicts, checksum } = sighting;
  const names = { left: `left ${left} ${stepText(states.left)}`, right: `right ${right} ${stepText(states.right)}` };
  const lines = [`${names.left}, ${names.right}`, `from the ${from}: ${plainWords(sighting)}`];
  for (const verdict of verdicts) lines.push(`${verdict.text} ${formatCitation(verdict.rule)}`);
  if (checksum === 'unknown') lines.push('not captured whole: its checksum cannot be verified');
  return lines.join('\n');
}

/** Frames that other tools may call TCP although there is no segment in them that can be read: cut, in pieces, quoted by an ICMP error. */
const ABOUT_TCP = /TCP|cut off|fragment|shorter|^ICMP\w* (destination|packet|time|parameter)/;

/** For a packet that is no readable segment of TCP; '' when TCP has nothing to do with it. */
export const overlookedComment = ({ why }: Overlooked): string => (ABOUT_TCP.test(why) ? `no segment of TCP that can be read: ${why}` : '');
