/** The statements of %{ … }%: `assert condition[, message]` and `print(…)`, ended by line ends or semicolons. The rest of Python is refused by name. */
import type { CodeExpression, Statement } from './ast.js';
import { CodeLexer, type CodeToken } from './code-lexer.js';
import { parseCondition, parseList, refusal, unsupported, type CodeContext } from './code-expressions.js';
import type { Context } from './context.js';
import { oneLine, type Token } from './lexer.js';
import { quoted } from './source.js';

const REFUSED: Readonly<Record<string, string>> = {
  import: 'import', from: 'import', if: 'if', elif: 'if', else: 'if', for: 'for', while: 'while', def: 'functions', class: 'classes', return: 'return', try: 'try', except: 'try',
  finally: 'try', with: 'with', raise: 'raise', pass: 'pass', break: 'break', continue: 'continue', del: 'del', global: 'global', nonlocal: 'nonlocal', exec: 'exec', async: 'async', match: 'match',
};
const SUPPORTED = 'only assert condition[, message] and print(…)';

/** @param token of kind `code` */
export function parseCode({ source, bounds }: Context, token: Token): Statement[] {
  const lexer = new CodeLexer(source, token.start + 2, token.end - 2);
  const context: CodeContext = { lexer, bounds };
  const statements: Statement[] = [];
  for (;;) {
    while (lexer.peek().kind === 'line') lexer.next();
    if (lexer.peek().kind === 'end') return statements;
    statements.push(parseStatement(context));
    const behind = lexer.peek();
    if (behind.kind !== 'line' && behind.kind !== 'end') throw refusal(context) ?? assignment(context, behind) ?? lexer.unexpected('the end of the statement', 'one statement a line, or ; between them');
  }
}

function parseStatement(context: CodeContext): Statement {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind === 'name' && token.text === 'assert') return parseAssert(context, lexer.next());
  if (token.kind === 'name' && token.text === 'print') return parsePrint(context, lexer.next());
  if (token.kind === 'name' && Object.hasOwn(REFUSED, token.text)) throw lexer.source.error(token.start, unsupported(REFUSED[token.text], token.text), SUPPORTED);
  if (token.kind === 'name') {
    lexer.next();
    throw assignment(context, token) ?? lexer.source.error(token.start, `${quoted(token.text)} begins no statement`, SUPPORTED);
  }
  throw lexer.unexpected('a statement', SUPPORTED);
}

/** To be thrown if the next token assigns. */
function assignment({ lexer }: CodeContext, target: CodeToken): Error | undefined {
  const { kind, text } = lexer.peek();
  const assigns = kind === 'mark' && text.endsWith('=') && !['==', '!=', '<=', '>='].includes(text);
  return assigns ? lexer.source.error(target.start, unsupported('assignments', text), `to compare, write ==; ${SUPPORTED}`) : undefined;
}

function parseAssert(context: CodeContext, token: CodeToken): Statement {
  const { lexer } = context;
  const condition = parseCondition(context);
  if (!lexer.accept(',')) return { at: lexer.source.position(token.start), kind: 'assert', condition, text: said(lexer, token) };
  const message = parseCondition(context);
  return { at: lexer.source.position(token.start), kind: 'assert', condition, message, text: said(lexer, token) };
}

function parsePrint(context: CodeContext, token: CodeToken): Statement {
  const { lexer, bounds } = context;
  if (!lexer.is('(')) throw lexer.unexpected('( after print', 'print is a function: print(…)');
  bounds.reset();
  const at = lexer.source.position(token.start);
  const nothing: CodeExpression = { kind: 'string', at, value: '' };
  const [condition = nothing, ...rest] = parseList(context, 'what is printed');
  return { at, kind: 'print', condition, ...(rest.length === 0 ? {} : { rest }), text: said(lexer, token) };
}

const said = (lexer: CodeLexer, from: CodeToken): string => oneLine(lexer.source.text.slice(from.start, lexer.behind));
