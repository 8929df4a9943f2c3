/** What the script's thread and the thread for blocking calls share: one call and its result. */
import type { Micros } from '../../util/units.js';

/** Places in the shared words, and the values of State. */
export const Slot = {
  State: 0,
  Thread: 1,
  Value: 2,
  Errno: 3,
  RealTime: 4,
  /** Not 0: the thread shall end as soon as it can; 2 = it has. */
  Leave: 5,
  /** State: nothing to do. */
  Idle: 0,
  /** State: a call is to be made. */
  Asked: 1,
  /** State: the thread is about to enter the kernel, or there. */
  Inside: 2,
  /** State: the result is there. */
  Done: 3,
} as const;

const WORDS = 8;
const ARGS = 6;
/** Octets: words, arguments and the instant, then the function's name. */
const NAME_AT = 4 * WORDS + 8 * (ARGS + 2);
const NAME_LENGTH = 32;

export class BlockingSlots {
  static readonly size = NAME_AT + NAME_LENGTH;
  readonly words: Int32Array;
  private readonly numbers: BigInt64Array;
  private readonly text: Uint8Array;

  constructor(readonly shared: SharedArrayBuffer) {
    this.words = new Int32Array(shared, 0, WORDS);
    this.numbers = new BigInt64Array(shared, 4 * WORDS, ARGS + 2);
    this.text = new Uint8Array(shared, NAME_AT, NAME_LENGTH);
  }

  get realTime(): boolean {
    return this.words[Slot.RealTime] === 1;
  }

  get name(): string {
    return String.fromCharCode(...this.text.subarray(0, this.text.indexOf(0)));
  }

  get args(): bigint[] {
    return [...this.numbers.subarray(0, ARGS)];
  }

  /** When the call returned, µs since 1970. */
  get endedAt(): Micros {
    return Number(this.numbers[ARGS]);
  }

  /** Address of one octet to write into the pipe that wakes the script. */
  get wakeOctet(): bigint {
    return this.numbers[ARGS + 1];
  }

  set wakeOctet(address: bigint) {
    this.numbers[ARGS + 1] = address;
  }

  ask(name: string, args: readonly (number | bigint)[]): void {
    this.text.fill(0);
    for (let i = 0; i < name.length; i++) this.text[i] = name.charCodeAt(i);
    for (let i = 0; i < ARGS; i++) this.numbers[i] = BigInt(args[i] ?? 0);
    Atomics.store(this.words, Slot.State, Slot.Asked);
    Atomics.notify(this.words, Slot.State);
  }

  finish(value: number, errno: number, at: Micros): void {
    this.words[Slot.Value] = value;
    this.words[Slot.Errno] = errno;
    this.numbers[ARGS] = BigInt(Math.round(at));
    Atomics.store(this.words, Slot.State, Slot.Done);
  }
}
