/** How much is shown when more comes than anybody could read: so many segments a second, and none while we are behind. What is left out is counted. */

const WINDOW_MS = 1_000;

export class LineLimit {
  private windowStart = -Infinity;
  private used = 0;
  private untold = 0;
  private all = 0;

  /** @param perSecond segments; Infinity = no limit but being behind */
  constructor(private readonly perSecond: number) {}

  /** Left out in all. */
  get leftOut(): number {
    return this.all;
  }

  /**
   * May one more segment be shown?
   * @param at ms, never going back
   * @param behind the capture, or whoever reads our output, cannot keep up: then nothing more is shown in this second
   */
  allows(at: number, behind: boolean): boolean {
    if (at - this.windowStart >= WINDOW_MS) {
      this.windowStart = at;
      this.used = 0;
    }
    if (behind) this.used = Infinity;
    if (this.used < this.perSecond) {
      this.used++;
      return true;
    }
    this.untold++;
    this.all++;
    return false;
  }

  /** Left out and not yet told; told hereby. */
  takeUntold(): number {
    const { untold } = this;
    this.untold = 0;
    return untold;
  }
}
