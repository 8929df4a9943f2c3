/**
 * Scripts in packetdrill's notation: option lines, set-up commands, timed events, clean-up commands. One pass, linear time, bounded recursion.
 * Throws ScriptError and nothing else. Names of constants stay names; the runner looks them up.
 */
import type { CallEvent, Command, EventTime, Position, Script, ScriptEvent } from './ast.js';
import { parseCode } from './code.js';
import { Context } from './context.js';
import { parseArguments, parseResult } from './expressions.js';
import { Lexer, type Token } from './lexer.js';
import { parseOptionLines } from './option-lines.js';
import { parsePacket } from './packets.js';
import { Source } from './source.js';
import { parseSeconds, parseTime, startsTime } from './times.js';

/** Characters in a script at most. */
export const SCRIPT_LIMIT = 4 * 1024 * 1024;

/**
 * @param file as messages shall name it; it is not read.
 * @throws ScriptError where the text is no script, or says something that is not supported.
 */
export function parseScript(text: string, file: string): Script {
  return parseSource(new Source(text, file));
}

/** The same, for tests that count the source's steps. */
export function parseSource(source: Source): Script {
  if (source.text.length > SCRIPT_LIMIT) throw source.error(0, `the script is longer than ${SCRIPT_LIMIT} characters`, 'split it');
  const context = new Context(new Lexer(source));
  const options = parseOptionLines(context);
  const setUp = parseCommands(context);
  const events: ScriptEvent[] = [];
  while (startsTime(context)) events.push(parseEvent(context));
  if (events.length === 0) throw context.lexer.unexpected('an event with its time', 'a script has at least one: +0 …, 0.1 …, * > …');
  const cleanUp = parseCommands(context);
  expectEnd(context, cleanUp);
  return { file: source.file, text: source.text, options, setUp, events, cleanUp };
}

function expectEnd(context: Context, cleanUp: readonly Command[]): void {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind === 'end') return;
  if (token.kind === 'option') throw context.refuse(token, 'option lines come first', 'move it above commands and events');
  if (cleanUp.length > 0 && startsTime(context)) throw context.refuse(token, 'an event after a command that has no time', 'give the command a time: +0 `…`');
  throw lexer.unexpected('the time of the next event', 'every event begins with one: +0 …, 0.1 …, * > …');
}

/** Commands without a time. */
function parseCommands(context: Context): Command[] {
  const commands: Command[] = [];
  for (let token = commandToken(context); token !== undefined; token = commandToken(context)) commands.push(parseCommand(context, token));
  return commands;
}

/** The next token if it is a command, or the name of one. */
function commandToken({ lexer, definitions }: Context): Token | undefined {
  const token = lexer.peek();
  if (token.kind === 'command') return token;
  return token.kind === 'word' && definitions.get(token.text)?.kind === 'command' ? token : undefined;
}

function parseCommand(context: Context, token: Token): Command {
  context.lexer.next();
  return { at: context.at(token), text: token.kind === 'command' ? token.text.slice(1, -1) : (context.definitions.get(token.text)?.value ?? '') };
}

function parseEvent(context: Context): ScriptEvent {
  const { lexer } = context;
  lexer.mark();
  const first = lexer.peek();
  const base = { at: context.at(first), time: parseTime(context) };
  const time = lexer.said();
  const said = parseAction(context, base.time);
  checkTime(context, first, base.time, said.kind === 'packet' && said.direction === 'out');
  const text = said.kind === 'code' ? `${time} %{ ${said.statements.map((statement) => statement.text).join('; ')} }%` : lexer.said();
  return { ...base, ...said, text };
}

type WithoutBase<T> = T extends ScriptEvent ? Omit<T, 'at' | 'time' | 'text'> : never;
type Action = WithoutBase<ScriptEvent>;

function parseAction(context: Context, time: EventTime): Action {
  const { lexer } = context;
  const token = lexer.peek();
  if (lexer.is('<') || lexer.is('>')) return parsePacket(context);
  if (token.kind === 'code') {
    lexer.next();
    return { kind: 'code', statements: parseCode(context, token) };
  }
  if (token.kind === 'word' && lexer.is('(', 1)) return parseCall(context, undefined);
  const command = commandToken(context);
  if (command !== undefined) return { kind: 'command', command: parseCommand(context, command) };
  if (token.kind === 'ellipsis' || token.kind === 'word') return parseCall(context, parseEnd(context, time));
  throw lexer.unexpected('an event after the time', 'a packet (< or >), a call, a command in backticks or code (%{ … }%)');
}

/** The end of a call that blocks: `...0.3`. */
function parseEnd(context: Context, time: EventTime): number | undefined {
  const { lexer } = context;
  if (lexer.peek().kind !== 'ellipsis') return undefined;
  lexer.next();
  const token = lexer.peek();
  const end = parseSeconds(context);
  if (time.kind !== 'any' && end < time.from) throw context.refuse(token, 'the call ends before it begins', 'both times count from the same origin');
  return end;
}

function parseCall(context: Context, endTime: number | undefined): Omit<CallEvent, 'at' | 'time' | 'text'> {
  const { lexer } = context;
  const name = lexer.peek();
  if (name.kind !== 'word') throw lexer.unexpected('the name of a call');
  lexer.next();
  if (!lexer.is('(')) throw lexer.unexpected('( after the name of a call');
  const args = parseArguments(context, name.text);
  lexer.expect('=', 'and what the call returns');
  const result = parseResult(context);
  return { kind: 'call', name: name.text, nameAt: context.at(name), args, result, ...parseErrno(context), ...(endTime === undefined ? {} : { endTime }) };
}

function parseErrno(context: Context): { errno?: string; errnoAt?: Position; note?: string } {
  const { lexer, definitions } = context;
  const token = lexer.peek();
  const said: { errno?: string; errnoAt?: Position; note?: string } = {};
  if (token.kind === 'word' && definitions.get(token.text)?.kind !== 'command') {
    lexer.next();
    said.errno = token.text;
    said.errnoAt = context.at(token);
  }
  if (lexer.is('(')) said.note = lexer.takeNote();
  return said;
}

function checkTime({ source }: Context, first: Token, time: EventTime, out: boolean): void {
  if (out) return;
  if (time.kind === 'any') throw source.error(first.start, 'the time * is for outbound packets only', 'write +0');
  if (time.to !== undefined) throw source.error(first.start, 'a range of times is for outbound packets only', 'write one time');
}
