/** docs/state-diagram.md as text, made of TRANSITIONS alone: what the engine can do and what the page says are one thing. */
import { TRANSITIONS, type Transition, tcpStates } from '../../src/tcp/state.js';
import { ruleOf } from '../../src/trace/rules.js';

const FIGURE: ReadonlySet<Transition['source']> = new Set(['Figure 5', 'Figure 5, note 1', 'Figure 5, note 2']);

export function stateDiagramPage(): string {
  const drawn = TRANSITIONS.filter((t) => FIGURE.has(t.source));
  const others = TRANSITIONS.filter((t) => !FIGURE.has(t.source));
  return `# The state diagram

Made by \`scripts/state-diagram\` from the table \`TRANSITIONS\` in \`src/tcp/state.ts\`; do not edit it by hand. The function \`enter()\` there is the
only writer of a connection's state, and it takes no edge that is not in this table. A test fails when this page and the table differ.

There are ${tcpStates.length} states and ${TRANSITIONS.length} edges. Under each arrow: the event, and after the slash what is sent or done.

## Figure 5 of RFC 9293

${drawn.length} edges: all that the figure shows, with its notes 1 and 2.

${mermaid(drawn, (t) => [arrow(t)])}

## The other edges

${others.length} edges: those of the figure's note 3, and those that §3.6, §3.8, §3.9 and §3.10 add. Edges between the same two states share an arrow.

${mermaid(others, shared)}

## All edges

The rule is the one that the explanations, the capture comments and the event file name when the edge is taken.

| from | to | event | action | where it stands | rule |
|---|---|---|---|---|---|
${TRANSITIONS.map(row).join('\n')}

See also [deviations](deviations.md) (note 3 of the figure is one) and [how the code is laid out](architecture.md).
`;
}

/** Mermaid's names may not hold hyphens. */
const idOf = (state: string): string => state.replaceAll('-', '_');

function mermaid(edges: readonly Transition[], draw: (edge: Transition, all: readonly Transition[]) => readonly string[]): string {
  const states = tcpStates.filter((s) => edges.some((t) => t.from === s || t.to === s));
  const names = states.filter((s) => idOf(s) !== s).map((s) => `  state "${s}" as ${idOf(s)}`);
  return ['```mermaid', 'stateDiagram-v2', ...names, ...edges.flatMap((t) => draw(t, edges)), '```'].join('\n');
}

const label = ({ event, action }: Transition): string => (action === '' ? event : `${event} / ${action}`);
const arrow = (t: Transition): string => `  ${idOf(t.from)} --> ${idOf(t.to)} : ${label(t)}`;

/** One arrow for all edges between two states, drawn where the first of them stands. */
function shared(edge: Transition, all: readonly Transition[]): readonly string[] {
  const same = all.filter((t) => t.from === edge.from && t.to === edge.to);
  if (same[0] !== edge) return [];
  return [`  ${idOf(edge.from)} --> ${idOf(edge.to)} : ${same.map((t) => t.event).join(' · ')}`];
}

function row({ from, to, event, action, source, rule }: Transition): string {
  return `| ${from} | ${to} | ${event} | ${action} | ${source} | \`${ruleOf(rule)?.name ?? ''}\` |`;
}
