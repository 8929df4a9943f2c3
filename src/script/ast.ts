/** A script as the parser leaves it: what is said, and where (1-based line and column). Nothing here is resolved or run. */
import type { Duration } from '../util/units.js';

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Script {
  /** As given by the user, for messages. */
  readonly file: string;
  readonly text: string;
  /** `--name=value` lines, in order; value undefined where none is given. */
  readonly options: readonly ScriptOption[];
  /** Commands in backticks before the first event. */
  readonly setUp: readonly Command[];
  readonly events: readonly ScriptEvent[];
  /** Commands in backticks after the last event, without a time. */
  readonly cleanUp: readonly Command[];
}

export interface ScriptOption {
  readonly at: Position;
  readonly name: string;
  readonly value: string | undefined;
}

export interface Command {
  readonly at: Position;
  /** Shell text between the backticks, as written. */
  readonly text: string;
}

/** When an event happens, µs: `0.1`, `+0.1`, `0.1~0.2`, `+0.1~+0.2`, `*`. Ranges and `*` only for outbound packets. */
export type EventTime =
  | { readonly kind: 'absolute' | 'relative'; readonly from: Duration; /** Set for a range. */ readonly to?: Duration }
  | { readonly kind: 'any' };

interface EventBase {
  /** Where the time stands. */
  readonly at: Position;
  readonly time: EventTime;
  /** The event's source text, on one line, for ladders and messages. */
  readonly text: string;
}

export type ScriptEvent = PacketEvent | CallEvent | CommandEvent | CodeEvent;

export interface CommandEvent extends EventBase {
  readonly kind: 'command';
  readonly command: Command;
}

/** `%{ … }%`: assertions about tcp_info. */
export interface CodeEvent extends EventBase {
  readonly kind: 'code';
  readonly statements: readonly Statement[];
}

/** `assert condition[, message]` or `print(…)`. */
export interface Statement {
  readonly at: Position;
  readonly kind: 'assert' | 'print';
  /** What is asserted; of print the first value, '' for none. */
  readonly condition: CodeExpression;
  /** For assert: shown when it fails. */
  readonly message?: CodeExpression;
  /** Of print(a, b, c): b and c. */
  readonly rest?: readonly CodeExpression[];
  readonly text: string;
}

/** The Python subset that assertions use. */
export type CodeExpression =
  | { readonly kind: 'number'; readonly at: Position; readonly value: number }
  | { readonly kind: 'string'; readonly at: Position; readonly value: string }
  /** Of tcp_info, a constant, True or False. */
  | { readonly kind: 'name'; readonly at: Position; readonly name: string }
  | { readonly kind: 'unary'; readonly at: Position; readonly operator: '-' | '+' | '~' | 'not'; readonly operand: CodeExpression }
  /** or and | ^ & << >> + - * / // % **; `at` is the operator's. */
  | { readonly kind: 'binary'; readonly at: Position; readonly operator: string; readonly left: CodeExpression; readonly right: CodeExpression }
  /** a < b <= c: operators.length + 1 operands; `at` is the first operator's. */
  | { readonly kind: 'comparison'; readonly at: Position; readonly operators: readonly string[]; readonly operands: readonly CodeExpression[] }
  /** abs, min, max, int, float, round, len */
  | { readonly kind: 'apply'; readonly at: Position; readonly name: string; readonly args: readonly CodeExpression[] };

/** A system call: `socket(…) = 3`, `read(4, ..., 512) = -1 EAGAIN (Resource temporarily unavailable)`. */
export interface CallEvent extends EventBase {
  readonly kind: 'call';
  readonly name: string;
  readonly nameAt: Position;
  readonly args: readonly Expression[];
  /** What it must return. */
  readonly result: Expression;
  readonly errno?: string;
  readonly errnoAt?: Position;
  /** The note in parentheses after the errno. */
  readonly note?: string;
  /** `0.1...0.3`: the call blocks until then; counted like the event's own time (for `+a...b` both from the same origin). */
  readonly endTime?: Duration;
}

/** Arguments and results of calls. */
export type Expression =
  | { readonly kind: 'integer'; readonly at: Position; readonly value: number }
  | { readonly kind: 'string'; readonly at: Position; readonly value: string }
  /** `...`: any value, or a value the runner chooses. */
  | { readonly kind: 'ellipsis'; readonly at: Position }
  /** A constant by name: AF_INET, TCP_NODELAY; or one defined by `--define`. */
  | { readonly kind: 'symbol'; readonly at: Position; readonly name: string }
  /** `|`: both in one number; `at` is the operator's. */
  | { readonly kind: 'binary'; readonly at: Position; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'unary'; readonly at: Position; readonly operator: '~' | '-'; readonly operand: Expression }
  /** `[a, b]` */
  | { readonly kind: 'list'; readonly at: Position; readonly items: readonly Expression[] }
  /**
   * `{name=value, …}`: sockaddr {sa_family, sin_port, sin_addr}, msghdr {msg_name(...)=..., msg_iov(1)=[…], …}, pollfd {fd, events, revents},
   * linger {onoff, linger}, cmsghdr …; and `{..., 1000}` (iovec), whose fields have no names.
   */
  | { readonly kind: 'struct'; readonly at: Position; readonly fields: readonly Field[] }
  /** htons(8080), inet_addr("192.0.2.1"), inet6_addr(…) */
  | { readonly kind: 'apply'; readonly at: Position; readonly name: string; readonly args: readonly Expression[] };

export interface Field {
  readonly at: Position;
  /** '' for fields without a name. */
  readonly name: string;
  /** The 1 of `msg_iov(1)`. */
  readonly count?: Expression;
  readonly value: Expression;
}

export type PacketEvent = TcpPacketEvent | IcmpPacketEvent;

interface PacketBase extends EventBase {
  readonly kind: 'packet';
  /** `<` towards the stack under test, `>` from it. */
  readonly direction: 'in' | 'out';
  readonly ip: IpInfo;
}

/** `[ect0]`, `[tos 0x10]`, `[ttl 255]`, `[flowlabel 0x12345]` …: what is not said is not checked, and sent as 0 (TTL 255). */
export interface IpInfo {
  /** Two bits; 'ect01' (outbound only) = either; undefined = not said. */
  readonly ecn?: 'noecn' | 'ect0' | 'ect1' | 'ce' | 'ect01';
  /** The whole octet. */
  readonly tos?: number;
  readonly ttl?: number;
  readonly flowLabel?: number;
  /** Our extension, inbound TCP only, `[badcksum]`: the TCP checksum is wrong by one bit. */
  readonly badChecksum?: true;
  /** Our extension, IPv4 only, `[ipopt 0x01010100]`: the whole option area, as it is. undefined = none, and outbound there must be none. */
  readonly options?: Uint8Array;
  /** Our extensions, `[src "192.0.2.7", dst "192.0.2.255"]`: addresses other than those of the connection. Outbound: not checked unless said. */
  readonly src?: string;
  readonly dst?: string;
}

export interface TcpPacketEvent extends PacketBase {
  readonly protocol: 'tcp';
  /** Ports said explicitly (`< 5001 > 8080 S …`); otherwise those of the connection. */
  readonly ports?: { readonly from: number; readonly to: number };
  /** As written: 'S.', 'P.', '-', 'SEW'. */
  readonly flags: string;
  /** Relative to the sender's ISN (absolute in SYNs of new connections). */
  readonly seq: number;
  /** The second number of `0:1000(1000)`. */
  readonly seqEnd: number;
  readonly length: number;
  readonly ack?: number;
  /** undefined = not checked. */
  readonly window?: number;
  readonly urgent?: number;
  /** undefined = none written (outbound: there must be none); 'any' = `<...>`. */
  readonly options: readonly PacketOption[] | 'any' | undefined;
}

export type PacketOption =
  | { readonly kind: 'nop' | 'eol' | 'sackOK'; readonly at: Position }
  | { readonly kind: 'mss'; readonly at: Position; readonly value: number }
  | { readonly kind: 'wscale'; readonly at: Position; readonly value: number }
  | { readonly kind: 'TS'; readonly at: Position; readonly value: number; readonly echo: number }
  | { readonly kind: 'sack'; readonly at: Position; readonly blocks: readonly { readonly left: number; readonly right: number }[] }
  /** Cookie octets, or the name of one (`TFO_COOKIE`): stands for what the subject's own cookie is. */
  | { readonly kind: 'FO' | 'FOEXP'; readonly at: Position; readonly cookie: Uint8Array; readonly variable?: string }
  /** Our extension, for options that packetdrill has no name for (user timeout …): `opt 28 0x8005`. */
  | { readonly kind: 'raw'; readonly at: Position; readonly number: number; readonly octets: Uint8Array }
  /** Our extension, for what is no legal option: `octets 0x0200` are put into the option area as they are. */
  | { readonly kind: 'octets'; readonly at: Position; readonly octets: Uint8Array };

export interface IcmpPacketEvent extends PacketBase {
  readonly protocol: 'icmp';
  /** 'unreachable', 'time_exceeded', 'parameter_problem', 'source_quench', 'packet_too_big' … or, for type_N, the number as text. */
  readonly type: string;
  /** 'frag_needed', 'host_unreachable', 'port_unreachable' … or, for code_N, the number as text. */
  readonly code?: string;
  readonly mtu?: number;
  /** `[1:1461(1460)]`: what it quotes; default: the connection's, sequence 0. */
  readonly echoed?: { readonly protocol: 'tcp' | 'udp'; readonly seq: number; readonly length: number };
}
