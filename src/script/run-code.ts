/** Assertions about tcp_info: %{ assert tcpi_snd_cwnd == 10 }%, on the socket under test. */
import { Linux } from '../bsd/constants.js';
import { decodeTcpInfo } from '../bsd/tcp-info.js';
import type { CodeEvent } from './ast.js';
import { type CodeValue, evaluate, isTrue } from './evaluate.js';
import type { InfoRow } from './result.js';
import type { RunWorld } from './run-world.js';
import { Stop } from './stop.js';
import { constantOf } from './symbols.js';

/** More than any kernel's struct tcp_info has. */
const INFO_OCTETS = 512;

export class Checks {
  readonly printed: string[] = [];
  /** tcp_info as it was after the last events, newest last; only where there are no decisions to tell instead. */
  private samples: Uint8Array[] = [];

  constructor(private readonly world: RunWorld) {}

  run({ at, statements }: CodeEvent): void {
    const octets = this.info();
    if (octets === undefined) throw new Stop('fail', 'there is no tcp_info: the script has no socket for it here', at);
    const info = decodeTcpInfo(octets);
    const names = (name: string): number | undefined => (Object.hasOwn(info, name) ? info[name] : constantOf(name));
    for (const { kind, at: place, condition, message, text } of statements) {
      const value = evaluate(condition, names, this.world.script);
      if (kind === 'print') {
        this.printed.push(String(value));
      } else if (!isTrue(value)) {
        const said: CodeValue = message === undefined ? '' : evaluate(message, names, this.world.script);
        throw new Stop('fail', `${text} does not hold: ${this.facts(text, info)}${said === '' ? '' : ` (${said})`}`, place);
      }
    }
  }

  /** Keeps tcp_info for a report, should the next event fail. */
  sample(): void {
    if (this.world.subject.name !== 'kernel') return;
    const octets = this.info();
    if (octets !== undefined) this.samples = [...this.samples.slice(-1), octets];
  }

  /** What tcp_info says now and said after the last event, where they differ or matter. */
  infoRows(): InfoRow[] {
    if (this.world.subject.name !== 'kernel') return [];
    const now = this.info();
    const [before] = this.samples.slice(-1);
    if (now === undefined || before === undefined) return [];
    const old = decodeTcpInfo(before);
    return Object.entries(decodeTcpInfo(now)).map(([name, after]) => ({ name, before: old[name], after })).filter((row) => row.before !== row.after);
  }

  private info(): Uint8Array | undefined {
    const socket = this.world.connections.underTest;
    if (socket === undefined || socket.liveFd < 0 || socket.closed) return undefined;
    const call = { name: 'getsockopt', fd: socket.liveFd, level: Linux.SOL_TCP, option: Linux.TCP_INFO, length: INFO_OCTETS } as const;
    return this.world.subject.sockets.begin(call, false).result?.octets;
  }

  /** 'tcpi_snd_cwnd is 10, tcpi_unacked is 3': the values that the text speaks of. */
  private facts(text: string, info: Readonly<Record<string, number>>): string {
    const names = [...new Set(text.match(/\btcpi_\w+/g) ?? [])].filter((name) => Object.hasOwn(info, name));
    return names.map((name) => `${name} is ${info[name]}`).join(', ');
  }
}
