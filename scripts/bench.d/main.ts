/**
 * `npm run bench`: glasstcp with the kernel over a TUN, beside the kernel with itself over three networks, all in private
 * network namespaces, one measurement after the other so that whatever the machine does it does to all of them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { ensureIsolated } from '../../src/cli/isolate.js';
import { compilePrograms } from './children.js';
import { Results, figureOf } from './figures.js';
import { iperf } from './iperf.js';
import { type Load, loads } from './loads.js';
import { type Plan, measure } from './measure.js';
import { type NetworkName, destroyAll } from './networks.js';
import { readProfile } from './profile.js';
import { BUSY_LEGEND, busyTable, figuresTable, profileText } from './report.js';
import { congestionControl, have, surroundings } from './surroundings.js';

const NETWORKS: readonly NetworkName[] = ['tun', 'veth-plain', 'veth', 'loopback'];
/** More than this much of a processor spent elsewhere, and the figures are called low. */
const DISTURBED = 0.25;

interface Options {
  readonly seconds: number;
  readonly rounds: number;
  readonly quick: boolean;
  readonly only: readonly string[];
  readonly json: string;
  readonly profile: string | undefined;
  readonly peer: Plan['peer'];
  readonly dist: string;
}

function options(): Options {
  const args = yargs(hideBin(process.argv)).scriptName('npm run bench --').usage('$0 [options]\n\nMeasures glasstcp beside the kernel; about three minutes.')
    .option('seconds', { type: 'number', default: 0.8, describe: 'length of each measurement' })
    .option('rounds', { type: 'number', default: 3, describe: 'measurements of each kind; their median counts' })
    .option('only', { type: 'string', array: true, default: [] as string[], choices: loads.map(({ name }) => name), describe: 'measure only these loads' })
    .option('quick', { type: 'boolean', default: false, describe: 'one short round, about 25 s: for a first look' })
    .option('json', { type: 'string', default: 'bench.json', describe: 'where the figures go' })
    .option('profile', { type: 'string', describe: 'also save a V8 profile of glasstcp under each load in this folder, and say what it shows' })
    .option('peer', { choices: ['epoll', 'node'] as const, default: 'epoll' as const, describe: 'the kernel\'s user, at both ends of the baseline: bare system calls, or node:net' })
    .option('dist', { type: 'string', default: resolve(__dirname, '../../dist'), defaultDescription: 'dist', describe: 'compiled glasstcp to measure: to compare two' })
    .strict().version(false).help().parseSync();
  const { quick, only, json, profile, peer } = args;
  if (!(args.seconds > 0 && args.seconds <= 60) || !(Number.isInteger(args.rounds) && args.rounds >= 1 && args.rounds <= 100)) {
    throw new Error('--seconds must be more than 0 and at most 60, --rounds 1 to 100');
  }
  return { seconds: quick ? 0.3 : args.seconds, rounds: quick ? 1 : args.rounds, only, json, profile, peer, dist: resolve(args.dist), quick };
}

/** Round by round, load by load, network by network: what is compared was measured seconds apart. */
async function rounds(chosen: readonly Load[], { rounds: count }: Options, plan: Omit<Plan, 'load' | 'network'>, networks: readonly NetworkName[]): Promise<Results> {
  const results = new Results();
  for (let round = 1; round <= count; round++) {
    for (const load of chosen) {
      progress(`round ${round} of ${count}: ${load.title}`);
      const compared = load.against === undefined || !chosen.some(({ name }) => name === load.against) ? networks : networks.slice(0, 1);
      for (const network of compared) results.add(load, network, await measure({ ...plan, load, network }));
    }
  }
  progress('');
  return results;
}

async function main(): Promise<void> {
  const chosenOptions = options();
  const isolated = await ensureIsolated(process.argv);
  if (isolated !== 'isolated') throw new Error(`there is no private network namespace to measure in: ${isolated.unavailable}`);
  const { seconds, only, quick, json, profile, dist, peer } = chosenOptions;
  const programs = compilePrograms(dist);
  endWith(() => {
    programs.remove();
    destroyAll();
  });
  const congestion = congestionControl();
  const where = surroundings(congestion);
  const plan = { seconds, congestion, peer, programs: programs.folder };
  const chosen = loads.filter(({ name, against }) => (only.length === 0 ? !quick || against === undefined : only.includes(name)));
  const ethtool = have('ethtool');
  if (!ethtool) console.log('Without ethtool veth\'s offloads cannot be switched off, so there is no fair neighbour to compare with: sudo apt-get install ethtool\n');
  const results = await rounds(chosen, chosenOptions, plan, NETWORKS.filter((name) => ethtool || name !== 'veth-plain'));
  const rows = chosen.map((load) => results.row(load));
  const second = ethtool && have('iperf3') && chosen.some(({ name }) => name === 'receive') ? await iperf(seconds, congestion) : null;

  console.log(`${where.processors} × ${where.processor}, ${where.memoryGiB} GiB, Linux ${where.kernel}, Node ${where.node}, kernel congestion control ${where.congestionControl}`);
  console.log(`${chosenOptions.rounds} rounds of ${seconds} s; medians; MTU 1500 (loopback: its own 65536); peers: ${peer === 'node' ? 'node:net' : 'epoll and bare system calls'}\n${figuresTable(rows)}\n`);
  console.log(`${busyTable(chosen, results)}\n${BUSY_LEGEND}`);
  if (second !== null) console.log(`iperf3 over the same veth without offloads: ${second.toFixed(2)} Gbit/s`);
  sayWhatIsWrong(results);
  const profiles = profile === undefined ? [] : await profileAll(chosen, plan, profile);
  const report = { when: new Date().toISOString(), environment: where, seconds, rounds: chosenOptions.rounds, peer, rows, iperf3: second, profiles, measurements: results.all };
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nAll figures: ${json}`);
}

/** In runs of their own: a profiler takes its share. */
async function profileAll(chosen: readonly Load[], plan: Omit<Plan, 'load' | 'network'>, folder: string): Promise<readonly object[]> {
  mkdirSync(folder, { recursive: true });
  const found = [];
  console.log('\nWhere glasstcp\'s processor time goes:');
  for (const load of chosen) {
    const file = join(resolve(folder), `${load.name}.cpuprofile`);
    await measure({ ...plan, load, network: 'tun', profile: file });
    const breakdown = readProfile(file);
    console.log(profileText(load, breakdown));
    found.push({ load: load.name, idle: breakdown.idle, groups: breakdown.groups });
  }
  return found;
}

function sayWhatIsWrong(results: Results): void {
  const measurements = results.all.flatMap(({ load, network, rounds: each }) => each.map((measured) => ({ load, network, ...measured })));
  const elsewhere = figureOf(measurements.map((m) => m.elsewhere)).median;
  if (elsewhere > DISTURBED) console.log(`The machine had other work: ${elsewhere.toFixed(1)} processors of it. These figures are low.`);
  for (const { load, network, failures } of measurements) {
    if (failures > 0) console.log(`${load} over ${network}: ${failures} connections failed and were not counted.`);
  }
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

function endWith(tidy: () => void): void {
  process.on('exit', tidy);
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
}

main().catch((error: unknown) => {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
