/** `glasstcp calls`: socket calls over a stack in virtual time, for programs of any language: lines of JSON in, lines of JSON out. */
import { createInterface } from 'node:readline';
import type { CommandModule } from 'yargs';
import { JsonLines } from '../../bsd/json-lines.js';
import { parseLocalAddress } from '../../stack/local-addresses.js';
import { usageError } from '../failure.js';

interface CallsArguments {
  readonly address: string[];
  readonly mtu: number;
  readonly seed: number;
}

const LEAST_MTU = 68;
const LARGEST_MTU = 65_535;
const HELP = 'glasstcp calls --help';

function check({ address, mtu, seed }: CallsArguments): void {
  for (const text of address) {
    try {
      parseLocalAddress(text);
    } catch (error) {
      throw usageError(error instanceof Error ? `--address: ${error.message}` : '--address is wrong', HELP);
    }
  }
  if (!Number.isInteger(mtu) || mtu < LEAST_MTU || mtu > LARGEST_MTU) throw usageError(`--mtu must be ${LEAST_MTU} … ${LARGEST_MTU}`, HELP);
  if (!Number.isInteger(seed)) throw usageError('--seed must be an integer', HELP);
}

export const calls: CommandModule<object, CallsArguments> = {
  command: 'calls',
  describe: 'Serve socket calls in virtual time on standard input and output, one JSON object per line (docs/socket-calls.md)',
  builder: (yargs) => yargs
    .option('address', { type: 'string', array: true, default: ['192.0.2.2/24', '2001:db8::2/64'], describe: 'Our addresses, with the subnets they lie in' })
    .option('mtu', { type: 'number', default: 1500, describe: 'Largest IP packet, octets' })
    .option('seed', { type: 'number', default: 1, describe: 'Fixes sequence numbers and ports' }),
  handler: async (options) => {
    check(options);
    const server = new JsonLines({ addresses: options.address, mtu: options.mtu, seed: options.seed });
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      for (const answer of server.answer(line)) process.stdout.write(`${answer}\n`);
    }
  },
};
