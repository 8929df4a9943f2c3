/** `--name=value` lines, and what their `--define`s define. */
import type { Script, ScriptOption } from './ast.js';
import type { Context, Definition } from './context.js';
import type { Token } from './lexer.js';
import { quoted } from './source.js';

/** Takes all option lines from here. Keeps every one: whether it means anything is for the runner to say. */
export function parseOptionLines(context: Context): ScriptOption[] {
  const { lexer } = context;
  const options: ScriptOption[] = [];
  while (lexer.peek().kind === 'option') {
    const token = lexer.next();
    const equals = token.text.indexOf('=');
    const name = token.text.slice(2, equals < 0 ? undefined : equals).trim();
    const value = equals < 0 ? undefined : valueOf(token.text.slice(equals + 1).trimStart());
    options.push({ at: context.at(token), name, value });
    if (name === 'define') define(context, token, value ?? '');
  }
  return options;
}

/** A value that is one string is what the string holds; quotes inside a value stay. */
function valueOf(text: string): string {
  return isOneLiteral(text, '"') ? text.slice(1, -1) : text;
}

/** Does what the quote opens end with the text? */
function isOneLiteral(text: string, quote: string): boolean {
  if (text[0] !== quote) return false;
  let end = 1;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  return end === text.length - 1;
}

function define({ definitions, source }: Context, token: Token, text: string): void {
  const definition = definitionOf(text);
  if (definition === undefined) throw source.error(token.start, `--define wants NAME=value, not ${quoted(text)}`, 'write --define=NAME=word, --define=NAME="text" or --define=NAME=`command`');
  definitions.set(definition.name, definition);
}

/** What the text behind `--define=` defines; undefined = it is not of the form NAME=value. */
export function definitionOf(text: string): (Definition & { readonly name: string }) | undefined {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0));
  const value = text.slice(equals + 1);
  if (!/^[A-Za-z0-9_]+$/.test(name) || value === '') return undefined;
  const quote = value[0];
  if (quote !== '"' && quote !== '`') return /["`]/.test(value) ? undefined : { name, kind: 'word', value };
  if (!isOneLiteral(value, quote)) return undefined;
  return { name, kind: quote === '"' ? 'string' : 'command', value: value.slice(1, -1) };
}

/** All definitions of a script, for who resolves its symbols. Of two for one name the later counts. */
export function definitionsOf({ options }: Pick<Script, 'options'>): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const { name, value } of options) {
    const definition = name === 'define' ? definitionOf(value ?? '') : undefined;
    if (definition !== undefined) definitions.set(definition.name, definition);
  }
  return definitions;
}
