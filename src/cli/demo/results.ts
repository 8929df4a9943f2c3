/** What is printed at the end: the states both sides went through, what was sent, what was checked, where the capture is. */
import { shellQuote } from '../shell-quote.js';
import { renderTable, type Cell } from '../summary.js';
import { padTo, type Terminal, widthOf, wrap } from '../terminal.js';
import type { Checklist } from './checklist.js';
import type { Tally } from './stage.js';
import { formatPath, type PathStep } from './state-path.js';
import type { Say } from './text/say.js';
import type { Sight, Witness } from './witness.js';
import type { World } from './world.js';

export interface Results {
  readonly tallies: readonly Tally[];
  readonly witness: Witness;
  readonly checks: Checklist;
  readonly terminal: Terminal;
  readonly world: Pick<World, 'peerPath' | 'peerName' | 'peerIsKernel'>;
  /** Path and packets of the capture, or null. */
  readonly capture: { readonly path: string; readonly packets: number } | null;
  readonly json: string | null;
  readonly say: Say;
}

export function formatResults(results: Results): string {
  const { tallies, checks } = results;
  const parts = tallies.length === 0 ? [] : [statesTable(results), segmentsTable(results)];
  parts.push(formatChecklist(checks, results), whereToLook(results));
  return parts.filter((part) => part !== '').join('\n');
}

function statesTable({ tallies, witness, world, terminal, say }: Results): string {
  const paths = tallies.map(({ peerPort, ourPort }) => world.peerPath(peerPort, ourPort));
  const rows = tallies.map(({ title, conn }, i): Cell[] => [
    title,
    witness.path(conn).join(', ') || say('no-connection'),
    formatPath(paths[i]) || say('no-connection'),
  ]);
  const table = renderTable({ title: say('states-title'), head: [say('connection'), 'glasstcp', world.peerName], rows }, terminal);
  return `${table}${note(world.peerIsKernel ? sourceOfStates(paths, say) : '', terminal)}`;
}

const sourceOfStates = (paths: readonly (readonly PathStep[])[], say: Say): string =>
  say(paths.some((path) => path.some((step) => step.inferred)) ? 'states-inferred' : 'states-seen');

function segmentsTable({ tallies, witness, terminal, say }: Results): string {
  const rows = tallies.map((tally): Cell[] => {
    const ours = segmentsOf(tally, witness);
    const count = (test: (s: Sight) => boolean): number => ours.filter(test).length;
    return [
      tally.title,
      count((s) => s.fate === undefined && s.direction === 'out'),
      count((s) => s.fate === undefined && s.direction === 'in'),
      count((s) => s.fate?.what === 'lost'),
      count((s) => s.fate === undefined && s.direction === 'out' && s.view?.again === true),
      tally.verifiedOut,
      tally.verifiedIn,
    ];
  });
  const head = (['connection', 'out', 'in', 'lost', 'again', 'octets-out', 'octets-in'] as const).map((key) => say(key));
  const table = renderTable({ title: say('segments-title'), head, rows, compact: true }, terminal);
  return `${table}${note(say('segments-note'), terminal)}`;
}

/** Everything that passed between these two ports. */
function segmentsOf({ ourPort, peerPort }: Tally, witness: Witness): Sight[] {
  return witness.all.filter(({ view }) => view !== undefined && [`:${ourPort} :${peerPort}`, `:${peerPort} :${ourPort}`].includes(`${portPart(view.from)} ${portPart(view.to)}`));
}

const portPart = (endpoint: string): string => endpoint.slice(endpoint.lastIndexOf(':'));

/** One line for each expectation that held, and what went wrong with each that did not. */
function formatChecklist({ expectations, failed }: Checklist, { say, terminal: { colors: c, width } }: Results): string {
  const lines = expectations.flatMap(({ what, met, instead }) => {
    const text = wrap([{ text: what, paint: met ? (s): string => s : c.red }], width - 4).map((runs) => runs.map((r) => r.paint(r.text)).join(''));
    const mark = met ? c.green('✓') : c.bold(c.red('✗'));
    const said = text.map((line, i) => `${i === 0 ? `  ${mark} ` : '    '}${line}`);
    return instead === '' ? said : [...said, `    ${c.red(say('but', { instead }))}`];
  });
  const verdict = failed.length === 0
    ? c.bold(c.green(say('all-seen', { all: expectations.length })))
    : c.bold(c.red(say('not-all-seen', { failed: failed.length, all: expectations.length })));
  return `${c.bold(say('checked'))}\n${lines.join('\n')}\n${verdict}\n`;
}

function whereToLook({ capture, json, say, terminal: { colors: c } }: Results): string {
  const rows: [string, string][] = [];
  if (capture !== null) {
    rows.push([say('capture'), say('capture-is', capture)]);
    rows.push([say('open-it'), `wireshark ${shellQuote(capture.path)}`]);
    rows.push(['', `tshark -r ${shellQuote(capture.path)} -T fields -e frame.number -e frame.comment`]);
  }
  if (json !== null) rows.push([say('events'), say('events-are', { path: json })]);
  const column = Math.max(0, ...rows.map(([name]) => widthOf(name)));
  return rows.map(([name, text]) => `${c.dim(padTo(name, column))}  ${text}\n`).join('');
}

function note(text: string, { colors, width }: Terminal): string {
  return text === '' ? '' : `${wrap([{ text, paint: colors.dim }], width).map((runs) => runs.map((r) => r.paint(r.text)).join('')).join('\n')}\n`;
}
