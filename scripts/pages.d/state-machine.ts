/** Figure 5 of RFC 9293 as a picture, made of TRANSITIONS, each edge with the labs that take it; and all edges in a table. */
import { createRequire } from 'node:module';
import type { Language } from '../../src/labs/text/language.js';
import { TRANSITIONS, type Transition } from '../../src/tcp/state.js';
import { ruleOf } from '../../src/trace/rules.js';
import { fileOf } from './page.js';
import type { Recording } from './recording.js';
import { WORDS } from './words.js';

/** Graphviz. Its types are those of its ES module alone. */
const graphviz = createRequire(__filename)('@viz-js/viz') as { instance(): Promise<{ renderString(dot: string, options: { readonly format: 'svg' }): string }> };

const FIGURE: ReadonlySet<Transition['source']> = new Set(['Figure 5', 'Figure 5, note 1', 'Figure 5, note 2']);
const MOST_NAMED = 3;
const PICTURE = 'state-machine.svg';

/** Edges, each with the labs whose glasstcp takes it. */
type Taken = ReadonlyMap<Transition, readonly string[]>;

export async function stateMachineFiles(recordings: readonly Recording[]): Promise<Map<string, string>> {
  const taken = takenBy(recordings);
  const viz = await graphviz.instance();
  const svg = viz.renderString(dot(taken), { format: 'svg' });
  return new Map([
    [PICTURE, `${svg.slice(svg.indexOf('<svg')).trim()}\n`],
    [fileOf('state-machine', 'en'), page(taken, 'en')],
    [fileOf('state-machine', 'zh'), page(taken, 'zh')],
  ]);
}

function takenBy(recordings: readonly Recording[]): Taken {
  const labs = (edge: Transition): string[] => recordings
    .filter(({ edges }) => edges.some(({ from, to, rule }) => from === edge.from && to === edge.to && rule === ruleOf(edge.rule)?.name))
    .map(({ lab }) => lab.id);
  return new Map(TRANSITIONS.map((edge) => [edge, labs(edge)]));
}

function dot(taken: Taken): string {
  const edges = [...taken].filter(([{ source }]) => FIGURE.has(source)).map(([edge, labs]) => {
    const action = edge.action === '' ? '' : `\\n${edge.action}`;
    const first = labs.at(0);
    const look = first === undefined ? 'color="#8c959f" fontcolor="#656d76" style=dashed' : 'color="#1a7f37" fontcolor="#1a7f37"';
    return `  "${edge.from}" -> "${edge.to}" [label="  ${edge.event}${action}${first === undefined ? '' : `\\n(${first})`}  " ${look}${edge.to === 'CLOSED' ? ' constraint=false' : ''}];`;
  });
  return `digraph states {
  bgcolor="white"; nodesep=0.5; ranksep=0.55; fontname="Helvetica";
  node [shape=box style="rounded,filled" fillcolor="#ddf4ff" color="#0969da" fontname="Helvetica" fontsize=13];
  edge [fontname="Helvetica" fontsize=10 arrowsize=0.7];
  { rank=same; "FIN-WAIT-1"; "CLOSE-WAIT"; }
${edges.join('\n')}
}
`;
}

const TEXT = {
  en: {
    title: 'The state machine, edge by edge', alt: 'State machine of RFC 9293, Figure 5',
    intro: 'Figure 5 of RFC 9293, drawn from the table that the engine itself goes by. Under the event stands what is sent or done, and in brackets a lab in which glasstcp takes this edge. Grey and dashed: no lab takes it yet.',
    count: (taken: number, all: number): string => `Labs take ${taken} of all ${all} edges. Every edge is taken by a test (see [testing](../testing.md)).`,
    head: '| from | to | event | action | source | labs |', none: '—',
  },
  zh: {
    title: '状态机：每条转移由哪个实验走过', alt: 'RFC 9293 图 5 的状态机',
    intro: '这是 RFC 9293 的图 5，由引擎自己使用的状态转移表画出。事件下面是发送的报文段或采取的动作，括号里是 glasstcp 走过这条转移的一个实验。灰色虚线表示还没有实验走过的转移。',
    count: (taken: number, all: number): string => `全部 ${all} 条转移中，实验走过 ${taken} 条；每条转移都有测试覆盖（见 [testing](../testing.md)）。`,
    head: '| 原状态 | 新状态 | 事件 | 动作 | 出处 | 实验 |', none: '—',
  },
} as const satisfies Record<Language, unknown>;

function page(taken: Taken, language: Language): string {
  const text = TEXT[language];
  const words = WORDS[language];
  const other: Language = language === 'en' ? 'zh' : 'en';
  const rows = [...taken].map(([{ from, to, event, action, source }, labs]) => {
    const links = labs.slice(0, MOST_NAMED).map((id) => `[${id}](${fileOf(id, language)})`).join(', ');
    return `| ${from} | ${to} | ${event} | ${action === '' ? text.none : action} | ${source} | ${links === '' ? text.none : links}${labs.length > MOST_NAMED ? ' …' : ''} |`;
  });
  const count = [...taken.values()].filter((labs) => labs.length > 0).length;
  return `${[
    `# ${text.title}`,
    `[${words.labs}](${language === 'en' ? 'README.md' : 'README.zh.md'}) · [${words.otherLanguage}](${fileOf('state-machine', other)})`,
    text.intro, `![${text.alt}](${PICTURE})`, text.count(count, taken.size), `${text.head}\n|---|---|---|---|---|---|\n${rows.join('\n')}`, `<sub>${words.made}</sub>`,
  ].join('\n\n')}\n`;
}
