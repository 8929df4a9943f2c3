/** What comes before anybody asks for it is kept; who asks first is answered first; after the end there is null for all. */

/** A key held down while nobody looks. */
const MOST_KEPT = 256;

export class Inbox<T> {
  private readonly kept: T[] = [];
  private readonly asked: ((item: T | null) => void)[] = [];
  private over = false;

  put(item: T): void {
    const ask = this.asked.shift();
    if (ask !== undefined) ask(item);
    else if (this.kept.length < MOST_KEPT && !this.over) this.kept.push(item);
  }

  /** Nothing more will come. */
  end(): void {
    this.over = true;
    for (const ask of this.asked.splice(0)) ask(null);
  }

  take(): Promise<T | null> {
    const item = this.kept.shift();
    if (item !== undefined) return Promise.resolve(item);
    if (this.over) return Promise.resolve(null);
    return new Promise((resolve) => this.asked.push(resolve));
  }
}
