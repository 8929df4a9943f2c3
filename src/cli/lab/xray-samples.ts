/** What is new at one end since the last look: states, tcp_info, timers, variables of the TCB, socket calls, each as a few words. */
import { errnoName } from '../../bsd/constants.js';
import type { CallResult, SocketCall } from '../../bsd/sockets.js';
import type { EndState } from '../../labs/ends/end.js';
import type { Language } from '../../trace/language.js';
import type { VariableChange } from '../../trace/moment.js';

type Kind = 'plain' | 'µs';

/** Of tcp_info, without its prefix: what moves while one watches, and says something. */
const FIELDS: readonly (readonly [name: string, kind: Kind])[] = [
  ['rto', 'µs'], ['rtt', 'µs'], ['rttvar', 'µs'], ['snd_cwnd', 'plain'], ['snd_ssthresh', 'plain'], ['unacked', 'plain'], ['sacked', 'plain'], ['lost', 'plain'], ['retrans', 'plain'],
  ['retransmits', 'plain'], ['backoff', 'plain'], ['probes', 'plain'], ['total_retrans', 'plain'], ['snd_mss', 'plain'], ['notsent_bytes', 'plain'],
  ['bytes_acked', 'plain'], ['bytes_received', 'plain'], ['snd_wnd', 'plain'], ['rcv_wnd', 'plain'], ['dsack_dups', 'plain'],
];
/** ssthresh of a connection that has lost nothing yet. */
const NO_LIMIT = 0x7fff_ffff;
const QUIET: ReadonlySet<string> = new Set(['getsockname', 'getpeername', 'getsockopt', 'fcntl', 'ioctl', 'poll', 'socket']);

export interface Words {
  readonly timer: string;
  readonly none: string;
}

export const SAMPLE_WORDS: Readonly<Record<Language, Words>> = {
  en: { timer: 'timer: ', none: 'none' },
  zh: { timer: '定时器：', none: '无' },
};

/** One side's sockets, as they were at the last look. */
export class Samples {
  private readonly last = new Map<string, EndState>();

  constructor(private readonly words: Words) {}

  /** @returns words on every socket that is not as it was; nothing of listeners */
  changes(states: readonly EndState[]): string[] {
    const present = new Map(states.filter(({ remotePort }) => remotePort !== 0).map((state) => [`${state.localPort} ${state.remotePort}`, state]));
    const told: string[] = [];
    const several = new Set([...present.keys(), ...this.last.keys()]).size > 1;
    for (const [key, state] of present) {
      const words = this.compare(this.last.get(key), state);
      if (words !== '') told.push(several ? `:${state.localPort}→:${state.remotePort} ${words}` : words);
      this.last.set(key, state);
    }
    for (const [key, state] of this.last) {
      if (present.has(key)) continue;
      told.push(`${several ? `:${state.localPort}→:${state.remotePort} ` : ''}${state.state} → CLOSED`);
      this.last.delete(key);
    }
    return told;
  }

  private compare(before: EndState | undefined, now: EndState): string {
    const parts: string[] = [];
    if (before?.state !== now.state) parts.push(before === undefined ? now.state : `${before.state} → ${now.state}`);
    for (const [name, kind] of FIELDS) {
      const from = before?.info?.[`tcpi_${name}`];
      const to = now.info?.[`tcpi_${name}`];
      if (to === undefined || from === to || (from === undefined && to === 0)) continue;
      parts.push(from === undefined ? `${name} ${valued(to, kind)}` : `${name} ${valued(from, kind)}→${valued(to, kind)}`);
    }
    const [old, running] = [before, now].map((state) => (state?.timers ?? []).map(({ name }) => name).join(', '));
    if (old !== running) parts.push(`${this.words.timer}${running === '' ? this.words.none : (now.timers ?? []).map(({ name, due }) => `${name} ${valued(Math.max(0, due), 'µs')}`).join(', ')}`);
    return parts.join(', ');
  }
}

const valued = (value: number, kind: Kind): string => {
  if (value >= NO_LIMIT) return '∞';
  return kind === 'µs' ? `${Number((value / 1000).toFixed(value < 10_000 ? 2 : 0))}ms` : String(value);
};

/** The variables of the TCB that tcp_info does not have: "snd.una 1→6". */
export const variablesText = (changes: readonly VariableChange[]): string =>
  changes.filter(({ name }) => name.includes('.')).map(({ name, from, to }) => `${name} ${from}→${to}`).join(', ');

/** "connect(192.0.2.2:80) EINPROGRESS", "send(5) = 5"; '' for what says nothing: calls that only ask, and those that found nothing. */
export function callText(call: SocketCall, { value, errno }: CallResult): string {
  if (QUIET.has(call.name) || (errnoName(errno) === 'EAGAIN' && call.name !== 'send')) return '';
  return `${call.name}(${argumentOf(call)})${outcome(call, value, errno)}`;
}

function argumentOf(call: SocketCall): string {
  switch (call.name) {
    case 'connect': return `${call.address.address}:${call.address.port}`;
    case 'bind': return `:${call.address.port}`;
    case 'listen': return String(call.backlog);
    case 'send': return String(call.octets.length);
    case 'shutdown': return 'SHUT_WR';
    default: return '';
  }
}

function outcome({ name }: SocketCall, value: number, errno: number): string {
  if (errno !== 0) return ` ${errnoName(errno)}`;
  return name === 'send' || name === 'recv' ? ` = ${value}` : '';
}
