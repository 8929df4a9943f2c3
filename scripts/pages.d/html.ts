/** The Markdown pages for a browser: the same words, with a style that a phone can show. */
import MarkdownIt from 'markdown-it';
import type { Language } from '../../src/labs/text/language.js';

const markdown = new MarkdownIt({ html: true });

const CSS = `
  :root { color-scheme: light dark; --ink: #1f2328; --dim: #656d76; --edge: #d0d7de; --board: #f6f8fa; --link: #0969da; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #8d96a0; --edge: #30363d; --board: #161b22; --link: #58a6ff; background: #0d1117; } }
  body { max-width: 44rem; margin: 0 auto; padding: 1rem; color: var(--ink); font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; overflow-wrap: anywhere; }
  h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid var(--edge); padding-bottom: .2rem; } h3 { font-size: 1rem; }
  a { color: var(--link); } img { max-width: 100%; height: auto; display: block; margin: 0 auto; }
  code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; background: var(--board); padding: .1em .3em; border-radius: 4px; }
  pre { background: var(--board); padding: .7rem 1rem; border-radius: 6px; overflow-x: auto; } pre code { padding: 0; background: none; }
  .wide { overflow-x: auto; } .wide img { max-width: none; } table { border-collapse: collapse; font-size: .9rem; } th, td { border: 1px solid var(--edge); padding: .3rem .6rem; text-align: left; } th { background: var(--board); }
  ul { padding-left: 1.2rem; } li li { color: var(--dim); font-size: .9rem; } sub { color: var(--dim); }
`;

/** @param page Markdown in docs/labs; @returns the page for docs/labs/html */
export function htmlPage(page: string, language: Language): string {
  const title = /^# (.*)$/m.exec(page)?.[1] ?? '';
  const body = markdown.render(page)
    .replaceAll('<table>', '<div class="wide"><table>').replaceAll('</table>', '</table></div>')
    .replaceAll(/<p>(<img [^>]*state-machine[^>]*>)<\/p>/g, '<div class="wide">$1</div>')
    .replaceAll(/(src|href)="([^"]+)"/g, (_, attribute: string, target: string) => `${attribute}="${moved(target)}"`);
  return `<!doctype html>
<html lang="${language === 'en' ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll('<', '&lt;')} · glasstcp</title>
<style>${CSS}</style>
</head>
<body>
${body}</body>
</html>
`;
}

/** Where a link of a page in docs/labs leads from docs/labs/html: to the page beside it, or one folder up. */
function moved(target: string): string {
  if (/^[a-z]+:|^#/.test(target)) return target;
  if (target.startsWith('html/')) return target.slice('html/'.length);
  if (/^README(\.zh)?\.md$/.test(target)) return target.replace('README', 'index').replace('.md', '.html');
  return /^[\w.-]+\.md$/.test(target) ? target.replace(/\.md$/, '.html') : `../${target}`;
}
