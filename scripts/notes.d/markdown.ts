/** Text and tables as Markdown that shows them as they are. */

/** Nothing in it is taken for markup. */
export const plain = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('<', '&lt;').replace(/[*~|`]/g, '\\$&');

/** Cells are Markdown already. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** GitHub's anchor of a heading. */
export const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-');
