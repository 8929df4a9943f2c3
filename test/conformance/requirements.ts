/** What the standards ask for, one row each: RFC 9293's Appendix B, and the RFCs beyond it in our own words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY';

export interface Requirement {
  /** As in the RFC ("MUST-13"; ".2" for its second row), or "6298-5.5". */
  readonly id: string;
  readonly level: Level;
  readonly rfc: number;
  /** Of the appendix's table, or of the RFC. */
  readonly section: string;
  readonly feature: string;
}

const FOLDER = join(__dirname, 'requirements');

/** All rows, RFC 9293's first. */
export function allRequirements(): readonly Requirement[] {
  const appendixB = rowsOf('rfc9293.csv', 4).map(([id, level, section, feature]) => ({ id, level: level as Level, rfc: 9293, section, feature }));
  const beyond = rowsOf('beyond.csv', 5).map(([id, level, rfc, section, feature]) => ({ id, level: level as Level, rfc: Number(rfc), section, feature }));
  return [...appendixB, ...beyond];
}

/** Requirements that bind users of TCP rather than TCP, with the reason. */
export function allExemptions(): ReadonlyMap<string, string> {
  return new Map(rowsOf('exempt.csv', 2).map(([id, reason]) => [id, reason]));
}

/** The last column may hold commas. */
function rowsOf(file: string, columns: number): string[][] {
  return readFileSync(join(FOLDER, file), 'utf8').trim().split('\n').slice(1).map((line) => {
    const fields = line.split(',');
    const rest = fields.slice(columns - 1).join(',').replace(/^"|"$/g, '').replace(/""/g, '"');
    return [...fields.slice(0, columns - 1), rest];
  });
}
