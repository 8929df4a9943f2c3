/** `glasstcp prove`: what the study notes say, by number, put to the test on live packets. */
import type { CommandModule } from 'yargs';
import type { Setting } from '../../labs/run.js';
import { Failure, usageError } from '../failure.js';
import { ensureIsolated } from '../isolate.js';
import { languageAsked } from '../language-asked.js';
import { endOnSignal } from '../lab/end-on-signal.js';
import { type Chosen, choose } from '../prove/choose.js';
import { listData, listText } from '../prove/list-lines.js';
import { type LabProof, type Proof, prove as proveOne } from '../prove/proof.js';
import { ProofCapture } from '../prove/proof-capture.js';
import { proofText } from '../prove/proof-lines.js';
import { PROVE_WORDS } from '../prove/words.js';
import { optionReader } from '../option-values.js';
import { Output } from '../output.js';
import { terminalOf } from '../terminal.js';
import type { Language } from '../../labs/text/language.js';

interface ProveArguments {
  readonly claims?: readonly string[];
  readonly section?: string;
  readonly list: boolean;
  readonly all: boolean;
  readonly sim: boolean;
  readonly seed: unknown;
  readonly capture?: unknown;
  readonly json: boolean;
}

const { text, number, wrong } = optionReader('glasstcp prove --help');

/** Standard output has the proof. @throws Failure */
function captureOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const path = text('capture', value, 'a file name');
  if (path === '-') throw wrong('capture', value, 'a file name');
  return path;
}

let printed: Output | undefined;
/** Standard output, whose reader may stop reading. */
const out = (): Output => (printed ??= new Output(process.stdout));

async function settingOf({ sim }: ProveArguments, name: string): Promise<Setting> {
  if (sim) return 'sim';
  const isolated = await ensureIsolated(process.argv);
  if (isolated === 'isolated') return 'kernel';
  const [reason, mend] = isolated.unavailable.split('; to mend it: ');
  throw new Failure(`there is no private network for the kernel here: ${reason}.`, `glasstcp prove ${name} --sim${mend === undefined ? '' : `, or ${mend}`}`);
}

function print(proof: Proof, json: boolean, language: Language): void {
  out().write(json ? `${JSON.stringify(proof)}\n` : `${proofText(proof, language, terminalOf(process.stdout))}\n`);
}

async function proveAll(chosen: readonly Chosen[], args: ProveArguments, language: Language): Promise<number> {
  const path = captureOf(args.capture);
  const seed = number('seed', args.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'a whole number', true);
  const setting = await settingOf(args, chosen[0].claim.number.toString());
  const capture = path === undefined ? undefined : new ProofCapture(path, language);
  const proofs: Proof[] = [];
  const played = new Map<string, LabProof>();
  const stopListening = endOnSignal(() => capture?.close());
  try {
    for (const one of chosen) {
      const proof = await proveOne(one, { setting, seed, language, all: args.all, capture, played });
      proofs.push(proof);
      print(proof, args.json, language);
    }
  } finally {
    stopListening();
    capture?.close();
  }
  const words = PROVE_WORDS[language];
  const shown = proofs.filter(({ labs }) => labs.every(({ passed }) => passed));
  if (!args.json && capture !== undefined) out().write(`${words.captured(capture.packets, capture.path)}\n`);
  if (!args.json && proofs.length > 1) out().write(`${words.held(shown.filter(({ labs }) => labs.length > 0).length, proofs.length)}\n`);
  return shown.length === proofs.length ? 0 : 1;
}

function list(chosen: readonly Chosen[], json: boolean, language: Language): void {
  if (json) for (const line of listData(chosen, language)) out().write(`${JSON.stringify(line)}\n`);
  else out().write(listText(chosen, language, terminalOf(process.stdout)));
}

export const prove: CommandModule<object, ProveArguments> = {
  command: 'prove [claims..]',
  describe: 'What the study notes say, claim by claim: their words, the verdict, the packets that prove it',
  builder: (yargs) => yargs
    .usage('$0 prove <claims..> [options]\n\nA claim of the study notes by its number: the note\'s own words, right or wrong and why, and the packets that show it.\nS4-64 is entry 64 in the words of note S4; 64 is the entry in the words of all notes.')
    .positional('claims', { type: 'string', array: true, describe: 'Claims by their numbers (S4-64, 64 …), a whole note (S4), or all' })
    .options({
      list: { type: 'boolean', default: false, describe: 'List the claims, with their verdicts' },
      section: { type: 'string', requiresArg: true, describe: 'All claims of one section of the notes (A to H)' },
      all: { type: 'boolean', default: false, describe: 'Play every lab that answers the claim, not only the best' },
      sim: { type: 'boolean', default: false, describe: 'Both hosts are glasstcp, in virtual time: instant, and the same each time' },
      seed: { type: 'string', requiresArg: true, default: '1', describe: 'Another seed, other sequence numbers and ports' },
      capture: { type: 'string', requiresArg: true, describe: 'Write the packets to this file (pcapng), each with its explanation' },
      json: { type: 'boolean', default: false, describe: 'Print the results as JSON, one object per line' },
    })
    .example('$0 prove S4-64', 'does TIME-WAIT hold a file descriptor?')
    .example('$0 prove --section G --sim', 'all there is about TIME-WAIT, in virtual time'),
  handler: async (args) => {
    const language = languageAsked(process.argv.slice(2), process.env);
    // yargs makes numbers of what looks like one.
    const chosen = choose((args.claims ?? []).map(String), args.section === undefined ? undefined : text('section', args.section, 'a letter, A to H'));
    if (args.list) return list(chosen.length === 0 ? choose(['all'], undefined) : chosen, args.json, language);
    if (chosen.length === 0) throw usageError('Which claim? Name one: S4-64, or 64.', 'glasstcp prove --list');
    process.exitCode = await proveAll(chosen, args, language);
  },
};
