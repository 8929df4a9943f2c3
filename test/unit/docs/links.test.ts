import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../../..');
const pages = [join(root, 'README.md'), ...readdirSync(join(root, 'docs')).filter((f) => f.endsWith('.md')).map((f) => join(root, 'docs', f))];

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-');
const anchorsOf = (page: string): string[] => [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe.each(pages.map((page) => [relative(root, page), page]))('%s', (_name, page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((t) => !t.includes('://'));

  test('every link leads to a file and a heading that exist', () => {
    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('every file of the sources that it names exists', () => {
    const named = [...readFileSync(page, 'utf8').matchAll(/`((?:src|test|scripts|docs)\/[\w./-]+\.(?:ts|md|mjs|json))`/g)].map(([, file = '']) => file);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

test('every page of docs can be reached from the README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const missing = pages.slice(1).filter((page) => !readme.includes(`](${relative(root, page)})`));
  expect(missing.map((page) => relative(root, page))).toEqual([]);
});
