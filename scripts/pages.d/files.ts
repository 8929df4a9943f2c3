/** Everything in docs/labs, by its name in that folder, made of one run of each lab. */
import { LABS } from '../../src/labs/all.js';
import type { Lab } from '../../src/labs/lab.js';
import { TEXTS } from '../../src/labs/text/catalog.js';
import { LANGUAGES } from '../../src/labs/text/language.js';
import { htmlPage } from './html.js';
import { indexFile, indexPage } from './index-page.js';
import { ladderSvg } from './ladder-svg.js';
import { fileOf, labPage, ladderFile, plotFile } from './page.js';
import { plotSvg } from './plot-svg.js';
import { stateMachineFiles } from './state-machine.js';
import { type Recording, record } from './recording.js';

export type Files = ReadonlyMap<string, string>;

export function filesOf(recording: Recording): Files {
  const { lab, figures } = recording;
  const files = new Map<string, string>();
  for (const language of LANGUAGES) {
    const text = TEXTS[language][lab.id];
    const page = labPage(recording, text, language);
    files.set(fileOf(lab.id, language), page);
    files.set(`html/${fileOf(lab.id, language).replace(/\.md$/, '.html')}`, htmlPage(page, language));
    files.set(ladderFile(lab.id, language), ladderSvg(recording, text, language));
    for (const figure of figures) {
      const told = text.figures?.[figure.key];
      if (figure.kind === 'plot' && told !== undefined) files.set(plotFile(lab.id, figure.key, language), plotSvg(figure, told));
    }
  }
  return files;
}

/** With a page for the browser beside each page. */
function inHtml(files: Files): Files {
  const pages = [...files].filter(([name]) => name.endsWith('.md'));
  return new Map([...files, ...pages.map(([name, page]): [string, string] => [`html/${name.replace(/\.md$/, '.html')}`, htmlPage(page, name.endsWith('.zh.md') ? 'zh' : 'en')])]);
}

export function indexFiles(): Files {
  const files = new Map<string, string>();
  for (const language of LANGUAGES) {
    const page = indexPage(language);
    files.set(indexFile(language), page);
    files.set(`html/${indexFile(language).replace('README', 'index').replace(/\.md$/, '.html')}`, htmlPage(page, language));
  }
  return files;
}

/** @throws Error when a lab fails */
export async function allFiles(labs: readonly Lab[] = LABS): Promise<Files> {
  const recordings: Recording[] = [];
  for (const lab of labs) recordings.push(await record(lab));
  return new Map([...recordings.flatMap((recording) => [...filesOf(recording)]), ...inHtml(await stateMachineFiles(recordings)), ...indexFiles()]);
}
