/**
 * Two stacks that share their addresses with other programs, and calls drawn from seeds: opens, listens, closes, aborts, Fast
 * Open, SYN cookies, losses, refusals, TIME-WAIT. At every moment the ports held are those of the connections and listeners
 * there are; in the end none is.
 */
import type { Device } from '../../src/device/device.js';
import { Netem } from '../../src/device/netem.js';
import { createPipe } from '../../src/device/pipe.js';
import { VirtualClock } from '../../src/sim/virtual-clock.js';
import type { Endpoint } from '../../src/stack/endpoint.js';
import type { Listener } from '../../src/stack/listener.js';
import { Stack } from '../../src/stack/stack.js';
import { FastOpen } from '../../src/tcp/config.js';
import { Signal } from '../../src/tcp/tcb.js';
import { Address } from '../../src/util/address.js';
import { Random } from '../../src/util/random.js';
import { MILLISECOND, SECOND } from '../../src/util/units.js';
import { SharedPorts } from '../support/shared-ports.js';

const SEEDS = 60;
const STEPS = 150;
const FIRST = Number(process.env.GLASSTCP_SEED ?? 1);
const PORTS = [80, 81, 82];
const TEXT = new Uint8Array(100);

/** One of the two, and what its user holds. */
class Player {
  readonly ports = new SharedPorts();
  readonly stack: Stack;
  readonly listeners: Listener[] = [];
  readonly endpoints: Endpoint[] = [];
  readonly ended = new Set<string>();

  constructor(device: Device, clock: VirtualClock, readonly address: Address, private readonly random: Random) {
    this.stack = new Stack({
      device: new Netem(Object.assign(device, { ports: this.ports }), { clock, seed: random.uint32(), out: { loss: 0.1, delay: 5 * MILLISECOND, jitter: 4 * MILLISECOND } }),
      clock, addresses: [address, Address.from(`${address.toString()}0`)], secret: new Uint8Array(16).fill(random.int(0, 256)),
      ports: { first: 40_000, last: 40_001 },
      config: {
        msl: SECOND, retries2: 3, synRetries: 2, synAckRetries: 2, finWait2Timeout: 5 * SECOND,
        fastOpen: random.chance(0.5) ? FastOpen.Client | FastOpen.Server | FastOpen.ServerWithoutCookie | FastOpen.ClientWithoutCookie : 0,
        synCookies: random.pick(['on', 'always', 'off'] as const),
      },
    });
  }

  /** What the books must say: one claim for each connection, and one for each address that a listener takes. */
  get due(): string[] {
    const list = [...this.stack.demux].map(({ connection }) => `${connection.local.toString()} ${connection.localPort}`);
    for (const l of this.listeners) for (const a of this.stack.addresses) if (!l.closed && l.takes(a)) list.push(`${a.toString()} ${l.port}`);
    return list.sort();
  }

  signals(e: Endpoint, signals: number): void {
    if ((signals & Signal.Closed) !== 0) this.ended.add(e.failure ?? 'in order');
    else if (this.random.chance(0.1)) e.abort();
    else if (this.random.chance(0.3)) e.close();
    while (Number(e.receive(new Uint8Array(500))) > 0);
  }

  accept(listener: Listener): void {
    for (let e = listener.accept(); e !== undefined; e = listener.accept()) {
      this.endpoints.push(e);
      e.attach(this);
    }
  }

  act(peer: Player): void {
    const { random, stack } = this;
    const e = this.endpoints.length > 0 ? random.pick(this.endpoints) : undefined;
    switch (random.int(0, 9)) {
      case 0: return this.listen();
      case 1: return random.chance(0.3) && this.listeners.length > 0 ? random.pick(this.listeners).close() : undefined;
      case 2: return void e?.close();
      case 3: return void e?.abort();
      case 4: return e?.release();
      case 5: return void e?.send(TEXT);
      case 6: {
        const port = random.pick([...PORTS, 40_000, 40_001]);
        return void (this.ports.others.has(port) ? this.ports.others.delete(port) : !this.holds(port) && this.ports.others.add(port));
      }
      default: {
        const made = stack.connect({
          remote: peer.address, remotePort: random.pick([...PORTS, 83]), localPort: random.chance(0.4) ? random.int(5000, 5004) : undefined,
          fastOpen: random.chance(0.5), text: TEXT,
        }, this);
        if (typeof made === 'string') this.ended.add(made);
        else this.endpoints.push(made);
      }
    }
  }

  private holds(port: number): boolean {
    return this.ports.list.some((key) => key.endsWith(` ${port}`));
  }

  private listen(): void {
    const { random } = this;
    const made = this.stack.listen({
      port: random.pick(PORTS), local: random.chance(0.5) ? this.address : undefined, backlog: random.int(0, 3), synQueue: random.int(0, 3), fastOpenQueue: 2,
    }, (l) => this.accept(l));
    if (typeof made === 'string') this.ended.add(`listen: ${made}`);
    else this.listeners.push(made);
  }
}

function play(seed: number): { readonly ended: Set<string>; readonly most: number } {
  const random = new Random(seed);
  const clock = new VirtualClock();
  const [left, right] = createPipe({ clock });
  const players = [new Player(left, clock, Address.from('192.0.2.1'), random), new Player(right, clock, Address.from('192.0.2.2'), random)];
  let most = 0;
  const audit = (): void => {
    for (const p of players) {
      expect({ seed, held: p.ports.list, complaints: p.ports.complaints }).toEqual({ seed, held: p.due, complaints: [] });
      most = Math.max(most, p.due.length);
    }
  };
  for (let step = 0; step < STEPS; step++) {
    const [actor, other] = random.chance(0.5) ? players : [players[1], players[0]];
    actor.act(other);
    audit();
    clock.advance(random.pick([0, MILLISECOND, 20 * MILLISECOND, SECOND]));
    audit();
  }
  finish(players, clock, random.chance(0.3));
  return { ended: new Set(players.flatMap((p) => [...p.ended])), most };
}

/** Everything is given up, or the stacks are stopped in the middle of it all. */
function finish(players: readonly Player[], clock: VirtualClock, stop: boolean): void {
  for (const p of players) {
    if (stop) p.stack.stop();
    for (const l of p.listeners) l.close();
    for (const e of p.endpoints) e.release();
  }
  clock.advance(1000 * SECOND);
  for (const p of players) expect([p.ports.list, p.ports.complaints]).toEqual([[], []]);
}

test(`ports held are ports in use, seeds from ${FIRST} (${SEEDS})`, () => {
  const ended = new Set<string>();
  let most = 0;
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    const played = play(seed);
    for (const end of played.ended) ended.add(end);
    most = Math.max(most, played.most);
  }
  // The draw must go on reaching all these.
  expect([...ended]).toEqual(expect.arrayContaining(['in order', 'aborted', 'reset', 'refused', 'timed-out', 'address-in-use', 'no-port-left', 'listen: address-in-use']));
  expect(most).toBeGreaterThan(10);
}, 120_000);
