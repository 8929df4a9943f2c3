/** `glasstcp doctor`: what this machine has of what glasstcp needs, and the command for each thing that is missing. */
import { createRequire } from 'node:module';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import type { CommandModule } from 'yargs';
import { type Diagnosis, diagnose } from '../doctor/checks.js';
import type { Environment, Finding } from '../doctor/finding.js';
import { run } from '../isolation-probe.js';

type Colors = ReturnType<typeof pc.createColors>;

const VERDICTS: Record<Diagnosis['demo'], string> = {
  tun: 'The demo can run against the kernel: glasstcp demo',
  pipe: 'The demo can run between two glasstcp stacks: glasstcp demo --device pipe',
  none: 'The demo cannot run here yet.',
};

/** Not by require(): a package may keep its package.json to itself. */
const packageFile = (name: string): string | undefined =>
  createRequire(__filename).resolve.paths(name)?.map((folder) => join(folder, name, 'package.json')).find((path) => existsSync(path));

function versionOf(name: string): string {
  const file = packageFile(name);
  return file === undefined ? 'loaded' : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** This machine. */
export const thisMachine: Environment = {
  platform: process.platform,
  nodeVersion: process.versions.node,
  uid: process.getuid?.() ?? -1,
  run,
  tryOpen: (path) => {
    try {
      closeSync(openSync(path, 'r+'));
      return null;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'EIO';
    }
  },
  load: (name) => {
    const { version } = createRequire(__filename)(name) as { readonly version?: string };
    return version ?? versionOf(name);
  },
  isInstalled: (name) => packageFile(name) !== undefined,
  readText: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  },
};

/** The diagnosis as text, one line per finding and two more where something is missing. */
export function formatDiagnosis({ demo, findings }: Diagnosis, colors: Colors = pc): string {
  const width = Math.max(...findings.map((f) => f.name.length));
  const lines = findings.flatMap((finding) => formatFinding(finding, width, colors));
  const verdict = demo === 'none' ? colors.red(VERDICTS[demo]) : colors.bold(VERDICTS[demo]);
  return [...lines, '', verdict, ''].join('\n');
}

function formatFinding({ name, fine, detail, why, mend, optional }: Finding, width: number, colors: Colors): string[] {
  const label = name.padEnd(width);
  if (fine) return [`${colors.green('fine   ')}  ${label}  ${colors.dim(detail)}`];
  const mark = optional === true ? colors.yellow('without') : colors.red('missing');
  const indent = ' '.repeat(width + 11);
  return [
    `${mark}  ${label}  ${detail}`,
    ...(why === undefined ? [] : [`${indent}${colors.dim(why)}`]),
    ...(mend === undefined ? [] : [`${indent}→ ${mend}`]),
  ];
}

interface DoctorArguments {
  readonly json: boolean;
}

export const doctor: CommandModule<object, DoctorArguments> = {
  command: 'doctor',
  describe: 'Check what this machine has of what glasstcp needs, and say what to run for the rest',
  builder: (yargs) => yargs.option('json', { type: 'boolean', default: false, describe: 'Print the findings as JSON' }),
  handler: ({ json }) => {
    const diagnosis = diagnose(thisMachine);
    process.stdout.write(json ? `${JSON.stringify(diagnosis, null, 2)}\n` : formatDiagnosis(diagnosis));
    process.exitCode = diagnosis.demo === 'none' ? 1 : 0;
  },
};
