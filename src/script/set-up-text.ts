/**
 * Shell text of set-up commands as far as it concerns a stack without a shell: lines that set sysctls. Everything else that
 * scripts use to prepare a kernel (ip, tc, ethtool, nstat …) has no effect here and is named, so that nobody wonders.
 */

export type SetUpStep =
  /** With dots: net.ipv4.tcp_ecn = "1". */
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  /** A file named as a command: its text is wanted. */
  | { readonly kind: 'file'; readonly path: string }
  /** A command without effect here, as written. */
  | { readonly kind: 'ignored'; readonly command: string };

/** Shell words and punctuation that lead to a command, or from it. */
const NOISE = /^(?:#|set\b|exit\b|fi\b|done\b|if\b|then\b|else\b|for\b|do\b|true\b|:|\{|\}|export\b|\[)/;
const SYSCTL_PATH = /^\/proc\/sys\/(net\/.*)$/;

/** What the text of a command, or of a file of commands, does, in its order. */
export function readSetUp(text: string): SetUpStep[] {
  return commandsOf(text).flatMap(readCommand);
}

/** Lines joined where they go on, comments gone, split where one command ends. */
function commandsOf(text: string): string[] {
  const lines = withArithmetic(text).replace(/\\\r?\n/g, ' ').split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, ''));
  return lines.flatMap((line) => splitCommands(line)).map((c) => c.trim()).filter((c) => c !== '' && !NOISE.test(c));
}

/** At ;, && and || outside quotes. */
function splitCommands(line: string): string[] {
  const commands: string[] = [];
  let quote = '';
  let current = '';
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === '\'') quote = character;
    else if (character === ';' || line.startsWith('&&', i) || line.startsWith('||', i)) {
      commands.push(current);
      current = '';
      if (character !== ';') i++;
      continue;
    }
    current += character;
  }
  return [...commands, current];
}

/** $((15*1024*1024)) as the number it is. */
function withArithmetic(text: string): string {
  return text.replace(/\$\(\(([\d\s*+-]+)\)\)/g, (_, sum: string) => String(sum.split('+').reduce((total, term) => total + product(term), 0)));
}

const product = (term: string): number => term.split('*').reduce((n, factor) => n * Number(factor), 1);

/** Words of a command without their quotes. */
function wordsOf(command: string): string[] {
  return (command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

function readCommand(command: string): SetUpStep[] {
  const [program = '', ...args] = wordsOf(command);
  const name = program.replace(/^.*\//, '');
  const ignored: SetUpStep[] = [{ kind: 'ignored', command }];
  if (name === 'sudo') return readCommand(command.replace(/^\s*\S+\s+/, ''));
  if (name === 'sysctl') return orElse(readSysctl(args), ignored);
  if (name === 'echo') return orElse(readEcho(args), ignored);
  if (/sysctls?(\.py)?$/.test(name) && args.some((arg) => SYSCTL_PATH.test(arg.split('=')[0]))) return args.flatMap(readPath);
  if (/^(?:python3?|sh|bash|source|\.)$/.test(name) && args.length > 0) return readCommand(command.replace(/^\s*\S+\s+/, ''));
  return /\.(?:sh|py)$/.test(program) && program.includes('/') && !program.includes('$') ? [{ kind: 'file', path: program }] : ignored;
}

const orElse = (steps: SetUpStep[], otherwise: SetUpStep[]): SetUpStep[] => (steps.length > 0 ? steps : otherwise);

const set = (path: string, value: string): SetUpStep => ({ kind: 'set', name: path.replaceAll('/', '.'), value: value.trim() });

/** sysctl -q a=b c=d; values may hold blanks, and there may be blanks around the =. */
function readSysctl(args: readonly string[]): SetUpStep[] {
  const words = args.filter((arg) => !arg.startsWith('-') && !/^\d?>/.test(arg) && arg !== '/dev/null');
  const pattern = /([a-z0-9_./-]+)\s*=\s*((?:(?![a-z0-9_./-]+\s*=)[^=])*)/gi;
  return Array.from(words.join(' ').matchAll(pattern), ([, name, value]) => set(name, value));
}

/** echo 1 > /proc/sys/net/ipv4/tcp_x */
function readEcho(args: readonly string[]): SetUpStep[] {
  const arrow = args.findIndex((arg) => arg.startsWith('>'));
  const target = arrow < 0 ? null : SYSCTL_PATH.exec(args[arrow] === '>' ? args[arrow + 1] ?? '' : args[arrow].slice(1));
  return target === null ? [] : [set(target[1], args.slice(0, arrow).filter((a) => a !== '-n').join(' '))];
}

/** A helper that is given /proc/sys/net/ipv4/tcp_x=value. */
function readPath(argument: string): SetUpStep[] {
  const equals = argument.indexOf('=');
  const path = equals < 0 ? null : SYSCTL_PATH.exec(argument.slice(0, equals));
  return path === null ? [] : [set(path[1], argument.slice(equals + 1))];
}
