/**
 * Groups the stream of trace events into moments (moment.ts). A connection's moment ends with its `settled`; one of the
 * stack itself (conn 0) has no variables to settle, so it ends when the next event begins, or by `flush()`.
 */
import { invariant } from '../util/invariant.js';
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import { Explanation, type Moment, type StateChange, type VariableChange } from './moment.js';
import { ruleOf } from './rules.js';
import type { Direction, Tracer, Variables } from './tracer.js';

/** A moment in the making. */
class Draft {
  direction: Direction | undefined;
  bytes: Uint8Array | undefined;
  reason: Explanation | undefined;
  readonly decisions: Explanation[] = [];
  readonly states: { from: string; to: string; rule: number }[] = [];

  constructor(
    readonly conn: number,
    public at: Micros,
  ) {}

  /** The numbers of a state change's rule, where a decision of this moment gave them. */
  because(id: number): Explanation | undefined {
    const rule = ruleOf(id);
    if (rule === undefined) return undefined;
    if (this.reason?.rule === rule) return this.reason;
    return this.decisions.find((d) => d.rule === rule) ?? Explanation.unnumbered(rule);
  }
}

/** The last variables of a connection that a moment has told. */
interface Told {
  readonly state: string;
  readonly values: readonly number[];
}

const NAMES = ['snd.una', 'snd.nxt', 'snd.wnd', 'rcv.nxt', 'rcv.wnd', 'cwnd', 'ssthresh', 'pipe', 'srtt', 'rto'] as const;
/** These start from 0, so that the first segment already shows what it did; first values of the others are no change. */
const FROM_ZERO: ReadonlySet<string> = new Set(['snd.una', 'snd.nxt', 'snd.wnd', 'rcv.nxt', 'pipe']);

export class Story implements Tracer {
  private readonly drafts = new Map<number, Draft>();
  private readonly told = new Map<number, Told>();
  private serial = 0;

  /** @param tell is handed each finished moment, from inside the trace call that finished it: it must not call the stack. */
  constructor(private readonly tell: (moment: Moment) => void) {}

  decision(conn: number, now: Micros, rule: number, a: number, b: number, c: number): void {
    // On conn 0 a decision after a segment that went out belongs to something new.
    if (conn === 0 && this.drafts.get(0)?.direction === 'out') this.finish(0);
    this.draft(conn, now).decisions.push(explanation(rule, a, b, c));
  }

  segment(conn: number, now: Micros, direction: Direction, packet: Packet, _tcpStart: number, rule: number, a: number, b: number, c: number): void {
    const open = this.drafts.get(conn);
    // What was decided before a segment came in was not about it; what was decided before one goes out was.
    if (open !== undefined && (direction === 'in' || open.bytes !== undefined)) this.finish(conn);
    const draft = this.draft(conn, now);
    draft.at = now;
    draft.direction = direction;
    draft.bytes = packet.toBytes();
    if (rule !== 0) draft.reason = explanation(rule, a, b, c);
  }

  state(conn: number, now: Micros, from: string, to: string, rule: number): void {
    this.draft(conn, now).states.push({ from, to, rule });
  }

  settled(conn: number, _now: Micros, variables: Variables): void {
    // Nothing to tell: what changed (a window that opened as the user read) is told with the next moment.
    if (this.drafts.has(conn)) this.finish(conn, variables);
    if (variables.state === 'CLOSED') this.told.delete(conn);
  }

  /** Ends every open moment, those of connections without their variables. */
  flush(): void {
    for (const conn of [...this.drafts.keys()]) this.finish(conn);
  }

  /** The open moment of a connection, begun if need be. */
  private draft(conn: number, now: Micros): Draft {
    if (conn !== 0) this.finish(0);
    const open = this.drafts.get(conn);
    if (open !== undefined) return open;
    const draft = new Draft(conn, now);
    this.drafts.set(conn, draft);
    return draft;
  }

  private finish(conn: number, variables?: Variables): void {
    const draft = this.drafts.get(conn);
    if (draft === undefined) return;
    this.drafts.delete(conn);
    const last = this.told.get(conn);
    const states: StateChange[] = draft.states.map(({ from, to, rule }) => ({ from, to, because: draft.because(rule) }));
    const before = states[0]?.from ?? last?.state ?? variables?.state ?? '';
    const after = states[states.length - 1]?.to ?? variables?.state ?? before;
    let changes: VariableChange[] = [];
    if (variables !== undefined) {
      const values = valuesOf(variables);
      changes = compare(last?.values, values);
      this.told.set(conn, { state: after, values });
    } else if (last !== undefined) {
      this.told.set(conn, { state: after, values: last.values });
    }
    const { at, direction, bytes, reason, decisions } = draft;
    const core = { serial: ++this.serial, at, conn, decisions, states, before, after, changes };
    if (bytes === undefined || direction === undefined) return this.tell({ ...core, kind: 'event' });
    this.tell({ ...core, kind: 'segment', direction, bytes, ...(reason === undefined ? {} : { reason }) });
  }
}

function explanation(id: number, a: number, b: number, c: number): Explanation {
  const rule = ruleOf(id);
  invariant(rule !== undefined, `a decision names rule ${id}, which is not in the book`);
  return new Explanation(rule, a, b, c);
}

/** In the order of NAMES. */
function valuesOf(v: Variables): number[] {
  return [
    (v.sndUna - v.iss) >>> 0,
    (v.sndNxt - v.iss) >>> 0,
    v.sndWnd,
    (v.rcvNxt - v.irs) >>> 0,
    v.rcvWnd,
    v.cwnd,
    v.ssthresh,
    v.pipe,
    v.srtt,
    v.rto,
  ];
}

function compare(old: readonly number[] | undefined, values: readonly number[]): VariableChange[] {
  const changes: VariableChange[] = [];
  for (const [i, name] of NAMES.entries()) {
    const to = values[i];
    const from = old === undefined ? (FROM_ZERO.has(name) ? 0 : to) : (old[i]);
    if (from !== to) changes.push({ name, from, to });
  }
  return changes;
}
