/** `glasstcp capture`: any TCP on an interface, explained while it passes: both ends' states, what each segment is, and why it is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { usageError } from '../failure.js';
import { type LiveArguments, readLiveOptions } from '../live/live-options.js';
import { runLive } from '../live/run-live.js';
import { Output } from '../output.js';
import { terminalOf } from '../terminal.js';

function build(yargs: Argv): Argv<LiveArguments> {
  // Text, all of it: readLiveOptions can then quote what was typed.
  const text = { type: 'string', requiresArg: true } as const;
  const flag = { type: 'boolean' } as const;
  return yargs
    .usage('$0 capture -i IFACE [options]\n\nAny TCP on a network interface, explained while it passes. It only listens, in promiscuous mode: it sends nothing.\n'
      + 'Needs root or CAP_NET_RAW. Ctrl-C ends it, with a summary.')
    .options({
      interface: { ...text, alias: 'i', describe: 'Where to listen: lo, eth0 …, or any' },
      filter: { ...text, alias: 'f', default: 'tcp', describe: 'Which packets, in libpcap\'s language (man pcap-filter); "" for all' },
      write: { ...text, alias: 'w', describe: 'Write the frames to this file (pcapng), each with its explanation; - for standard output' },
      count: { ...text, alias: 'c', describe: 'End after so many frames' },
      duration: { ...text, describe: 'End after so many seconds' },
      buffer: { ...text, default: '32768', describe: 'KiB that the kernel keeps for us while we are busy' },
      json: { ...flag, describe: 'One JSON object per line' },
      quiet: { ...flag, describe: 'Only the summary' },
      verbose: { ...flag, describe: 'All that there is to say of each segment' },
    })
    .example('$0 capture -i lo', 'what talks on this machine')
    .example('$0 capture -i eth0 -f "tcp port 443" -w web.pcapng', 'then: wireshark web.pcapng')
    .example('$0 capture -i lo -w - | wireshark -k -i -', 'Wireshark, with explanations');
}

/** How long the last lines may wait for a reader who does not read. */
const PATIENCE_MS = 2_000;

async function run(args: LiveArguments): Promise<number> {
  const options = readLiveOptions(args);
  if (options.write === '-' && process.stdout.isTTY) throw usageError('-w - would write the capture to the terminal.', 'glasstcp capture -i IFACE -w - | wireshark -k -i -');
  // A pipe that nobody empties must not keep us from listening: Output counts what waits.
  if (options.write !== '-') (process.stdout as { _handle?: { setBlocking?: (blocking: boolean) => void } })._handle?.setBlocking?.(false);
  return runLive(options, {
    out: new Output(process.stdout), terminal: terminalOf(process.stdout), tell: (text) => process.stderr.write(text), aside: terminalOf(process.stderr),
    program: `glasstcp ${version()}`,
  });
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string }).version;
}

export const capture: CommandModule<object, LiveArguments> = {
  command: 'capture',
  describe: 'Explain any TCP on a network interface while it passes, and write it down',
  builder: build,
  handler: async (args) => {
    process.exitCode = await run(args);
    setTimeout(() => process.exit(), PATIENCE_MS).unref();
  },
};
