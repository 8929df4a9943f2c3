// Adds up one run of scripts/test: each step (check, lint, build) is one entry, each jest run gives its tests. Prints the
// tables that tests left in test-output/, the slowest files and what failed; the last line is the count.
//   node scripts/test-summary.mjs FOLDER
// reads FOLDER/steps (name, status, seconds) and, for a step that is a jest run, FOLDER/<name>.json (empty: it died first).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const folder = process.argv[2];
const count = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skips = new Map();
const files = [];
let testsRun = 0;

function fail(what) {
  count.failed++;
  failures.push(what);
}

function addTest(file, test) {
  if (test.status === 'passed') count.passed++;
  else if (test.status === 'failed') fail(`${file}: ${test.fullName}`);
  else {
    count.skipped++;
    skips.set(file, (skips.get(file) ?? 0) + 1);
    return;
  }
  testsRun++;
}

/** A jest run may fail in ways that no test shows: a file that does not load, a time limit, a crash. */
function addJestRun(name, status, report) {
  const failedBefore = count.failed;
  for (const result of report.testResults) {
    const file = relative(process.cwd(), result.name);
    files.push({ file, seconds: (result.endTime - result.startTime) / 1000 });
    for (const test of result.assertionResults) addTest(file, test);
    const explained = result.assertionResults.some((test) => test.status === 'failed');
    if (result.status === 'failed' && !explained) fail(`${file}: the file could not be run`);
  }
  if (status !== '0' && count.failed === failedBefore) fail(`${name}: no test failed, but jest ${ending(status)}`);
}

const stopped = new Set(['124', '137']); // by timeout(1)
const ending = (status) => (stopped.has(status) ? 'was stopped by the time limit' : `ended with status ${status}`);

function addStep([name, status]) {
  const report = join(folder, `${name}.json`);
  const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
  if (text) addJestRun(name, status, JSON.parse(text));
  else if (text === '') fail(`${name}: jest left no results and ${ending(status)}`);
  else if (status === '0') count.passed++;
  else fail(`${name}: ${ending(status)}`);
}

function printList(title, lines) {
  if (lines.length > 0) console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

const steps = readFileSync(join(folder, 'steps'), 'utf8').trim().split('\n').map((line) => line.split('\t'));
steps.forEach(addStep);
if (testsRun === 0) fail('no test was run');

const tables = existsSync('test-output') ? readdirSync('test-output').filter((file) => file.endsWith('.txt')).sort() : [];
for (const table of tables) console.log(`\n== test-output/${table}\n${readFileSync(join('test-output', table), 'utf8').trimEnd()}`);

const slowest = files.sort((a, b) => b.seconds - a.seconds).slice(0, 8);
console.log('\n== summary');
printList('steps', steps.map(([name, status, seconds]) => `${seconds.padStart(5)} s  ${name}${status === '0' ? '' : `  (status ${status})`}`));
printList('slowest files', slowest.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(5)} s  ${file}`));
printList('skipped (the reasons are in the output above)', [...skips].map(([file, n]) => `${String(n).padStart(5)}    ${file}`));
printList('failed', failures);
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;
