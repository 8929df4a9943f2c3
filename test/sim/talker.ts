/** A user of one connection: writes a known stream in its own rhythm, reads and checks the other, and closes in its own way. */
import type { Endpoint, EndpointOwner } from '../../src/stack/endpoint.js';
import { Signal } from '../../src/tcp/tcb.js';
import type { Alarm, Clock } from '../../src/util/clock.js';
import type { Random } from '../../src/util/random.js';
import type { Duration } from '../../src/util/units.js';
import { Pattern } from './pattern.js';

/** How the user goes: in peace, or breaking the connection. */
export type Closing = 'when-sent' | 'after-peer' | 'release-when-done' | 'abort' | 'release-early';

export interface Manners {
  /** Octets to send. */
  readonly sends: number;
  /** Largest write and read. */
  readonly writeMost: number;
  readonly readMost: number;
  /** Pause after a write or a read that carried something; 0 = none. */
  readonly writeGap: Duration;
  readonly readGap: Duration;
  /** Says nothing before the peer has finished: data flows back over a half-closed connection. */
  readonly sendsAfterPeer: boolean;
  readonly closing: Closing;
  /** abort, release-early: once so many octets were sent and received together; at most `sends`, which is always reached. */
  readonly breaksAt: number;
}

const breaks = (closing: Closing): boolean => closing === 'abort' || closing === 'release-early';

export class Talker implements EndpointOwner {
  sent = 0;
  received = 0;
  endpoint: Endpoint | undefined;
  /** The peer's FIN was read. */
  ended = false;
  /** It was this side that broke the connection. */
  broke = false;
  closed = false;
  connected = false;
  readonly problems: string[] = [];
  private closeCalled = false;
  private readonly out: Pattern;
  private readonly expected: Pattern;
  private readonly buffer: Uint8Array;
  private readonly writeAlarm: Alarm;
  private readonly readAlarm: Alarm;
  private writePause = false;
  private readPause = false;

  constructor(private readonly name: string, private readonly clock: Clock, private readonly random: Random, private readonly manners: Manners, salts: { own: number; peer: number }) {
    this.out = new Pattern(salts.own);
    this.expected = new Pattern(salts.peer);
    this.buffer = new Uint8Array(manners.readMost);
    this.writeAlarm = clock.alarm(() => {
      this.writePause = false;
      this.act();
    });
    this.readAlarm = clock.alarm(() => {
      this.readPause = false;
      this.act();
    });
  }

  hold(endpoint: Endpoint): void {
    this.endpoint = endpoint;
    endpoint.attach(this);
  }

  /** Nothing more will be read or written. */
  get finished(): boolean {
    return this.endpoint === undefined || (this.closed && (this.ended || this.broke || this.endpoint.failure !== null));
  }

  signals(endpoint: Endpoint, signals: number): void {
    this.endpoint = endpoint;
    if ((signals & Signal.Connected) !== 0) this.connected = true;
    if ((signals & Signal.Closed) !== 0) this.closed = true;
    this.act();
  }

  private act(): void {
    const { endpoint } = this;
    if (endpoint === undefined || this.broke) return;
    if (this.connected) this.breakOff(endpoint);
    this.read(endpoint);
    this.write(endpoint);
    this.close(endpoint);
  }

  private breakOff(endpoint: Endpoint): void {
    const { closing, breaksAt } = this.manners;
    if (!breaks(closing) || this.broke || this.sent + this.received < breaksAt) return;
    this.broke = true;
    if (closing === 'abort') endpoint.abort();
    else endpoint.release();
  }

  private read(endpoint: Endpoint): void {
    while (!this.readPause && !this.ended && !this.broke) {
      const n = endpoint.receive(this.buffer, 0, this.random.int(1, this.manners.readMost + 1));
      if (n === 0) return;
      if (typeof n !== 'number') {
        // CLOSED with everything read: what ended it is in `failure`; in peace it was the peer's FIN.
        if (n === 'connection-closing' || endpoint.failure === null) this.ended = true;
        return;
      }
      const wrong = this.expected.mismatch(this.received, this.buffer, n);
      if (wrong >= 0) this.problems.push(`${this.name} read a wrong octet at ${wrong}`);
      this.received += n;
      if (this.manners.readGap > 0) {
        this.readPause = true;
        this.readAlarm.set(this.clock.now() + this.random.float() * 2 * this.manners.readGap);
      }
      this.breakOff(endpoint);
    }
  }

  private write(endpoint: Endpoint): void {
    const { sends, writeMost, writeGap, sendsAfterPeer } = this.manners;
    if (!this.connected || (sendsAfterPeer && !this.ended) || this.closeCalled) return;
    while (this.sent < sends && !this.writePause && !this.broke) {
      const want = Math.min(this.random.int(1, writeMost + 1), sends - this.sent);
      const taken = endpoint.send(this.out.at(this.sent, want), 0, want);
      if (typeof taken !== 'number') return;
      this.sent += taken;
      if (taken > 0 && writeGap > 0) {
        this.writePause = true;
        this.writeAlarm.set(this.clock.now() + this.random.float() * 2 * writeGap);
      }
      this.breakOff(endpoint);
      if (taken < want) return;
    }
  }

  private close(endpoint: Endpoint): void {
    const { closing, sends } = this.manners;
    if (this.closeCalled || this.broke || this.sent < sends || !this.connected) return;
    if (closing !== 'when-sent' && !this.ended) return;
    this.closeCalled = true;
    if (closing === 'release-when-done') endpoint.release();
    else endpoint.close();
  }
}
