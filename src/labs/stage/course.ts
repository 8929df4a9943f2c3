/** What went on inside the host that is glasstcp, as numbers over time: its variables, and the decisions it took by one rule. */
import type { Explanation } from '../../trace/moment.js';
import type { Micros } from '../../util/units.js';
import type { Point } from '../figure.js';
import type { Stage } from './stage.js';

/** A decision by the rule that was asked for. */
export interface Decision {
  readonly at: Micros;
  /** Of its sentence, in the order of the rule. */
  readonly numbers: readonly [number, number, number];
}

/** Variables of one connection after each thing that happened to it; names are those of VariableChange. */
export interface Standing {
  readonly at: Micros;
  readonly values: Readonly<Record<string, number>>;
}

/** Decisions by this rule, in order, reasons of segments included. */
export function decisionsBy(stage: Stage, rule: string): Decision[] {
  return stage.moments.flatMap(({ at, reason, decisions }) => [reason, ...decisions]
    .filter((why): why is Explanation => why?.rule.name === rule)
    .map(({ numbers }) => ({ at, numbers })));
}

/** Each moment of connections that changed a variable: all variables known by then. The first values of the run go before. */
export function standings(stage: Stage): Standing[] {
  const values: Record<string, number> = {};
  const moments = stage.moments.filter(({ changes }) => changes.length > 0);
  for (const { changes } of moments) for (const { name, from } of changes) values[name] ??= from;
  return moments.map(({ at, changes }) => {
    for (const { name, to } of changes) values[name] = to;
    return { at, values: { ...values } };
  });
}

/** Time since the first segment, for the axis of a plot: ms with one place. */
export const sinceStart = (stage: Stage, at: Micros): number => tenths((at - stage.seen[0].at) / 1000);

const tenths = (x: number): number => Math.round(x * 10) / 10;

/** One variable as points of a plot, only where it changes. @param unit what y is divided by @param known leaves values out that mean "none yet" */
export function courseOf(stage: Stage, name: string, unit: number, known: (value: number) => boolean = () => true): Point[] {
  const points: Point[] = [];
  for (const { at, values } of standings(stage)) {
    const y = tenths(values[name] / unit);
    if (known(values[name]) && points.at(-1)?.[1] !== y) points.push([sinceStart(stage, at), y]);
  }
  return points;
}
