/** Events and scripts as text in one form: what is printed parses to the same events, but for their positions. */
import type { CallEvent, Command, EventTime, Script, ScriptEvent, ScriptOption } from './ast.js';
import { printPacket } from './print-packet.js';
import { printExpression, printStatement } from './print-expression.js';

/** The whole event, with its time. One line, unless a command has more, or code more than one statement. */
export function printEvent(event: ScriptEvent): string {
  const end = event.kind === 'call' && event.endTime !== undefined ? `...${seconds(event.endTime)}` : '';
  return `${printTime(event.time)}${end} ${printAction(event)}`;
}

/** `0.1`, `+0.1~+0.2`, `*` */
export function printTime(time: EventTime): string {
  if (time.kind === 'any') return '*';
  const sign = time.kind === 'relative' ? '+' : '';
  return `${sign}${seconds(time.from)}${time.to === undefined ? '' : `~${sign}${seconds(time.to)}`}`;
}

/** The event without its time. */
export function printAction(event: ScriptEvent): string {
  switch (event.kind) {
    case 'packet': return printPacket(event);
    case 'call': return printCall(event);
    case 'command': return printCommand(event.command);
    case 'code': return `%{\n${event.statements.map((statement) => `${printStatement(statement)}\n`).join('')}}%`;
  }
}

/** µs → seconds without needless digits. */
const seconds = (micros: number): string => (micros / 1e6).toFixed(6).replace(/\.?0+$/, '');

function printCall({ name, args, result, errno, note }: CallEvent): string {
  const parts = [`${name}(${args.map(printExpression).join(', ')})`, '=', printExpression(result)];
  if (errno !== undefined) parts.push(errno);
  if (note !== undefined) parts.push(`(${note})`);
  return parts.join(' ');
}

const printCommand = ({ text }: Command): string => `\`${text}\``;

function printOptionLine({ name, value }: ScriptOption): string {
  if (value === undefined) return `--${name}`;
  const bare = /^(?:[^\s"`]|"(?:\\[^]|[^"\\])*"|`(?:\\[^]|[^`\\])*`)+$/.test(value) && !/^"(?:\\[^]|[^"\\])*"$/.test(value);
  return `--${name}=${bare ? value : `"${value}"`}`;
}

/** The script without its comments. */
export function printScript({ options, setUp, events, cleanUp }: Pick<Script, 'options' | 'setUp' | 'events' | 'cleanUp'>): string {
  return [...options.map(printOptionLine), ...setUp.map(printCommand), ...events.map(printEvent), ...cleanUp.map(printCommand)].map((line) => `${line}\n`).join('');
}
