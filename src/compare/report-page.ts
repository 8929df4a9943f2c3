/** Style and filter of the HTML report. */

export const STYLE = `
:root { color-scheme: light dark; --page: #fbfbfa; --ink: #1d2329; --dim: #66707a; --line: #dfe3e6; --soft: #f1f3f4; --same: #2e7d4f; --allowed: #1f6f9f; --kernel: #a86400;
  --unknown: #8d3fae; --ours: #c2303a; --in: #3d6b3f; }
@media (prefers-color-scheme: dark) { :root { --page: #14181c; --ink: #dfe5ea; --dim: #8b96a1; --line: #2b333a; --soft: #1c2228; --same: #66c08a; --allowed: #63b3e0; --kernel: #e0a24a;
  --unknown: #c58be0; --ours: #f0737b; --in: #8fc490; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 78rem; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 0 0 .3rem; } .versus { color: var(--dim); font-weight: 400; }
code, pre, td { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 12.5px; }
a { color: var(--allowed); }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
nav button { border: 1px solid currentColor; border-radius: 1rem; background: var(--page); padding: .3rem .8rem; font: inherit; cursor: pointer; }
nav button[aria-pressed=false] { opacity: .4; text-decoration: line-through; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: .3rem; padding: 0 .4rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
button.same, .badge.same { color: var(--same); } button.both-allowed, .badge.both-allowed { color: var(--allowed); } button.kernel-violates, .badge.kernel-violates { color: var(--kernel); }
button.unexplained, .badge.unexplained { color: var(--unknown); } button.glasstcp-violates, .badge.glasstcp-violates, button.not-compared, .badge.not-compared { color: var(--ours); }
section { border-top: 1px solid var(--line); padding: 1.2rem 0; } .hidden { display: none; }
.shows, .seen, .knobs { color: var(--dim); margin: .2rem 0 .6rem; } .name { color: var(--dim); font-weight: 400; margin-left: .4rem; }
.findings { list-style: none; padding: 0; display: grid; gap: .6rem; } .findings li { background: var(--soft); border-left: 4px solid var(--line); padding: .5rem .8rem; }
.findings p { margin: .25rem 0 0; } .findings li.both-allowed { border-color: var(--allowed); } .findings li.kernel-violates { border-color: var(--kernel); }
.findings li.unexplained { border-color: var(--unknown); } .findings li.glasstcp-violates { border-color: var(--ours); }
cite { font-style: normal; font-size: .8rem; border: 1px solid var(--line); border-radius: .3rem; padding: 0 .3rem; white-space: nowrap; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; } th { text-align: left; font-size: .8rem; color: var(--dim); }
th:first-child { width: 5.2rem; } th:nth-child(3) { width: 1.8rem; } td { padding: .15rem .4rem; vertical-align: top; overflow-wrap: anywhere; border-top: 1px solid var(--soft); }
.time { color: var(--dim); text-align: right; } tr.call td { color: var(--dim); } tr.in td[colspan] { color: var(--in); } .sign, .nothing, .late { color: var(--dim); text-align: center; }
tr.both-allowed td { background: color-mix(in srgb, var(--allowed) 12%, transparent); color: var(--ink); } tr.kernel-violates td { background: color-mix(in srgb, var(--kernel) 16%, transparent); color: var(--ink); }
tr.unexplained td { background: color-mix(in srgb, var(--unknown) 18%, transparent); color: var(--ink); } tr.glasstcp-violates td { background: color-mix(in srgb, var(--ours) 18%, transparent); color: var(--ink); }
td details { display: inline; color: var(--dim); } td details[open] { display: block; } td summary { display: inline; cursor: pointer; font-size: .75rem; text-decoration: underline dotted; margin-left: .4rem; }
td details ul { margin: .2rem 0 .3rem; padding-left: 1.1rem; font-family: system-ui, sans-serif; font-size: .82rem; }
.script { margin-top: .6rem; color: var(--dim); } .script pre { background: var(--soft); padding: .6rem; overflow-x: auto; color: var(--ink); } .failure { color: var(--ours); }
`;

/** Buttons hide and show the scenarios of their class. */
export const FILTER = `
for (const button of document.querySelectorAll('nav button')) button.addEventListener('click', () => {
  const on = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(on));
  for (const part of document.querySelectorAll('section.scenario')) if (part.dataset.class === button.dataset.class) part.classList.toggle('hidden', !on);
});
`;
