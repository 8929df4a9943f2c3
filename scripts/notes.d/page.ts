/** docs/notes.md as text, made of the claims and of a run of their labs. */
import { labsThatAnswer, labsToPlay, retellingsOf } from '../../src/labs/claims/answers.js';
import { CLAIMS, CLAIMS_BY_SECTION } from '../../src/labs/claims/all.js';
import { type Claim, type Note, NOTES, type Quote, SECTION_NAMES, type Verdict, verdictOf } from '../../src/labs/claims/claim.js';
import { citationIn, NOTE_TITLES, VERDICT_MARKS, VERDICT_NAMES } from '../../src/labs/claims/names.js';
import { CLAIM_TEXTS } from '../../src/labs/claims/texts.js';
import type { Language } from '../../src/labs/text/language.js';
import { besides, evidenceOf, labLink, resultsOf } from './evidence.js';
import { anchorOf, plain, table } from './markdown.js';
import type { Runs } from './runs.js';
import { PAGE_WORDS, sectionTitle } from './words.js';

export const pageName = (language: Language): string => (language === 'en' ? 'notes.md' : `notes.${language}.md`);

export function notesPage(language: Language, runs: Runs): string {
  const words = PAGE_WORDS[language];
  const missing = CLAIMS.filter((claim) => verdictOf(claim) === 'missing');
  return [
    `# ${words.title}`, '', ...words.intro.flatMap((paragraph) => [paragraph, '']),
    counts(language), '',
    ...NOTES.flatMap((note) => [`## ${noteHeading(note, language)}`, '', ...claimsOf(note).flatMap((claim) => block(claim, note, language, runs))]),
    `## ${words.inNoNote}`, '', ...missing.flatMap((claim) => block(claim, undefined, language, runs)),
    `## ${words.entries}`, '', ...SECTION_NAMES.flatMap((section) => [`### ${sectionTitle(language, section)}`, '', entries(CLAIMS_BY_SECTION[section], language), '']),
  ].join('\n');
}

const noteHeading = (note: Note, language: Language): string => `${note}${PAGE_WORDS[language].colon}${NOTE_TITLES[note]}`;
const notesOf = ({ quotes }: Claim): readonly Note[] => NOTES.filter((note) => quotes.some((quote) => quote.note === note));
const claimsOf = (note: Note): readonly Claim[] => CLAIMS.filter((claim) => notesOf(claim).includes(note));

/** "S4-64: wrong" */
function heading(claim: Claim, note: Note | undefined, language: Language): string {
  return `${note === undefined ? '' : `${note}-`}${claim.number}${PAGE_WORDS[language].colon}${VERDICT_NAMES[language][verdictOf(claim, note)]}`;
}

/** How many claims of each note are what. */
function counts(language: Language): string {
  const listed: readonly Verdict[] = ['right', 'imprecise', 'wrong', 'open'];
  return table(PAGE_WORDS[language].counts, NOTES.map((note) => {
    const verdicts = claimsOf(note).map((claim) => verdictOf(claim, note));
    const others = verdicts.filter((verdict) => !listed.includes(verdict)).length;
    return [`[${note}](#${anchorOf(noteHeading(note, language))})`, NOTE_TITLES[note], ...listed.map((verdict) => String(verdicts.filter((v) => v === verdict).length)), String(others)];
  }));
}

function block(claim: Claim, note: Note | undefined, language: Language, runs: Runs): string[] {
  const words = PAGE_WORDS[language];
  const { claim: said, truth } = CLAIM_TEXTS[language][claim.number];
  const quotes = claim.quotes.filter((quote) => quote.note === note);
  // English readers need to be told what the quotes say; where there are none, everybody does.
  const told = language === 'en' || quotes.length === 0 ? [`*${plain(said)}*`, ''] : [];
  return [
    `### ${heading(claim, note, language)}`, '', ...quotes.flatMap((quote) => quoteLines(quote)), ...told,
    `**${words.truth}${words.colon.trimEnd()}** ${plain(truth)}`, '', ...proof(claim, note, language, runs),
    `${words.read}${words.colon}${claim.citations.map((place) => citationIn(language, place)).join(words.semicolon)}${words.stop}`, '',
  ];
}

const quoteLines = ({ words, verdict }: Quote): string[] => [`> ${plain(VERDICT_MARKS[verdict])} ${plain(words)}`, ''];

/** In full at the first note that is not right; elsewhere in a line. */
function proof(claim: Claim, note: Note | undefined, language: Language, runs: Runs): string[] {
  const words = PAGE_WORDS[language];
  if (verdictOf(claim, note) === 'right') {
    const figures = verdictOf(claim) === 'right' && note === notesOf(claim)[0] ? besides(claim, language, runs) : [];
    return [...resultsOf(claim, language, runs).flatMap((line) => [`${line}${words.stop}`, '']), ...figures];
  }
  const first = notesOf(claim).find((candidate) => verdictOf(claim, candidate) !== 'right');
  if (note !== undefined && note !== first && labsToPlay(claim).length > 0) {
    const target = heading(claim, first, language);
    return [`${words.evidenceAt(`[${first ?? ''}-${claim.number}](#${anchorOf(target)})`)}${words.stop}`, '', ...retold(claim, note, language)];
  }
  return [...evidenceOf(claim, language, runs), ...besides(claim, language, runs), ...retold(claim, note, language)];
}

/** Where a note's picture breaks, as the narrators of the labs tell it. */
function retold(claim: Claim, note: Note | undefined, language: Language): string[] {
  const words = PAGE_WORDS[language];
  return retellingsOf(claim, note, language).flatMap(({ narrator, title, lab, breaks }) => [
    `${words.narrator(title)} \`glasstcp lab run ${lab} --narrator ${narrator}\``, '', ...breaks.map((sentence) => `- ${plain(sentence)}`), '',
  ]);
}

function entries(claims: readonly Claim[], language: Language): string {
  const words = PAGE_WORDS[language];
  return table(words.entryColumns, claims.map((claim) => {
    const notes = notesOf(claim).map((note) => `[${note} ${plain(VERDICT_MARKS[verdictOf(claim, note)])}](#${anchorOf(heading(claim, note, language))})`);
    const missing = `[${VERDICT_NAMES[language].missing}](#${anchorOf(heading(claim, undefined, language))})`;
    const labs = labsThatAnswer(claim).map(({ id }) => labLink(id, language));
    const answered = labs.length > 0 ? labs.join(', ') : words.footnote;
    return [String(claim.number), plain(CLAIM_TEXTS[language][claim.number].claim), notes.length === 0 ? missing : notes.join(', '), answered];
  }));
}
