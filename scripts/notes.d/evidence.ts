/** What the labs show for a claim: which musts were seen, the tables they measured, and the segments in a list. */
import { labsToPlay } from '../../src/labs/claims/answers.js';
import type { Claim } from '../../src/labs/claims/claim.js';
import { wordIn } from '../../src/labs/figure.js';
import { ROLE_NAMES } from '../../src/labs/names.js';
import { TEXTS } from '../../src/labs/text/catalog.js';
import { fill, type Language } from '../../src/labs/text/language.js';
import { type Listing, LISTINGS } from './listing.js';
import { plain, table } from './markdown.js';
import type { Runs } from './runs.js';
import { PAGE_WORDS } from './words.js';

/** A longer table is for the lab's own page. */
const MOST_ROWS = 24;

/** To the lab's own page. */
export const labLink = (id: string, language: Language): string => `[${id}](labs/${id}${language === 'en' ? '' : `.${language}`}.md)`;

/** A line for each lab: how much of it was seen. */
export function resultsOf(claim: Claim, language: Language, { reports }: Runs): string[] {
  return labsToPlay(claim).map((lab) => {
    const report = reports.get(lab.id);
    return PAGE_WORDS[language].seen(labLink(lab.id, language), report?.met.length ?? 0, ((report?.lasted ?? 0) / 1_000_000).toFixed(2));
  });
}

/** The same, with the sentences that were seen to be true. */
export function evidenceOf(claim: Claim, language: Language, runs: Runs): string[] {
  return labsToPlay(claim).flatMap((lab, i) => {
    const met = runs.reports.get(lab.id)?.met ?? [];
    const sentences = met.map(({ key, values }) => `- ${plain(fill(TEXTS[language][lab.id].musts[key] ?? key, values))}`);
    return [`${resultsOf(claim, language, runs)[i]}${PAGE_WORDS[language].colon.trimEnd()}`, '', ...sentences, ''];
  });
}

/** What belongs below a claim besides: a corrected list, and the tables that its labs have measured: the notes' own empty ones among them. */
export function besides(claim: Claim, language: Language, runs: Runs): string[] {
  const words = PAGE_WORDS[language];
  const lab = LISTINGS[claim.number];
  const listing = runs.listings.get(lab ?? '');
  const listed = listing === undefined ? [] : [words.listing(labLink(lab, language)), '', listingTable(listing, language), ''];
  return [...listed, ...tablesOf(claim, language, runs)];
}

function listingTable(listing: Listing, language: Language): string {
  const words = PAGE_WORDS[language];
  const rows = listing.map(({ from, flags, seq, ack, states }, i) => [String(i + 1), ROLE_NAMES[language][from], flags, String(seq), ack === undefined ? '' : String(ack), states.client, states.server]);
  return table(words.listingColumns, rows);
}

function tablesOf(claim: Claim, language: Language, { reports }: Runs): string[] {
  return labsToPlay(claim).flatMap(({ id }) => (reports.get(id)?.figures ?? []).flatMap((figure) => {
    const text = TEXTS[language][id].figures?.[figure.key];
    if (figure.kind !== 'table' || figure.rows.length > MOST_ROWS || text === undefined) return [];
    const word = (cell: string | number): string => plain(wordIn(text, cell));
    return [PAGE_WORDS[language].table(plain(text.title), labLink(id, language)), '', table(figure.columns.map(word), figure.rows.map((row) => row.map(word))), ''];
  }));
}
