/** What a measuring program is told to do, and what it tells: lines between the benchmark and its two programs. */

/** upload: client to server as fast as it goes; download: the other way; echo: an octet there and back; connect: connect, echo an octet, close. */
export type Style = 'upload' | 'download' | 'echo' | 'connect';

export interface Job {
  readonly role: 'server' | 'client';
  readonly style: Style;
  /** Where the client finds the server. */
  readonly address: string;
  /** The server listens on all of these: a client that opens many connections a second takes them in turn. */
  readonly ports: readonly number[];
  /** Connections the client holds, or attempts it has under way, at a time. */
  readonly connections: number;
}

/** From the benchmark. Profiling begins with one mark and ends, saved to the file, with the next. */
export interface Request {
  readonly mark: true;
  readonly profile?: string;
}

/** What a program has done since it began; two of them make a rate. */
export interface Mark {
  /** µs on the program's own clock. */
  readonly at: number;
  readonly octets: number;
  readonly operations: number;
  readonly failures: number;
  /** µs of processor time, in the program and in the kernel on its behalf. */
  readonly userTime: number;
  readonly systemTime: number;
  /** glasstcp only: packets read and written, and how often the device was found readable. */
  readonly device?: DeviceTotals;
}

export interface DeviceTotals {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly wakeUps: number;
}

/** `ready`: the server listens; the client has seen each connection work once. */
export type Report = { readonly ready: true } | { readonly mark: Mark };
