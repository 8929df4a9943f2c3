/** What people read: the table of figures beside the marks, who was busy, and profiles. */
import Table from 'cli-table3';
import { type Figure, type Row, type Results, figureOf } from './figures.js';
import type { Load } from './loads.js';
import type { Busy, Measured } from './measure.js';
import type { Breakdown, Share } from './profile.js';

/** No colours, no lines between rows. */
const plain = { style: { head: [], border: [] }, chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' } };

export function figuresTable(rows: readonly Row[]): string {
  const table = new Table({
    ...plain,
    head: ['load', 'unit', 'glasstcp', 'kernel, veth\nno offloads', 'ratio\n(least … most)', 'mark', 'kernel, veth\nas it comes', 'kernel,\nloopback'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { title, unit, figures, ratio, mark, met } of rows) {
    const show = (figure: Figure | undefined): string => (figure === undefined ? '' : number(figure.median, unit));
    table.push([
      title, unit, show(figures.tun), show(figures['veth-plain']),
      ratio === null ? '' : `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} … ${ratio.most.toFixed(2)})`,
      mark === null ? '' : `≥ ${mark} ${met === null ? '' : met ? 'met' : 'missed'}`,
      show(figures.veth), show(figures.loopback),
    ]);
  }
  return table.toString();
}

export const BUSY_LEGEND = [
  'glasstcp, its peer   processor time over TUN, its own + the kernel\'s on its behalf (100 % = one processor)',
  'kernel pair          processor time of both ends over veth without offloads, and how much of it is not the kernel\'s',
  'cost                 of glasstcp\'s end, and of the kernel\'s in its place: ms per Gbit, µs per round trip or connection',
  'packets, batch       packets in and out per round trip or connection; packets in per wake-up',
].join('\n');

/**
 * Is it the kernel's user that holds glasstcp, or the kernel, up? It does not as long as it has processor time left, or as the
 * time it takes is the kernel's (system) rather than its own (user).
 */
export function busyTable(loads: readonly Load[], results: Results): string {
  const table = new Table({
    ...plain,
head: ['load', 'glasstcp', 'its peer', 'kernel pair', 'cost', 'packets', 'batch'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const load of loads) {
    const ours = results.of(load.name, 'tun');
    if (ours.length === 0) continue;
    const theirs = results.of(load.against ?? load.name, 'veth-plain');
    const [glass, peer] = load.glassIs === 'server' ? (['server', 'client'] as const) : (['client', 'server'] as const);
    const both = median(theirs, (m) => total(m.server) + total(m.client));
    const user = median(theirs, (m) => m.server.user + m.client.user);
    table.push([
      load.title, split(ours, glass), split(ours, peer),
      theirs.length === 0 ? '' : `${percent(both)}, ${percent(user)}`,
      `${cost(load, ours)}, ${cost(load, theirs)}`,
      load.unit === '1/s' ? `${perOperation(ours, 'packetsIn')}, ${perOperation(ours, 'packetsOut')}` : '',
      median(ours, (m) => (m.device === undefined ? 0 : m.device.packetsIn / Math.max(1, m.device.wakeUps))).toFixed(1),
    ]);
  }
  return table.toString();
}

export function profileText(load: Load, { idle, groups, functions }: Breakdown): string {
  const list = (shares: readonly Share[], separator: string): string => shares.map(({ name, share }) => `${percent(share)} ${name}`).join(separator);
  return `${load.title} (idle ${percent(idle)}; shares are of the rest)\n`
    + `  ${list(groups.filter(({ share }) => share >= 0.005), ', ')}\n    ${list(functions.slice(0, 10), '\n    ')}`;
}

const total = ({ user, system }: Busy): number => user + system;
const percent = (x: number): string => `${(x * 100).toFixed(x < 0.0995 ? 1 : 0)} %`;
const median = (rounds: readonly Measured[], value: (m: Measured) => number): number => (rounds.length === 0 ? 0 : figureOf(rounds.map(value)).median);

function split(rounds: readonly Measured[], end: 'server' | 'client'): string {
  return `${percent(median(rounds, (m) => m[end].user))} + ${percent(median(rounds, (m) => m[end].system))}`;
}

/** Processor time of glasstcp's end (or of the kernel's user in its place): other work on the machine changes it little. */
function cost({ unit, glassIs }: Load, rounds: readonly Measured[]): string {
  return rounds.length === 0 ? '–' : median(rounds, (m) => (total(m[glassIs]) / m.value) * (unit === 'Gbit/s' ? 1e3 : 1e6)).toFixed(unit === 'Gbit/s' ? 0 : 1);
}

function perOperation(rounds: readonly Measured[], what: 'packetsIn' | 'packetsOut'): string {
  return median(rounds, (m) => (m.device === undefined ? 0 : m.device[what] / Math.max(1, m.value * m.seconds))).toFixed(1);
}

const number = (x: number, unit: string): string => (unit === 'Gbit/s' ? x.toFixed(2) : Math.round(x).toLocaleString('en'));
