/** Which claims a command line means: "S4-64", "64", all of a note, "S4", all of a section, or all. */
import { CLAIMS, CLAIMS_BY_SECTION } from '../../labs/claims/all.js';
import { type Claim, type Note, NOTES, SECTION_NAMES } from '../../labs/claims/claim.js';
import { usageError } from '../failure.js';

/** A claim, and the note in whose words it is wanted. */
export interface Chosen {
  readonly claim: Claim;
  readonly note: Note | undefined;
}

const LIST = 'glasstcp prove --list';

/** @throws Failure for what is no claim, or is not in that note */
export function choose(names: readonly string[], section: string | undefined): Chosen[] {
  return [...(section === undefined ? [] : ofSection(section)), ...names.flatMap(meant)];
}

function ofSection(section: string): Chosen[] {
  const name = SECTION_NAMES.find((candidate) => candidate === section.toUpperCase());
  if (name === undefined) throw usageError(`There is no section "${section}" in the notes: A to H.`, LIST);
  return CLAIMS_BY_SECTION[name].map((claim) => ({ claim, note: undefined }));
}

function meant(name: string): Chosen[] {
  if (name === 'all') return CLAIMS.map((claim) => ({ claim, note: undefined }));
  const note = NOTES.find((candidate) => candidate === name.toUpperCase());
  return note === undefined ? [named(name)] : CLAIMS.filter((claim) => notesOf(claim).includes(note)).map((claim) => ({ claim, note }));
}

function named(name: string): Chosen {
  const [, noteAsked, digits] = /^(?:(S\d)-)?(\d{1,3})$/i.exec(name) ?? [];
  const claim = CLAIMS.find(({ number }) => number === Number(digits));
  const note = NOTES.find((candidate) => candidate === noteAsked?.toUpperCase());
  if (claim === undefined || (noteAsked !== undefined && note === undefined)) throw usageError(`There is no claim "${name}": the notes are S0 to S4, the entries 1 to ${CLAIMS.length}.`, LIST);
  const notes = notesOf(claim);
  if (note === undefined || notes.includes(note)) return { claim, note };
  if (notes.length === 0) throw usageError(`Entry ${claim.number} is in no note: it is missing from all of them.`, `glasstcp prove ${claim.number}`);
  throw usageError(`Entry ${claim.number} is not in ${note}, but in ${notes.join(', ')}.`, `glasstcp prove ${notes[0]}-${claim.number}`);
}

/** The notes that say something of it. */
export const notesOf = ({ quotes }: Claim): readonly Note[] => NOTES.filter((note) => quotes.some((quote) => quote.note === note));

/** "S4-64", or "64". */
export const nameOf = ({ claim, note }: Chosen): string => (note === undefined ? String(claim.number) : `${note}-${claim.number}`);
