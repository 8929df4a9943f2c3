/** `glasstcp read`: any TCP capture, explained: both ends' states, what each segment is, and why it is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { CaptureError } from '../../capture/errors.js';
import { Failure } from '../failure.js';
import { FORMATS, type ReadArguments, readOptions } from '../observed/read-options.js';
import { readAndShow } from '../observed/reading.js';
import { Output } from '../output.js';
import { terminalOf } from '../terminal.js';

function build(yargs: Argv): Argv<ReadArguments> {
  // Text, all of it: readOptions can then quote what was typed.
  const text = { type: 'string', requiresArg: true } as const;
  const flag = { type: 'boolean' } as const;
  return yargs
    .usage('$0 read FILE [options]\n\nAny TCP capture, explained: both ends\' states, what each segment is, what it means, by which rule.\n'
      + 'pcap and pcapng, of Ethernet, Linux cooked, raw IP and loopback; FILE - is standard input.')
    .positional('file', { type: 'string', describe: 'The capture; - for standard input' })
    .options({
      'format': { ...text, default: 'ladder', describe: `${FORMATS.slice(0, -1).join(', ')} or ${FORMATS[FORMATS.length - 1]} (one JSON object per line)` },
      'stream': { ...text, describe: 'Only the conversation of this number, as in the summary; may be given several times' },
      'problems': { ...flag, describe: 'Only segments that there is something to say about: sent again, out of order, windows closed, resets …' },
      'write': { ...text, alias: 'w', describe: 'Write the same frames to this file (pcapng), each with its explanation as a comment' },
      'count': { ...text, alias: 'c', describe: 'Read only so many frames' },
      'quiet': { ...flag, describe: 'Only the summary' },
      'verbose': { ...flag, describe: 'Every segment, and what each is' },
    })
    .example('$0 read trace.pcap', 'a ladder for each conversation')
    .example('$0 read trace.pcap --format table --problems', 'what went wrong, a line each')
    .example('$0 read trace.pcap -w explained.pcapng', 'then: wireshark explained.pcapng')
    .example('tcpdump -U -w - | $0 read -', 'while it happens');
}

async function run(args: ReadArguments): Promise<number> {
  const options = readOptions(args);
  try {
    return await readAndShow(options, {
      terminal: terminalOf(process.stdout), out: new Output(process.stdout), complain: (text) => process.stderr.write(text), program: `glasstcp ${version()}`,
    });
  } catch (error) {
    throw error instanceof CaptureError ? new Failure(error.message, error.mend) : error;
  }
}

/** Yargs takes the word "-" for an option without a name, and gives an empty one. */
const fileOf = (given: string | undefined, words: readonly string[]): string => (given === '' && words.includes('-') ? '-' : given ?? '');

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string }).version;
}

export const read: CommandModule<object, ReadArguments> = {
  command: 'read [file]',
  describe: 'Explain any TCP capture: states, retransmissions, windows, resets, each by its rule',
  builder: build,
  handler: async (args) => {
    process.exitCode = await run({ ...args, file: fileOf(args.file, process.argv) });
  },
};
