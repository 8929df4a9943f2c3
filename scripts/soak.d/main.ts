/** npm run soak -- properties | wrap | fuzz | captures | scripts | gib: what the tests do in seconds, for as long as you like. All in virtual time: no packet leaves the process. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { captures } from './captures.js';
import { fuzz } from './fuzz.js';
import { gib } from './gib.js';
import { properties } from './properties.js';
import { scripts } from './scripts.js';

const seed = { type: 'number', default: 1, describe: 'the first seed; each next run adds 1' } as const;
const runs = { type: 'number', default: 20_000, describe: 'how many conversations' } as const;
const packets = { type: 'number', default: 10_000_000, describe: 'how many bad packets' } as const;
const files = { type: 'number', default: 200_000, describe: 'how many damaged capture files' } as const;
const damaged = { type: 'number', default: 1_000_000, describe: 'how many damaged scripts' } as const;
const size = { type: 'number', default: 5, describe: 'how much, GiB' } as const;
const mtu = { type: 'number', default: 1500, describe: 'octets' } as const;
const loss = { type: 'number', default: 0, describe: 'probability of loss, reordering and duplication, 0 … 1' } as const;

function ended(failed: number): void {
  process.exitCode = failed === 0 ? 0 : 1;
}

void yargs(hideBin(process.argv))
  .scriptName('npm run soak --')
  .command('properties', 'seeded conversations over bad networks', { runs, seed }, (o) => ended(properties({ ...o, wrap: false })))
  .command('wrap', 'the same, sequence numbers beginning just before the wrap', { runs, seed }, (o) => ended(properties({ ...o, wrap: true })))
  .command('fuzz', 'bad packets into connections in every state', { packets, seed }, (o) => ended(fuzz(o)))
  .command('captures', 'damaged captures through everything that reads them', { files, seed }, (o) => ended(captures(o)))
  .command('scripts', 'damaged scripts into the parser', { scripts: damaged, seed }, (o) => ended(scripts(o)))
  .command('gib', 'one long stream, checked octet by octet', { gib: size, mtu, seed, loss }, (o) => ended(gib(o)))
  .demandCommand(1, 'What shall run?')
  .strict()
  .parseAsync();
