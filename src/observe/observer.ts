/**
 * An onlooker: is shown the packets of a capture one after another, tells the conversations apart, and says of each segment
 * what it is. It knows what passed the place of the capture, not what arrived; what it cannot know it calls unknown.
 */
import { Explanation } from '../trace/moment.js';
import { Conversations } from './conversations.js';
import { Reading } from './reading.js';
import type { Observed, Overlooked, Sighting } from './sighting.js';
import { verdicts as V } from './verdicts.js';

/** Conversations remembered at a time. */
const MOST_CONVERSATIONS = 10_000;

export class Observer {
  private readonly reading = new Reading();
  private readonly conversations: Conversations;

  /** @param most conversations remembered at a time; beyond that those longest silent are forgotten */
  constructor(most = MOST_CONVERSATIONS) {
    this.conversations = new Conversations(most);
  }

  see(observed: Observed): Sighting | Overlooked {
    const { number, at } = observed;
    const why = this.reading.read(observed);
    if (why !== '') return { number, at, why };
    const { segment } = this.reading;
    const { conversation, from, reuses } = this.conversations.of(segment);
    const condition = this.reading.condition(observed);
    const { view, verdicts, states } = conversation.pass(number, at, segment, condition, from);
    return {
      number, at, stream: conversation.stream, from, left: conversation.left, right: conversation.right, view,
      checksum: condition.checksum,
      verdicts: reuses < 0 ? verdicts : [new Explanation(V.ReusedPorts, reuses, 0, 0), ...verdicts],
      states,
    };
  }
}
