/** Small pieces of SVG: text that is escaped, and widths of characters as fonts of fixed width have them. */
import stringWidth from 'string-width';

export const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** In columns; Chinese characters have two. */
export const columns = (text: string): number => stringWidth(text);

/** Breaks a text into lines of so many columns at most; Chinese may be broken between any two characters, but not before a mark. */
export function breakLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[\p{sc=Han}][，。；：！？、）」』”]*|[^\s\p{sc=Han}]+[，。；：！？、）」』”]*|\s+/gu) ?? []) {
    if (columns(line + word.trimEnd()) > width && line !== '') {
      lines.push(line.trimEnd());
      line = word.trimStart();
    } else line += word;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** Colours of both modes; a picture that stands in a page follows the reader's. */
export const STYLE = `
  svg { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace; }
  .ink { fill: #1f2328; } .dim { fill: #656d76; } .rail { stroke: #8c959f; } .line { stroke: #1f2328; } .head { fill: #1f2328; }
  .bad { stroke: #cf222e; } .badText { fill: #cf222e; } .odd { stroke: #9a6700; } .oddText { fill: #9a6700; } .made { stroke: #8250df; } .madeText { fill: #8250df; }
  .board { fill: #dafbe1; }
  .state { fill: #0550ae; font-weight: 600; } .note { fill: #1a7f37; font-family: system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) {
    .ink { fill: #e6edf3; } .dim { fill: #8d96a0; } .rail { stroke: #6e7681; } .line { stroke: #e6edf3; } .head { fill: #e6edf3; }
    .bad { stroke: #ff7b72; } .badText { fill: #ff7b72; } .odd { stroke: #d29922; } .oddText { fill: #d29922; } .made { stroke: #bc8cff; } .madeText { fill: #bc8cff; }
    .board { fill: #12261e; }
    .state { fill: #79c0ff; } .note { fill: #56d364; }
  }`;
