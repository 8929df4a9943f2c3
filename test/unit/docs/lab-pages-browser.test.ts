/** The pages of the labs in a real browser at a phone's width: no picture is missing, and nothing is wider than the screen. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HTML = join(__dirname, '../../../docs/labs/html');
const PHONE = 390;
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

const browser = BROWSERS.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
if (browser === undefined) console.warn(`lab-pages-browser: skipped, because none of ${BROWSERS.join(', ')} is installed; to mend it: sudo apt-get install -y chromium`);
const inBrowser = browser === undefined ? test.skip : test;

/** Opens each page in a frame of a phone's width and writes down what is wrong with it. */
const harness = (pages: readonly string[]): string => `<!doctype html><body><pre id="told">unfinished</pre><script>
(async () => {
  const wrong = [];
  let pictures = 0;
  for (const page of ${JSON.stringify(pages)}) {
    const frame = document.createElement('iframe');
    frame.width = ${PHONE}; frame.height = 800; frame.src = page;
    await new Promise((done) => { frame.onload = done; document.body.append(frame); });
    const inside = frame.contentDocument;
    const name = decodeURIComponent(page.split('/').pop());
    for (const image of inside.images) { pictures++; if (!image.complete || image.naturalWidth === 0) wrong.push(name + ': missing ' + image.getAttribute('src')); }
    if (inside.documentElement.scrollWidth > ${PHONE}) wrong.push(name + ': ' + inside.documentElement.scrollWidth + ' wide');
    if (inside.body.innerText.length < 300) wrong.push(name + ': empty');
    frame.remove();
  }
  document.getElementById('told').textContent = JSON.stringify({ pages: ${pages.length}, pictures, wrong });
})();
</script></body>`;

inBrowser('every page is readable on a phone and shows all its pictures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'glasstcp-pages-'));
  try {
    const pages = readdirSync(HTML).filter((name) => name.endsWith('.html'));
    const file = join(folder, 'harness.html');
    writeFileSync(file, harness(pages.map((page) => pathToFileURL(join(HTML, page)).href)));
    const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--allow-file-access-from-files', `--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=600000', '--dump-dom'];
    const dom = execFileSync(browser as string, [...options, pathToFileURL(file).href], { encoding: 'utf8', timeout: 150_000, stdio: ['ignore', 'pipe', 'ignore'] });
    const told = JSON.parse(/<pre id="told">(.*?)<\/pre>/.exec(dom)?.[1] ?? '{}') as { readonly pages?: number; readonly pictures?: number; readonly wrong?: readonly string[] };
    expect(told.wrong).toEqual([]);
    expect(told.pages).toBe(pages.length);
    expect(told.pictures).toBeGreaterThan(pages.length / 2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
