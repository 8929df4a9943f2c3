/** docs/labs is what `npm run pages` makes of a run of every lab now. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allFiles, type Files } from '../../../scripts/pages.d/files.js';
import { breakLines, columns } from '../../../scripts/pages.d/svg.js';

const FOLDER = join(__dirname, '../../../docs/labs');
const MEND = 'run `npm run pages` and look at what has changed';

const present = (): string[] => readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1)).sort();

describe('docs/labs', () => {
  let files: Files = new Map();
  beforeAll(async () => void (files = await allFiles()), 120_000);

  test('has a page for every lab in every language, and nothing else', () => {
    expect([MEND, present()]).toEqual([MEND, [...files.keys()].sort()]);
  });

  test('is what the runs give', () => {
    const stale = [...files].filter(([name, content]) => !existsSync(join(FOLDER, name)) || readFileSync(join(FOLDER, name), 'utf8') !== content).map(([name]) => name);
    expect([MEND, stale]).toEqual([MEND, []]);
  });

  test('every link and picture of a page is there', () => {
    const broken = [...files].filter(([name]) => /\.(?:md|html)$/.test(name)).flatMap(([name, page]) => {
      const targets = name.endsWith('.md') ? [...page.matchAll(/\]\(([^)#]+)\)/g)] : [...page.matchAll(/(?:src|href)="([^"#]+)"/g)];
      return targets.map(([, target]) => target).filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(FOLDER, name, '..', target))).map((target) => `${name}: ${target}`);
    });
    expect(broken).toEqual([]);
  });

  test('pictures are well-formed: every element is closed, and nothing is NaN', () => {
    for (const [name, svg] of files) {
      if (!name.endsWith('.svg')) continue;
      expect([name, /NaN|undefined|Infinity/.test(svg.replaceAll(/<text[^>]*>.*?<\/text>/g, (text) => text.replace(/>.*</, '><')))]).toEqual([name, false]);
      expect([name, svg.match(/<text\b/g)?.length]).toEqual([name, svg.match(/<\/text>/g)?.length]);
    }
  });
});

test('lines of a note are broken at spaces and between Chinese characters, marks stay with what they follow', () => {
  expect(breakLines('one two three', 8)).toEqual(['one two', 'three']);
  expect(breakLines('服务器确认，客户端', 10)).toEqual(['服务器确', '认，客户端']);
  expect(columns('三次握手')).toBe(8);
});
