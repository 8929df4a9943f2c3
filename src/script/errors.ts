/** What is wrong with a script, and where: the one error that parsing and evaluating throw. */
import type { Position } from './ast.js';

/** A script as it was given: enough to show a line of it. */
export interface ScriptText {
  /** As given by the user. */
  readonly file: string;
  readonly text: string;
}

export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly file: string;
  /** 1-based, like the column; the column counts UTF-16 units and may stand just behind a line's last. */
  readonly line: number;
  readonly column: number;

  /**
   * @param message what is wrong, one line, without the position.
   * @param mend what to write instead; '' = there is nothing to suggest.
   * @param script undefined where only the position is known: no line is shown then.
   */
  constructor(at: Position, message: string, readonly mend = '', private readonly script?: ScriptText) {
    super(message);
    this.line = at.line;
    this.column = at.column;
    this.file = script?.file ?? '';
  }

  /** file:line:column, what is wrong, the line, a caret under the column, and what mends it. */
  override toString(): string {
    const shown = this.script === undefined ? '' : this.excerpt(this.script.text);
    const mend = this.mend === '' ? '' : `\n  to mend it: ${this.mend}`;
    return `${this.file === '' ? 'line ' : `${this.file}:`}${this.line}:${this.column}: ${this.message}${shown}${mend}`;
  }

  private excerpt(text: string): string {
    const line = text.split('\n', this.line)[this.line - 1]?.replace(/\r$/, '') ?? '';
    const before = line.slice(0, this.column - 1).replace(/[^\t]/g, ' ');
    return `\n    ${line}\n    ${before}^`;
  }
}
