/** docs/notes.md and docs/notes.zh.md are what the claims and a run of all labs in virtual time make of them now. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LISTINGS } from '../../../scripts/notes.d/listing.js';
import { anchorOf, plain } from '../../../scripts/notes.d/markdown.js';
import { notesPage, pageName } from '../../../scripts/notes.d/page.js';
import { playAll, type Runs } from '../../../scripts/notes.d/runs.js';
import { LABS } from '../../../src/labs/all.js';
import { CLAIMS } from '../../../src/labs/claims/all.js';
import { CLAIM_TEXTS } from '../../../src/labs/claims/texts.js';
import { LANGUAGES } from '../../../src/labs/text/language.js';

jest.setTimeout(300_000);

const pageOf = (language: (typeof LANGUAGES)[number]): string => readFileSync(join(__dirname, '../../../docs', pageName(language)), 'utf8');

let runs: Runs;
beforeAll(async () => void (runs = await playAll()));

describe.each(LANGUAGES)('in %s', (language) => {
  const page = pageOf(language);

  test('the page is what `npm run notes` writes now', () => expect(page).toBe(notesPage(language, runs)));

  test('has every quote of every note', () => {
    const quoted = page.split('\n').filter((line) => line.startsWith('> '));
    expect(quoted).toHaveLength(CLAIMS.flatMap(({ quotes }) => quotes).length);
  });

  test('links within it lead to headings of it', () => {
    const anchors = new Set([...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading)));
    expect([...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor).filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });

  test('a lab\'s page that it links to is that of a lab', () => {
    const ids = new Set(LABS.map(({ id }) => id));
    const ending = language === 'en' ? '.md' : `.${language}.md`;
    const linked = [...page.matchAll(/\]\(labs\/([^)]+)\)/g)].map(([, target]) => target);
    expect(linked.length).toBeGreaterThan(100);
    expect(linked.filter((target) => !target.endsWith(ending) || !ids.has(target.slice(0, -ending.length)))).toEqual([]);
  });

  test.each([['4.3, remedies for many TIME-WAITs', 75, 8], ['the column of explanations in a sentence', 80, 4]])('S4\'s empty table is filled: %s', (_, entry, least) => {
    const [, after = ''] = page.split(`### S4-${entry}`);
    const [block = ''] = after.split('\n#');
    // Besides the heading and the line below it.
    expect(block.split('\n').filter((line) => line.startsWith('| ')).length - 2).toBeGreaterThanOrEqual(least);
  });

  test('all 87 entries are in the table at the end', () => {
    expect(CLAIMS.filter(({ number }) => page.includes(`\n| ${number} | ${plain(CLAIM_TEXTS[language][number].claim)} | `))).toHaveLength(87);
  });
});

test('S3\'s list of the close, corrected: four segments, the states of both sides', () => {
  expect(runs.listings.get('close-four')).toEqual([
    { from: 'client', flags: 'FIN,ACK', seq: 1, ack: 1, states: { client: 'FIN-WAIT-1', server: 'CLOSE-WAIT' } },
    { from: 'server', flags: 'ACK', seq: 1, ack: 2, states: { client: 'FIN-WAIT-2', server: 'CLOSE-WAIT' } },
    { from: 'server', flags: 'FIN,ACK', seq: 1, ack: 2, states: { client: 'TIME-WAIT', server: 'LAST-ACK' } },
    { from: 'client', flags: 'ACK', seq: 2, ack: 2, states: { client: 'TIME-WAIT', server: 'CLOSED' } },
  ]);
});

test('labs whose lists stand on the page exist', () => {
  const ids = LABS.map(({ id }) => id);
  expect(Object.values(LISTINGS).filter((id) => !ids.includes(id))).toEqual([]);
});
