/** A claim put to the test: its labs are played, and what they show is kept with the segments that show it. */
import { labsThatAnswer, labsToPlay, type Retelling, retellingsOf } from '../../labs/claims/answers.js';
import { sectionOf } from '../../labs/claims/all.js';
import { type Quote, type SectionName, type Verdict, verdictOf } from '../../labs/claims/claim.js';
import { citationIn } from '../../labs/claims/names.js';
import { CLAIM_TEXTS } from '../../labs/claims/texts.js';
import type { Figure } from '../../labs/figure.js';
import type { Lab } from '../../labs/lab.js';
import { type LabReport, reportOf, type SeenLine } from '../../labs/report.js';
import { runLab, type Setting } from '../../labs/run.js';
import { TEXTS } from '../../labs/text/catalog.js';
import { fill, type Language } from '../../labs/text/language.js';
import { type Chosen, nameOf } from './choose.js';
import { EvidenceRecorder, type Mark } from './evidence-recorder.js';
import type { ProofCapture } from './proof-capture.js';

/** One thing that had to be seen, and was. */
export interface Evidence {
  readonly key: string;
  readonly sentence: string;
  /** The last few that passed before it was certain. */
  readonly segments: readonly SeenLine[];
  /** So many before those are left out. */
  readonly omitted: number;
}

export interface LabProof {
  readonly lab: string;
  readonly title: string;
  readonly setting: Setting;
  readonly passed: boolean;
  /** What was not seen, as a sentence, and what was seen instead. */
  readonly failure: { readonly sentence: string; readonly instead: string } | null;
  readonly evidence: readonly Evidence[];
  readonly figures: readonly Figure[];
  /** µs in the lab's own time. */
  readonly lasted: number;
}

export interface Proof {
  /** "S4-64", or "64". */
  readonly name: string;
  readonly entry: number;
  readonly section: SectionName;
  readonly quotes: readonly Quote[];
  readonly verdict: Verdict;
  readonly claim: string;
  readonly truth: string;
  readonly citations: readonly string[];
  readonly labs: readonly LabProof[];
  /** Others that answer it, too. */
  readonly furtherLabs: readonly string[];
  readonly retellings: readonly Retelling[];
}

export interface ProofOptions {
  readonly setting: Setting;
  readonly seed: number;
  readonly language: Language;
  /** All labs that answer it, not only the best. */
  readonly all: boolean;
  readonly capture?: ProofCapture | undefined;
  /** What has been played already: a lab that answers several claims is played once. */
  readonly played: Map<string, LabProof>;
}

/** Shown of those that led to one sentence. */
const MOST_SEGMENTS = 4;

/** @throws DeviceError when the kernel cannot be met here */
export async function prove(chosen: Chosen, options: ProofOptions): Promise<Proof> {
  const { claim, note } = chosen;
  const texts = CLAIM_TEXTS[options.language][claim.number];
  const labs = options.all ? labsThatAnswer(claim) : labsToPlay(claim);
  for (const lab of labs) if (!options.played.has(lab.id)) options.played.set(lab.id, await play(lab, options));
  return {
    name: nameOf(chosen), entry: claim.number, section: sectionOf(claim),
    quotes: claim.quotes.filter((quote) => note === undefined || quote.note === note), verdict: verdictOf(claim, note),
    ...texts, citations: claim.citations.map((place) => citationIn(options.language, place)), labs: labs.flatMap(({ id }) => options.played.get(id) ?? []),
    furtherLabs: labsThatAnswer(claim).filter((lab) => !labs.includes(lab)).map(({ id }) => id),
    retellings: retellingsOf(claim, note, options.language),
  };
}

async function play(lab: Lab, { setting, seed, language, capture }: ProofOptions): Promise<LabProof> {
  const companion = capture?.begin(lab, setting);
  const recorder = new EvidenceRecorder(companion);
  const report = reportOf(await runLab(lab, { setting, seed, spectator: recorder }));
  companion?.over();
  const text = TEXTS[language][lab.id];
  const { failure, passed, figures, lasted } = report;
  return {
    lab: lab.id, title: text.title, setting, passed, figures, lasted,
    failure: failure === null ? null : { sentence: fill(text.musts[failure.key] ?? '', {}), instead: failure.instead },
    evidence: recorder.marks.map((mark) => evidenceOf(mark, report, text.musts[mark.key] ?? mark.key)),
  };
}

function evidenceOf({ key, values, from, to }: Mark, { segments }: LabReport, sentence: string): Evidence {
  const first = Math.max(from, to - MOST_SEGMENTS);
  return { key, sentence: fill(sentence, values), segments: segments.slice(first, to), omitted: first - from };
}
