/** Comparisons as one HTML file: no script or style from elsewhere, light and dark, a filter by class, glasstcp's reasons to unfold. */
import { type Comparison, type Finding, type Verdict, VERDICTS } from './compare.js';
import type { Row } from './align.js';
import type { SentEntry } from './recording.js';
import { FILTER, STYLE } from './report-page.js';
import { tally } from './tally.js';
import { byExplanation, callText, rowVerdicts, seconds, whatDiffers, withoutPrologue } from './words.js';

/** @param kernel 'Linux 6.18.44' @param version of glasstcp */
export function htmlReport(comparisons: readonly Comparison[], kernel: string, version: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>glasstcp and ${escape(kernel)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>glasstcp ${escape(version)} <span class="versus">and</span> ${escape(kernel)}</h1>
<p>The same peer was played to both. Below stands what each sent, side by side, and for every difference what RFC 9293 says of it.</p>
${buttons(comparisons)}
</header>
<main>
${summary(comparisons)}
${comparisons.map((c) => section(c, kernel)).join('\n')}
</main>
<script>${FILTER}</script>
</body>
</html>
`;
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** 'kernel violates' → 'kernel-violates' */
const className = (verdict: Verdict): string => verdict.replace(/ /g, '-');

const badge = (verdict: Verdict): string => `<span class="badge ${className(verdict)}">${verdict}</span>`;

function buttons(comparisons: readonly Comparison[]): string {
  const counts = tally(comparisons);
  const button = (verdict: Verdict): string =>
    `<button type="button" class="${className(verdict)}" data-class="${className(verdict)}" aria-pressed="true"><b>${counts[verdict]}</b> ${verdict}</button>`;
  return `<nav aria-label="Show scenarios of a class">${VERDICTS.filter((v) => counts[v] > 0 || v === 'glasstcp violates').map(button).join('')}</nav>`;
}

function summary(comparisons: readonly Comparison[]): string {
  const items = byExplanation(comparisons).map(({ finding, scenarios }) => {
    const links = scenarios.map((name) => `<a href="#${escape(name)}">${escape(name)}</a>`).join(', ');
    return `<li class="${className(finding.verdict)}">${findingText(finding)}<p class="seen">seen in ${links}</p></li>`;
  });
  if (items.length === 0) return '';
  return `<section class="summary"><h2>What was found</h2><ul class="findings">${items.join('\n')}</ul></section>`;
}

function findingText({ verdict, explanation, divergences }: Finding): string {
  if (explanation === undefined) return `${badge(verdict)} ${escape([...new Set(divergences.map(whatDiffers))].join(', '))}: nothing is known about this difference.`;
  const cited = explanation.requirements.map((r) => `<cite>${escape(r)}</cite>`).join(' ');
  const knobs = [['Linux', explanation.linux], ['glasstcp', explanation.glasstcp]].filter(([, knob]) => knob !== '');
  const turn = knobs.length === 0 ? '' : `<p class="knobs">To turn it: ${knobs.map(([who, knob]) => `${who} <code>${escape(knob)}</code>`).join(', ')}</p>`;
  return `${badge(verdict)} <b>${escape(explanation.title)}</b><p>${escape(explanation.why)} ${cited}</p>${turn}`;
}

function section(comparison: Comparison, kernel: string): string {
  const { scenario, verdict, failure, findings, rows } = comparison;
  const marks = rowVerdicts(comparison);
  const body = failure !== undefined
    ? `<p class="failure">${escape(failure)}</p>`
    : `<table><thead><tr><th scope="col">seconds</th><th scope="col">glasstcp</th><th></th><th scope="col">${escape(kernel)}</th></tr></thead><tbody>
${withoutPrologue(rows).map(({ row, index }) => line(row, marks.get(index))).join('\n')}
</tbody></table>
${findings.length === 0 ? '' : `<ul class="findings">${findings.map((f) => `<li class="${className(f.verdict)}">${findingText(f)}</li>`).join('\n')}</ul>`}`;
  return `<section class="scenario" id="${escape(scenario.name)}" data-class="${className(verdict)}">
<h2>${badge(verdict)} ${escape(scenario.title)} <code class="name">${escape(scenario.name)}</code></h2>
<p class="shows">${escape(scenario.shows)}</p>
${body}
<details class="script"><summary>the script</summary><pre>${escape(scenario.text)}</pre></details>
</section>`;
}

type Mark = ReturnType<typeof rowVerdicts> extends Map<number, infer M> ? M | undefined : never;

function line(row: Row, mark: Mark): string {
  const time = `<td class="time">${seconds(row.at)}</td>`;
  const classes = mark === undefined ? 'same' : className(mark.finding.verdict);
  const sign = mark === undefined ? '<td class="sign" title="the same">=</td>' : `<td class="sign" title="${escape(`${whatDiffers(mark.divergence)}: ${mark.finding.explanation?.title ?? 'unexplained'}`)}">≠</td>`;
  if (row.kind === 'sent') return `<tr class="sent ${classes}">${time}<td>${packet(row.glasstcp, row.at)}</td>${sign}<td>${packet(row.kernel, row.at)}</td></tr>`;
  const [ours, theirs] = [row.glasstcp, row.kernel].map((e) => escape(callText(e.text, e.result)));
  if (ours !== theirs) return `<tr class="call ${classes}">${time}<td>${ours}</td>${sign}<td>${theirs}</td></tr>`;
  return `<tr class="${row.glasstcp.kind === 'in' ? 'in' : 'call'}">${time}<td colspan="3">${ours}${reasons(row.glasstcp.reasons)}</td></tr>`;
}

function packet(entry: SentEntry | undefined, at: number): string {
  if (entry === undefined) return '<span class="nothing">–</span>';
  const late = entry.at - at >= 10_000 ? ` <span class="late">at ${seconds(entry.at)}</span>` : '';
  return `<code>&gt; ${escape(entry.text)}</code>${late}${reasons(entry.reasons)}`;
}

/** glasstcp's own sentences, folded away. */
function reasons(sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `<details><summary>why</summary><ul>${sentences.map((s) => `<li>${escape(s)}</li>`).join('')}</ul></details>`;
}
