/** What could not be read of a capture, in sentences for people; their number is bounded, however bad the file. */

const MOST = 20;

export class Trouble {
  readonly told: string[] = [];
  private untold = 0;

  say(sentence: string): void {
    if (this.told.length < MOST) this.told.push(sentence);
    else this.untold++;
  }

  /** To be called when the file has been read: says how much was left unsaid. */
  finish(): void {
    if (this.untold > 0) this.told.push(`There is more of this kind: ${count(this.untold)} further complaints.`);
    this.untold = 0;
  }
}

/** "93,204" */
export const count = (value: number): string => value.toLocaleString('en');

/** What a sentence about the end of the reading adds. */
export function readBefore(frames: number): string {
  if (frames === 0) return 'no frame was read before it';
  return frames === 1 ? 'frame 1 was read' : `frames 1 to ${count(frames)} were read`;
}
