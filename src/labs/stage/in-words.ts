/** Numbers as sentences and tables have them. */

/** Milliseconds without a fraction. */
export const inMilliseconds = (duration: number): number => Math.round(duration / 1000);

/** Seconds with one place. */
export const inSeconds = (duration: number): string => (duration / 1_000_000).toFixed(1);

/** "1-17", the second number being the first octet after. */
export const rangeText = ([from, to]: readonly [number, number]): string => `${from}-${to}`;
