/** Counts what passed while a capture is read or taken: each conversation's story, and what was no TCP, by reason. Memory is bounded. */
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import { type ConversationSummary, ConversationStory } from '../../observe/story.js';
import { isSighting } from './observed-source.js';

/** Reasons told apart; a damaged file could have endless ones. */
const MOST_REASONS = 50;
const OTHER_REASONS = 'other reasons';
/** Conversations whose stories are kept: the first ones. */
const MOST_STORIES = 10_000;

export class Tally {
  /** Frames that are no readable TCP, by the reason. */
  readonly reasons = new Map<string, number>();
  frames = 0;
  segments = 0;
  /** Segments whose checksum was left to a network card; whose options were cut off; that were not captured whole. */
  readonly odd = { offloaded: 0, optionsCut: 0, cut: 0 };
  private readonly told = new Map<number, ConversationStory>();
  private highest = -1;

  constructor(private readonly most = MOST_STORIES) {}

  see(seen: Sighting | Overlooked): void {
    this.frames++;
    if (!isSighting(seen)) return this.overlook(seen.why);
    this.segments++;
    this.note(seen);
    this.highest = Math.max(this.highest, seen.stream);
    this.story(seen.stream)?.see(seen);
  }

  has(stream: number): boolean {
    return this.told.has(stream);
  }

  /** Conversations for whose stories there was no room. */
  get untold(): number {
    return this.told.size < this.most ? 0 : this.highest + 1 - this.told.size;
  }

  /** Conversations there were. */
  get conversations(): number {
    return this.told.size + this.untold;
  }

  stories(): ConversationSummary[] {
    return [...this.told.values()].map((story) => story.summary());
  }

  private story(stream: number): ConversationStory | undefined {
    const known = this.told.get(stream);
    if (known !== undefined || this.told.size >= this.most) return known;
    const story = new ConversationStory();
    this.told.set(stream, story);
    return story;
  }

  private note({ checksum, verdicts }: Sighting): void {
    if (checksum === 'offloaded') this.odd.offloaded++;
    if (checksum === 'unknown') this.odd.cut++;
    if (verdicts.some(({ rule }) => rule.name === 'options-cut')) this.odd.optionsCut++;
  }

  private overlook(why: string): void {
    const known = this.reasons.has(why) || this.reasons.size < MOST_REASONS ? why : OTHER_REASONS;
    this.reasons.set(known, (this.reasons.get(known) ?? 0) + 1);
  }
}
