/** SocketCalls for programs of other languages: a line of JSON in, the lines that answer it out (docs/socket-calls.md). */
import { callIn, endOf, numberIn, objectIn, octetsIn, toLine } from './json-values.js';
import { SocketCalls, type SocketCallsOptions } from './socket-calls.js';
import type { PendingCall } from './sockets.js';

type Json = Readonly<Record<string, unknown>>;
type Handler = (value: unknown, request: Json) => Json;

/** Greatest time that can be asked for: beyond, a double no longer counts µs. */
const LATEST = Number.MAX_SAFE_INTEGER;

export class JsonLines {
  private calls: SocketCalls;
  /** Calls that block, by the ids they were asked for with. */
  private readonly waiting = new Map<PendingCall, unknown>();
  private readonly handlers: Readonly<Record<string, Handler>> = {
    open: (value) => this.open(value),
    call: (value, request) => this.call(value, request.id),
    packetIn: (value) => this.packetIn(value),
    takePacket: () => ({ packet: this.calls.takePacket() ?? null }),
    advanceTo: (value) => this.advanceTo(value),
    nextDeadline: () => ({ nextDeadline: this.calls.nextDeadline() }),
    now: () => ({ now: this.calls.now }),
    sysctl: (value) => this.sysctl(value),
    tcpInfo: (value) => ({ tcpInfo: this.calls.tcpInfo(numberIn(value, 'tcpInfo')) }),
  };

  constructor(private readonly options: SocketCallsOptions) {
    this.calls = new SocketCalls(options);
  }

  /** @returns first the calls that this request has ended, then its answer; nothing for an empty line. Never throws. */
  answer(line: string): string[] {
    if (line.trim() === '') return [];
    let id: unknown;
    let said: Json;
    try {
      const request = objectIn(JSON.parse(line), 'a request');
      ({ id } = request);
      said = this.serve(request);
    } catch (error) {
      said = { error: error instanceof Error ? error.message : String(error) };
    }
    return [...this.ended(), toLine({ ...(id === undefined ? {} : { id }), ...said })];
  }

  private serve(request: Json): Json {
    const asked = Object.keys(request).filter((key) => Object.hasOwn(this.handlers, key));
    if (asked.length !== 1) throw new RangeError(`a request has exactly one of ${Object.keys(this.handlers).join(', ')}`);
    return this.handlers[asked[0]](request[asked[0]], request);
  }

  private *ended(): IterableIterator<string> {
    for (const [pending, id] of this.waiting) {
      if (pending.result === undefined) continue;
      this.waiting.delete(pending);
      yield toLine({ ...(id === undefined ? {} : { id }), ended: true, ...endOf(pending) });
    }
  }

  /** A host of its own in place of the one so far; what is not given stays as on the command line. */
  private open(value: unknown): Json {
    const { addresses, mtu, seed, start } = objectIn(value, 'open');
    if (addresses !== undefined && !(Array.isArray(addresses) && addresses.every((a) => typeof a === 'string'))) throw new RangeError('addresses must be a list of strings');
    const given = { ...(addresses === undefined ? {} : { addresses }), ...numbers({ mtu, seed, start }) };
    this.waiting.clear();
    this.calls = new SocketCalls({ ...this.options, ...given });
    return { now: this.calls.now };
  }

  private call(value: unknown, id: unknown): Json {
    const pending = this.calls.begin(callIn(value));
    if (pending.result !== undefined) return endOf(pending);
    this.waiting.set(pending, id);
    return { pending: true };
  }

  private packetIn(value: unknown): Json {
    this.calls.packetIn(octetsIn(value, 'packetIn'));
    return { packets: this.calls.packetsWaiting };
  }

  private advanceTo(value: unknown): Json {
    const at = numberIn(value, 'advanceTo');
    if (at > LATEST) throw new RangeError('advanceTo is too far away');
    this.calls.advanceTo(at);
    return { now: this.calls.now, packets: this.calls.packetsWaiting };
  }

  private sysctl(value: unknown): Json {
    const [name, setting] = Array.isArray(value) ? (value as unknown[]) : [value];
    if (typeof name !== 'string') throw new RangeError('sysctl must be a name, or a list of a name and a value');
    if (setting === undefined) return { value: this.calls.sysctl(name) ?? null };
    if (typeof setting !== 'string' && typeof setting !== 'number') throw new RangeError('the value of a sysctl must be a string or a number');
    return { sysctl: this.calls.sysctl(name, setting) };
  }
}

function numbers(given: Json): Readonly<Record<string, number>> {
  const known: Record<string, number> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) known[name] = numberIn(value, name);
  return known;
}

