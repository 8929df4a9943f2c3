/** Completes a list of states that was sampled: what must lie between two of them by RFC 9293 Figure 5 is put in, and marked. */
import { type TcpState, TRANSITIONS } from '../../tcp/state.js';

export interface PathStep {
  readonly state: TcpState;
  /** Not seen, but there is no other way. */
  readonly inferred: boolean;
}

const FIGURE = TRANSITIONS.filter((t) => t.source.startsWith('Figure 5') && t.to !== 'CLOSED');
const END = TRANSITIONS.filter((t) => t.source === 'Figure 5' && t.to === 'CLOSED');
/** ESTABLISHED before its shortcuts. */
const EDGES = [...FIGURE].sort((a, b) => Number(b.to === 'ESTABLISHED') - Number(a.to === 'ESTABLISHED')).concat(END);

export function completePath(seen: readonly TcpState[]): PathStep[] {
  const steps: PathStep[] = [];
  for (const state of seen) {
    const last = steps.at(-1)?.state;
    const between = last === undefined ? [] : statesBetween(last, state);
    steps.push(...between.map((missed) => ({ state: missed, inferred: true })), { state, inferred: false });
  }
  return steps;
}

/** The states on the shortest way, without its ends; none when a single edge, or no way, leads there. */
function statesBetween(from: TcpState, to: TcpState): TcpState[] {
  if (TRANSITIONS.some((t) => t.from === from && t.to === to)) return [];
  const ways: TcpState[][] = [[from]];
  const visited = new Set<TcpState>([from]);
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1) as TcpState;
    for (const edge of EDGES.filter((e) => e.from === last)) {
      if (edge.to === to) return way.slice(1);
      if (visited.has(edge.to) || edge.to === 'CLOSED') continue;
      visited.add(edge.to);
      ways.push([...way, edge.to]);
    }
  }
  return [];
}

/** "SYN-SENT, ESTABLISHED, (FIN-WAIT-1), FIN-WAIT-2" */
export const formatPath = (path: readonly PathStep[]): string => path.map(({ state, inferred }) => (inferred ? `(${state})` : state)).join(', ');
