/**
 * Shell text of set-up commands as far as it concerns a stack without a shell: lines that set sysctls. Everything else that
 * scripts use to prepare a kernel (ip, tc, ethtool, nstat …) has no effect here and is named, so that nobody wonders.
 */

/** One setting, with dots: net.ipv4.tcp_ecn = "1". */
export interface SysctlSetting {
  readonly name: string;
  readonly value: string;
}

export interface SetUp {
  readonly settings: readonly SysctlSetting[];
  /** Commands without effect here, as written. */
  readonly ignored: readonly string[];
  /** Files named as commands: their text is wanted next. */
  readonly files: readonly string[];
}

/** Shell words and punctuation that lead to a command, or from it. */
const NOISE = /^(?:#|set\b|exit\b|fi\b|done\b|if\b|then\b|else\b|for\b|do\b|true\b|:|\{|\}|export\b|\[)/;
const SYSCTL_PATH = /^\/proc\/sys\/(net\/.*)$/;

/** What the text of a command, or of a file of commands, sets. */
export function readSetUp(text: string): SetUp {
  const settings: SysctlSetting[] = [];
  const ignored: string[] = [];
  const files: string[] = [];
  for (const command of commandsOf(text)) readCommand(command, settings, ignored, files);
  return { settings, ignored, files };
}

/** Lines joined where they go on, comments gone, split where one command ends. */
function commandsOf(text: string): string[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, ''));
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

/** Words of a command without their quotes. */
function wordsOf(command: string): string[] {
  return (command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

function readCommand(command: string, settings: SysctlSetting[], ignored: string[], files: string[]): void {
  const [program = '', ...args] = wordsOf(command);
  const name = program.replace(/^.*\//, '');
  if (name === 'sudo') return readCommand(command.replace(/^\s*sudo\s+/, ''), settings, ignored, files);
  if (name === 'sysctl') return readSysctl(args, command, settings, ignored);
  if (name === 'echo') return readEcho(args, command, settings, ignored);
  if (/sysctls?(\.py)?$/.test(name) && args.some((arg) => SYSCTL_PATH.test(arg.split('=')[0]))) return readPaths(args, settings);
  if (/^(?:python3?|sh|bash|source|\.)$/.test(name) && args.length > 0) return readCommand(command.replace(/^\s*\S+\s+/, ''), settings, ignored, files);
  if (/\.(?:sh|py)$/.test(program) && program.includes('/')) files.push(program);
  else ignored.push(command);
}

/** sysctl -q a=b c=d; sysctl -w a b */
function readSysctl(args: readonly string[], command: string, settings: SysctlSetting[], ignored: string[]): void {
  const words = args.filter((arg) => !arg.startsWith('-') && !/^\d?>/.test(arg) && arg !== '/dev/null');
  const joined = words.join(' ');
  // Values may hold blanks, and there may be blanks around the =.
  const pattern = /([a-z0-9_./-]+)\s*=\s*((?:(?![a-z0-9_./-]+\s*=)[^=])*)/gi;
  let found = false;
  for (const [, name, value] of joined.matchAll(pattern)) {
    settings.push({ name: name.replaceAll('/', '.'), value: value.trim() });
    found = true;
  }
  if (!found) ignored.push(command);
}

/** echo 1 > /proc/sys/net/ipv4/tcp_x */
function readEcho(args: readonly string[], command: string, settings: SysctlSetting[], ignored: string[]): void {
  const arrow = args.findIndex((arg) => arg.startsWith('>'));
  const target = arrow < 0 ? undefined : SYSCTL_PATH.exec(args[arrow] === '>' ? args[arrow + 1] ?? '' : args[arrow].slice(1));
  if (target === undefined || target === null) ignored.push(command);
  else settings.push({ name: target[1].replaceAll('/', '.'), value: args.slice(0, arrow).filter((a) => a !== '-n').join(' ') });
}

/** A helper that is given /proc/sys/net/ipv4/tcp_x=value. */
function readPaths(args: readonly string[], settings: SysctlSetting[]): void {
  for (const arg of args) {
    const equals = arg.indexOf('=');
    const path = equals < 0 ? null : SYSCTL_PATH.exec(arg.slice(0, equals));
    if (path !== null) settings.push({ name: path[1].replaceAll('/', '.'), value: arg.slice(equals + 1) });
  }
}
