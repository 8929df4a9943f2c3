/** Time as the core knows it: numbers of microseconds that come in by a parameter, never read from a clock. */

/** An instant: µs on a monotonic scale, a double (fractions carry nanoseconds). `Infinity` = never. */
export type Micros = number;

/** A length of time in µs. */
export type Duration = number;

export const MILLISECOND: Duration = 1_000;
export const SECOND: Duration = 1_000_000;
export const MINUTE: Duration = 60_000_000;
export const HOUR: Duration = 3_600_000_000;

export const KIB = 1024;
export const MIB = 1024 * 1024;
