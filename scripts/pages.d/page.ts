/** A lab's page as Markdown, made of one run. */
import { type Figure, type FigureText, type Table, wordIn } from '../../src/labs/figure.js';
import { citationIn } from '../../src/labs/claims/names.js';
import type { LabText } from '../../src/labs/lab.js';
import { ROLE_NAMES } from '../../src/labs/names.js';
import { fill, type Language } from '../../src/labs/text/language.js';
import { formatCitation, textIn } from '../../src/trace/explain.js';
import type { Explanation } from '../../src/trace/moment.js';
import { seconds, segmentText } from './ladder-svg.js';
import type { Recording } from './recording.js';
import { WORDS } from './words.js';

/** What is told of the packets is cut here: the page of a long transfer is no better for all of it. */
const MOST_PACKETS = 40;
/** A sentence that has been read so often on this page is known. */
const SAID_ENOUGH = 3;
const MOST_PATHS = 8;

export const fileOf = (id: string, language: Language): string => (language === 'en' ? `${id}.md` : `${id}.zh.md`);
export const ladderFile = (id: string, language: Language): string => `ladders/${id}.${language}.svg`;
export const plotFile = (id: string, key: string, language: Language): string => `plots/${id}.${key}.${language}.svg`;

export function labPage(recording: Recording, text: LabText, language: Language): string {
  const { lab, result } = recording;
  const words = WORDS[language];
  const other: Language = language === 'en' ? 'zh' : 'en';
  const met = new Map(result.met.map(({ key, values }) => [key, values]));
  const parts = [
    `# ${text.title}`,
    `[${words.labs}](${language === 'en' ? 'README.md' : 'README.zh.md'}) · ${lab.section}${words.colon}${words.sections[lab.section]} · [${words.otherLanguage}](${fileOf(lab.id, other)})`,
    text.question,
    `\`\`\`\nglasstcp lab run ${lab.id}\n\`\`\``,
    `## ${words.ladder}`, `![${words.ladderAlt(text.title)}](${ladderFile(lab.id, language)})`, words.played(ROLE_NAMES[language][lab.glass]),
    `## ${words.seen}`, lab.musts.map((key) => `- ✓ ${fill(text.musts[key], met.get(key) ?? {})}`).join('\n'),
    ...recording.figures.map((figure) => figurePart(figure, lab.id, text.figures?.[figure.key], language)),
    `## ${words.why}`, ...text.explanation,
    `## ${words.questions}`, ...text.questions.map(({ ask, answer }) => `**${ask}**\n\n${answer}`),
    ...pathsPart(recording, language),
    `## ${words.segments}`, packetsPart(recording, language),
    `## ${words.read}`, [...lab.citations.map((citation) => `- ${citationIn(language, citation)}`), `- ${words.entries}${words.colon}${lab.entries.join(language === 'en' ? ', ' : '、')}`].join('\n'),
    `<sub>${words.made}</sub>`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function figurePart(figure: Figure, id: string, text: FigureText | undefined, language: Language): string {
  if (text === undefined) throw new Error(`${id}: figure ${figure.key} has no text`);
  return figure.kind === 'table' ? `### ${text.title}\n\n${tableOf(figure, text)}` : `### ${text.title}\n\n![${text.title}](${plotFile(id, figure.key, language)})`;
}

export function tableOf({ columns, rows }: Table, text: FigureText): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns.map((column) => wordIn(text, column))), `|${columns.map(() => '---|').join('')}`, ...rows.map((row) => line(row.map((cell) => wordIn(text, cell))))].join('\n');
}

/** Every socket with its states in order. */
function pathsPart({ marks }: Recording, language: Language): string[] {
  const words = WORDS[language];
  const paths = new Map<string, string[]>();
  for (const { role, localPort, remotePort, state } of marks) {
    if (remotePort === 0) continue;
    const key = `${ROLE_NAMES[language][role]} ${localPort} → ${remotePort}`;
    paths.set(key, [...(paths.get(key) ?? []), state]);
  }
  if (paths.size === 0) return [];
  const lines = [...paths].slice(0, MOST_PATHS).map(([key, states]) => `- ${key}${words.colon}${states.join(' → ')}`);
  return [`## ${words.paths}`, [...lines, ...(paths.size > MOST_PATHS ? ['- …'] : [])].join('\n')];
}

/** Packets and decisions without packets, in the order of time, each with its reasons. */
function packetsPart({ packets, happenings, start }: Recording, language: Language): string {
  const words = WORDS[language];
  const said = new Map<string, number>();
  const reasons = (why: readonly Explanation[]): string => why.filter((e) => {
    const text = textIn(e, language);
    said.set(text, (said.get(text) ?? 0) + 1);
    return (said.get(text) ?? 0) <= SAID_ENOUGH;
  }).map((e) => `\n  - ${textIn(e, language)} \`${formatCitation(e.rule)}\``).join('');
  const events = [
    ...packets.map(({ number, seen, why }) => ({ at: seen.at, order: seen.serial, head: `**${number}** ${seconds(seen.at - start)} ${ROLE_NAMES[language][seen.from]}${words.colon}\`${segmentText(seen)}\`${seen.fate === undefined ? '' : ` (${words.fates[seen.fate]})`}`, why })),
    ...happenings.map(({ at, before, why }) => ({ at, order: before - 0.5, head: `${seconds(Math.max(0, at - start))} ${words.noPacket}`, why })),
  ].sort((a, b) => a.at - b.at || (a.order < b.order ? -1 : 1));
  const shown = events.slice(0, MOST_PACKETS).map(({ head, why }) => `- ${head}${reasons(why)}`);
  if (events.length > MOST_PACKETS) shown.push(`- ${words.segmentsLeft(events.length - MOST_PACKETS)}`);
  return shown.join('\n');
}
