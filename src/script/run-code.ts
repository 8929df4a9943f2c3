/** Assertions about tcp_info: %{ assert tcpi_snd_cwnd == 10 }%, on the socket under test. */
import { Linux } from '../bsd/constants.js';
import { decodeTcpInfo } from '../bsd/tcp-info.js';
import type { CodeEvent, CodeExpression } from './ast.js';
import { ScriptError } from './errors.js';
import { type CodeValue, evaluate, isTrue } from './evaluate.js';
import type { InfoRow } from './result.js';
import type { RunWorld } from './run-world.js';
import { Stop } from './stop.js';
import { constantOf } from './symbols.js';

/** More than any kernel's struct tcp_info has. */
const INFO_OCTETS = 512;
const MEMINFO = 'SK_MEMINFO_';
/** In the kernel's order. */
const MEMINFO_NAMES = ['RMEM_ALLOC', 'RCVBUF', 'WMEM_ALLOC', 'SNDBUF', 'FWD_ALLOC', 'WMEM_QUEUED', 'OPTMEM', 'BACKLOG', 'DROPS'];

export class Checks {
  readonly printed: string[] = [];
  /** tcp_info as it was after the last events, newest last; only where there are no decisions to tell instead. */
  private samples: Uint8Array[] = [];

  constructor(private readonly world: RunWorld) {}

  run({ at, statements }: CodeEvent): void {
    const octets = this.info();
    if (octets === undefined) throw new Stop('fail', 'there is no tcp_info: the script has no socket for it here', at);
    const info = decodeTcpInfo(octets);
    const names = (name: string): number | undefined => {
      if (Object.hasOwn(info, name)) return info[name];
      return name.startsWith(MEMINFO) ? this.memory(name) : constantOf(name);
    };
    for (const { kind, at: place, condition, rest = [], message, text } of statements) {
      const value = evaluate(condition, names, this.world.script);
      if (kind === 'print') {
        this.printed.push([value, ...rest.map((more) => evaluate(more, names, this.world.script))].join(' '));
      } else if (!isTrue(value)) {
        const said = message === undefined ? '' : this.said(message, names);
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
    return Object.entries(decodeTcpInfo(now)).map(([name, after]): InfoRow => ({ name, before: old[name], after })).filter((row) => row.before !== row.after);
  }

  private info(): Uint8Array | undefined {
    return this.option(Linux.SOL_TCP, Linux.TCP_INFO, INFO_OCTETS);
  }

  private option(level: number, option: number, length: number): Uint8Array | undefined {
    const socket = this.world.connections.underTest;
    if (socket === undefined || socket.liveFd < 0 || socket.closed) return undefined;
    return this.world.subject.sockets.begin({ name: 'getsockopt', fd: socket.liveFd, level, option, length }, false).result?.octets;
  }

  /** What the script has to say of a failure; one that cannot be evaluated must not hide it. */
  private said(message: CodeExpression, names: (name: string) => number | undefined): CodeValue {
    try {
      return evaluate(message, names, this.world.script);
    } catch (error) {
      if (error instanceof ScriptError) return '';
      throw error;
    }
  }

  /** SK_MEMINFO_RCVBUF and so on, where the subject counts memory as the kernel does. */
  private memory(name: string): number | undefined {
    const index = MEMINFO_NAMES.indexOf(name.slice(MEMINFO.length));
    const octets = this.option(Linux.SOL_SOCKET, Linux.SO_MEMINFO, 4 * MEMINFO_NAMES.length);
    if (index < 0 || octets === undefined || octets.length < 4 * index + 4) return undefined;
    return new DataView(octets.buffer, octets.byteOffset).getUint32(4 * index, true);
  }

  /** 'tcpi_snd_cwnd is 10, tcpi_unacked is 3': the values that the text speaks of. */
  private facts(text: string, info: Readonly<Record<string, number>>): string {
    const names = [...new Set(text.match(/\btcpi_\w+/g) ?? [])].filter((name) => Object.hasOwn(info, name));
    return names.map((name) => `${name} is ${info[name]}`).join(', ');
  }
}
