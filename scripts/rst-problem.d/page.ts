/** Where the ladders stand in docs/kernel-setup.md, and what of them is the same in every run. */

const begin = (guard: boolean): string => `<!-- made by scripts/rst-problem: ${guard ? 'with' : 'without'} the guard -->\n\`\`\`text\n`;
const END = '```\n';

/** @throws Error when the page has no place for it */
export function putLadder(page: string, guard: boolean, ladder: string): string {
  const { from, to } = placeOf(page, guard);
  return page.slice(0, from) + ladder + page.slice(to);
}

export function ladderIn(page: string, guard: boolean): string {
  const { from, to } = placeOf(page, guard);
  return page.slice(from, to);
}

function placeOf(page: string, guard: boolean): { readonly from: number; readonly to: number } {
  const mark = begin(guard);
  const at = page.indexOf(mark);
  const from = at + mark.length;
  const to = page.indexOf(END, from);
  if (at < 0 || to < 0) throw new Error(`docs/kernel-setup.md has no place for the ladder: ${mark.trim()}`);
  return { from, to };
}

/** Times and initial sequence numbers differ from run to run, windows from machine to machine, and with them where lines break. */
export const timeless = (ladder: string): string =>
  ladder.replace(/[│┆]/g, ' ').replace(/\d+\.\d{4,}/g, 'T').replace(/[\d.]+ (?:µs|ms)/g, 'T').replace(/\b\d{6,10}\b/g, 'N').replace(/(win=|ws )\d+/g, '$1N').replace(/[ ─\n]+/g, ' ');
