/**
 * An onlooker: is shown the packets of a capture one after another, tells the conversations apart, and says of each segment
 * what it is. It knows what passed the place of the capture, not what arrived; what it cannot know it calls unknown.
 */
import { Explanation } from '../trace/moment.js';
import { Conversations } from './conversations.js';
import { Reading } from './reading.js';
import type { Observed, Overlooked, Sighting } from './sighting.js';
import { verdicts } from './verdicts.js';

/** Conversations remembered at a time. */
const MOST_CONVERSATIONS = 10_000;

export class Observer {
  private readonly reading = new Reading();
  private readonly conversations: Conversations;

  /** @param most conversations remembered at a time; beyond that the one longest silent is forgotten */
  constructor(most = MOST_CONVERSATIONS) {
    this.conversations = new Conversations(most);
  }

  see(observed: Observed): Sighting | Overlooked {
    const { number, at } = observed;
    const why = this.reading.read(observed);
    if (why !== '') return { number, at, why };
    const { segment } = this.reading;
    const { conversation, from, reuses } = this.conversations.of(segment);
    const view = conversation.view(segment, from);
    const { said: first, again, acksNew } = conversation.judge(number, at, segment, from);
    const passing = { number, at, from, segment, view, again, acksNew };
    const states = conversation.states.pass(passing);
    const said = [...first, ...conversation.resets.pass(passing, states)];
    return {
      number, at, stream: conversation.stream, from, left: conversation.left, right: conversation.right, view,
      checksum: this.reading.checksum(observed),
      verdicts: reuses < 0 ? said : [new Explanation(verdicts.ReusedPorts, reuses, 0, 0), ...said],
      states,
    };
  }
}
