/**
 * Damaged scripts by the thousand: from generated ones and a few by hand, seeded. Each must parse, and then print and parse to the same, or be refused
 * by a ScriptError whose position is in the text. The parser's steps are counted against the text's length, so a slow case shows without a clock.
 */
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import type { Script } from '../../../src/script/ast.js';
import { ScriptError } from '../../../src/script/errors.js';
import { evaluate } from '../../../src/script/evaluate.js';
import { parseScript, parseSource } from '../../../src/script/parse.js';
import { printScript } from '../../../src/script/print.js';
import { Source } from '../../../src/script/source.js';
import { Random } from '../../../src/util/random.js';
import { arbitraryScript } from './arbitrary.js';
import { saidBy } from './support.js';

const BY_HAND = [
  `// a server\n--tolerance_usecs=10000\n--define=CODE=\`true\`\n\`sysctl -q net.ipv4.tcp_sack=1\`\n 0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+.1 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7> /* C
comment */\n+0 > S. 0:0(0) ack 1 <...>\n+0...0.2 accept(3, ..., ...) = 4 # hash\n+0 write(4, "ab\\x01" "c", 4) = -1 EPIPE (Broken pipe)\nCODE\n`,
  `+0 sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 1000}], msg_flags=0, msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=5}]}, A|~B) = 0x10
+0~+.2 > [tos 0x1, ttl 64] 5001 > 8080 FP.  1:2(1) ack 1 win 5 urg 9 <TS val 1 ecr 2,nop,nop,sack 1:2 3:4>\n+0 < icmp unreachable frag_needed mtu 1200 [1:2(1)]
+0 < S. 0:0(0) ack 1 win 5 <FO 0102,FO TFO_COOKIE,opt 28 0x8005>\n+0 connect(4, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("192.0.2.1")}, ...) = 0 (a note)`,
  `+0 %{\nassert tcpi_snd_cwnd == 10, "cwnd" # why\nassert (tcpi_options & 1) != 0 and not \\\n  tcpi_x ** -2 < 3 <= 4; print(abs(-2) // 3 % 1.5e3, 'a' 'b')\n}%`,
];

const TOKENS = [
  '+', '-', '*', '~', '...', '..', '.', '<', '>', '(', ')', '[', ']', '{', '}', '=', ',', ':', ';', '|', '"', '`', '\'', '\\', '#', '//', '/*', '*/', '%{', '}%', '%', '\n', '\r\n', '\t', '\0', '\uFEFF', 'é', '🙂', '\ud800',
  '0', '1', '65535', '65536', '4294967295', '4294967296', '9007199254740993', '99999999999999999999999', '0x', '0xffff', '.5', '1.5', '1e999', '-1', '--x', '--x=', '--define=A=B', '--define=A=`x`',
  'S', 'S.', 'SEW', 'P.5', 'A', 'ack', 'win', 'urg', 'mss', 'sack', 'TS', 'val', 'ecr', 'FO', 'FOEXP', 'opt', 'md5', 'mp_join', 'icmp', 'udp', 'mtu', 'ect0', 'ect01', 'tos', 'ttl', 'flowlabel', 'htons', 'inet_addr', 'scm_sec',
  'assert', 'print', 'not', 'and', 'or', 'in', 'is', 'if', 'import', 'lambda', 'True', '**', '<<', '==', '<=', '1:2(1)', '__proto__', 'constructor', 'toString',
];

const MUTATIONS: readonly ((text: string, random: Random, other: string) => string)[] = [
  (text, random) => splice(text, random.int(0, text.length + 1), 1, String.fromCharCode(random.int(0, 128))),
  (text, random) => splice(text, random.int(0, text.length + 1), 0, String.fromCharCode(random.int(0, random.chance(0.1) ? 0x10000 : 128))),
  (text, random) => splice(text, random.int(0, text.length + 1), random.int(1, 20), ''),
  (text, random) => splice(text, random.int(0, text.length + 1), random.int(0, 4), random.pick(TOKENS)),
  (text, random) => splice(text, random.int(0, text.length + 1), 0, ` ${random.pick(TOKENS)} `),
  (text, random) => replaceToken(text, random),
  (text, random) => onLines(text, (lines) => void lines.splice(random.int(0, lines.length), 1)),
  (text, random) => onLines(text, (lines) => void lines.splice(random.int(0, lines.length), 0, random.pick(lines))),
  (text, random) => onLines(text, (lines) => void lines.splice(random.int(0, lines.length), 1, random.pick(lines))),
  (text, random, other) => onLines(text, (lines) => void lines.splice(random.int(0, lines.length), 0, random.pick(other.split('\n')))),
  (text, random, other) => text.slice(0, random.int(0, text.length + 1)) + other.slice(random.int(0, other.length + 1)),
  (text, random) => text.slice(0, random.int(0, text.length + 1)),
  (text, random) => splice(text, random.int(0, text.length + 1), 0, random.pick(TOKENS).repeat(random.int(1, random.chance(0.05) ? 3000 : 130))),
];

function splice(text: string, at: number, remove: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}

function onLines(text: string, change: (lines: string[]) => void): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

function replaceToken(text: string, random: Random): string {
  const tokens = text.split(/\b/);
  tokens[random.int(0, tokens.length)] = random.pick(TOKENS);
  return tokens.join('');
}

/** Steps that a text of this length may take. */
const allowed = (length: number): number => 10 * (length + 10);

/** Every this many scripts the corpus is made anew. */
const CORPUS_LIFE = 20_000;

export class ScriptStorm {
  readonly problems: string[] = [];
  accepted = 0;
  refused = 0;
  /** The most steps a character has cost. */
  slowest = 0;
  private readonly random: Random;
  private readonly messages = new Set<string>();
  private corpus: readonly string[] = [];
  private played = 0;

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
  }

  blow(scripts: number): void {
    for (let i = 0; i < scripts && this.problems.length < 10; i++) {
      if (this.played % CORPUS_LIFE === 0) this.corpus = [...BY_HAND, ...BY_HAND, ...fc.sample(arbitraryScript, { numRuns: 100, seed: this.seed + this.played }).map(printScript)];
      this.played++;
      this.tryScript(this.damaged());
    }
  }

  private damaged(): string {
    const { random } = this;
    let text = random.pick(this.corpus);
    for (let times = random.int(1, 5); times > 0; times--) text = random.pick(MUTATIONS)(text, random, random.pick(this.corpus));
    return text;
  }

  private tryScript(text: string): void {
    const source = new Source(text, 'storm.pkt');
    const problem = this.outcome(source);
    this.slowest = Math.max(this.slowest, source.steps / (text.length + 10));
    if (problem !== '') this.problems.push(`${problem}: ${JSON.stringify(text)}`);
    if (source.steps > allowed(text.length)) this.problems.push(`${source.steps} steps for ${text.length} characters: ${JSON.stringify(text)}`);
  }

  /** What is wrong with how the text was dealt with, or ''. */
  private outcome(source: Source): string {
    try {
      const script = parseSource(source);
      this.accepted++;
      return disagreement(script);
    } catch (error) {
      this.refused++;
      if (!(error instanceof ScriptError)) return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      this.messages.add(error.message.replace(/'.*'|[0-9]+/g, '…'));
      return misplaced(error, source.text);
    }
  }

  table(): string {
    const played = this.accepted + this.refused;
    return `${played} scripts, ${this.accepted} accepted, ${this.refused} refused with ${this.messages.size} kinds of message, at most ${this.slowest.toFixed(1)} steps a character`;
  }
}

function misplaced(error: ScriptError, text: string): string {
  const line = text.split('\n')[error.line - 1];
  if (line === undefined || error.column < 1 || error.column > line.length + 1) return `position ${error.line}:${error.column} outside the text`;
  if (error.message === '' || error.message.includes('\n')) return `message ${JSON.stringify(error.message)}`;
  return error.toString().split('\n').length <= 4 ? '' : `shown as ${error.toString()}`;
}

function disagreement(script: Script): string {
  const printed = printScript(script);
  try {
    if (!isDeepStrictEqual(saidBy(parseScript(printed, 'x')), saidBy(script))) return `prints as ${printed}, which is something else`;
  } catch (error) {
    return `prints as ${printed}, which is refused: ${String(error)}`;
  }
  return evaluated(script);
}

/** Statements come to a value or to a ScriptError. */
function evaluated(script: Script): string {
  for (const event of script.events) {
    for (const { condition } of event.kind === 'code' ? event.statements : []) {
      try {
        evaluate(condition, (name) => (name.length % 2 === 0 ? name.length : undefined), script);
      } catch (error) {
        if (!(error instanceof ScriptError)) return `evaluates to ${String(error)}`;
      }
    }
  }
  return '';
}
