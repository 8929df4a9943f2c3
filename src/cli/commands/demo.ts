/** `glasstcp demo`: the kernel and glasstcp hold a conversation, and every packet says why. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { DeviceError } from '../../device/errors.js';
import { type DemoArguments, type DemoDevice, type DemoOptions, readOptions } from '../demo/options.js';
import { play } from '../demo/play.js';
import { sayIn } from '../demo/text/say.js';
import { Failure, firstLine } from '../failure.js';
import { ensureIsolated } from '../isolate.js';
import { terminalOf } from '../terminal.js';

/** Between what is wrong and what mends it, as ensureIsolated says it. */
const TO_MEND = '; to mend it: ';

interface Setting {
  readonly device: DemoDevice;
  readonly words: readonly string[];
}

function buildDemo(yargs: Argv): Argv<DemoArguments> {
  // Text, all of it: readOptions can then quote what was typed.
  const text = { type: 'string', requiresArg: true } as const;
  const flag = { type: 'boolean' } as const;
  return yargs
    .usage('$0 demo [options]\n\nA TCP stack in TypeScript talks to the kernel\'s, and every packet says why. Takes about 10 s.')
    .options({
      capture: { ...text, default: 'demo.pcapng', describe: 'Where to write the capture (pcapng); --no-capture for none' },
      json: { ...text, describe: 'Write all events to this file, one JSON object per line' },
      msl: { ...text, default: '1', describe: 'Maximum segment lifetime in seconds; TIME-WAIT lasts twice as long' },
      loss: { ...text, default: '0', describe: 'Percent of packets lost at random, each way (0 to 30; 20 and more can take minutes)' },
      seed: { ...text, default: '1', describe: 'Another seed, other losses' },
      ipv6: { ...flag, describe: 'IPv6 in place of IPv4' },
      device: { ...text, describe: '"tun" to talk to the kernel, "raw" to talk to it on localhost, "pipe" to talk to a second glasstcp [default: tun where possible]' },
      isolated: { ...flag, describe: 'A private network namespace; for tun the default, for raw in place of the host\'s own localhost' },
      'host-network': { ...flag, describe: 'No private network namespace for the TUN: watch the interface live in Wireshark (needs root)' },
      quiet: { ...flag, describe: 'Only the summary at the end' },
      verbose: { ...flag, describe: 'Every segment, every sentence, every variable' },
    })
    .example('$0 demo', 'then: wireshark demo.pcapng')
    .example('$0 demo --loss 5 --seed 7', 'on a bad line')
    .example('sudo $0 demo --device raw', 'on localhost: watch the interface lo in Wireshark');
}

async function runDemo(args: DemoArguments): Promise<number> {
  const options = readOptions(args);
  const setting = await findSetting(options);
  try {
    return await perform(options, setting);
  } catch (error) {
    // Koffi or the TUN driver may be missing although a namespace is to be had.
    if (!(error instanceof DeviceError) || options.device !== undefined || options.hostNetwork) throw error;
    return perform(options, pipeInstead(options, firstLine(error), error.mend));
  }
}

const perform = (options: DemoOptions, { device, words }: Setting): Promise<number> =>
  play({ options, device, setting: words, program: `glasstcp ${version()}`, terminal: terminalOf(process.stdout), out: process.stdout });

/** What the demo is played on. Starts this program again in a private network namespace where that is possible. */
async function findSetting(options: DemoOptions): Promise<Setting> {
  const say = sayIn(options.language);
  if (options.device === 'pipe') return { device: 'pipe', words: [say('on-pipe')] };
  if (options.hostNetwork) return { device: 'tun', words: [say('on-host-tun')] };
  if (options.device === 'raw') return findLocalhost(options);
  const isolated = await ensureIsolated(process.argv);
  if (isolated === 'isolated') return { device: 'tun', words: [say('on-tun')] };
  if (options.device === 'tun') throw unavailable('a TUN interface', isolated.unavailable, 'glasstcp demo --device pipe');
  return pipeInstead(options, ...isolated.unavailable.split(TO_MEND));
}

/** Localhost: this host's own, or that of a private namespace. */
async function findLocalhost({ ipv6, isolated, language }: DemoOptions): Promise<Setting> {
  const say = sayIn(language);
  const values = { address: ipv6 ? '::1' : '127.0.0.1' };
  if (!isolated) return { device: 'raw', words: [say('on-host-localhost', values)] };
  const found = await ensureIsolated(process.argv, { withTun: false });
  if (found !== 'isolated') throw unavailable('localhost', found.unavailable, 'sudo glasstcp demo --device raw');
  return { device: 'raw', words: [say('on-localhost', values)] };
}

function unavailable(what: string, why: string, otherwise: string): Failure {
  const [reason, mend] = why.split(TO_MEND);
  return new Failure(`there is no private network for ${what} here: ${reason}.`, mend ?? otherwise);
}

/** Two stacks of our own, because the kernel is out of reach: why, and what would mend it. */
function pipeInstead({ language }: DemoOptions, reason = '', mend?: string): Setting {
  const say = sayIn(language);
  return { device: 'pipe', words: [say('on-pipe-instead'), mend === undefined ? reason : say('to-mend-it', { reason, mend })] };
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string }).version;
}

export const demo: CommandModule<object, DemoArguments> = {
  command: 'demo',
  describe: 'Watch glasstcp and the kernel hold a conversation, every packet explained (about 10 s)',
  builder: buildDemo,
  handler: async (args) => {
    process.exitCode = await runDemo(args);
  },
};
