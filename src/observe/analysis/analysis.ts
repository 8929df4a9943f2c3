/** What each segment of one conversation is: asks the judges in turn, then takes note of what has passed. */
import type { Explanation } from '../../trace/moment.js';
import type { Micros } from '../../util/units.js';
import type { Segment } from '../../wire/segment.js';
import { judgeAck, judgeFilling, noteAck } from './acks.js';
import { type Condition, remarkCondition } from './condition.js';
import type { Flow } from './flow.js';
import { Handshake } from './handshake.js';
import { Occasion } from './occasion.js';
import { judgeQuestion } from './probing.js';
import { remark } from './remarks.js';
import { judgeText, noteText } from './text.js';

/** What a segment is, and what others want to know of it. Lent until the next one. */
export interface Judgement {
  readonly said: readonly Explanation[];
  readonly again: boolean;
  readonly acksNew: boolean;
}

export class Analysis {
  private readonly handshake = new Handshake();
  private readonly occasion: Occasion;

  constructor(left: Flow, right: Flow) {
    this.occasion = new Occasion(left, right);
  }

  /** @param seg a segment of direction `fwd`, whose lane has counted it */
  pass(number: number, at: Micros, seg: Segment, condition: Condition, fwd: Flow, back: Flow): Judgement {
    const o = this.occasion;
    o.number = number;
    o.at = at;
    o.seg = seg;
    o.fwd = fwd;
    o.back = back;
    o.said = [];
    const latest = judgeQuestion(o);
    const again = judgeText(o, latest, this.handshake.rtt);
    judgeFilling(o);
    judgeAck(o, latest);
    remark(o, latest, again);
    remarkCondition(o, condition);
    const { highestAck } = fwd;
    noteAck(o);
    noteText(o, latest);
    this.handshake.note(o);
    fwd.latest = latest;
    fwd.latestAt = at;
    return { said: o.said, again, acksNew: highestAck !== fwd.highestAck };
  }
}
