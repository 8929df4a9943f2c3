/** What the notes say, as data: complete, in every language, and each entry answered by a lab or a footnote. */
import { labsThatAnswer, retellingsOf } from '../../../src/labs/claims/answers.js';
import { CLAIMS, CLAIMS_BY_SECTION, sectionOf } from '../../../src/labs/claims/all.js';
import { type Claim, NOTES, verdictOf } from '../../../src/labs/claims/claim.js';
import { citationIn } from '../../../src/labs/claims/names.js';
import { CLAIM_TEXTS } from '../../../src/labs/claims/texts.js';
import { LANGUAGES } from '../../../src/labs/text/language.js';

const ENTRIES = 87;
const numbers = CLAIMS.map(({ number }) => number);
const claim = (number: number): Claim => CLAIMS.find((candidate) => candidate.number === number) as Claim;

test('entries 1 to 87, each once, in their order', () => {
  expect(numbers).toEqual(Array.from({ length: ENTRIES }, (_, i) => i + 1));
  expect(sectionOf(claim(30))).toBe('C');
  expect(CLAIMS_BY_SECTION.H.map(({ number }) => number)).toEqual([81, 82, 83, 84, 85, 86, 87]);
});

test.each(LANGUAGES)('each entry has its text in %s, nothing empty and nothing left over', (language) => {
  const texts = CLAIM_TEXTS[language];
  expect(Object.keys(texts).map(Number)).toEqual(numbers);
  expect(numbers.filter((number) => texts[number].claim.trim() === '' || texts[number].truth.trim() === '')).toEqual([]);
});

test('Chinese is Chinese, English is English', () => {
  const chinese = /\p{Script=Han}/u;
  const english = (number: number): string => CLAIM_TEXTS.en[number].claim + CLAIM_TEXTS.en[number].truth;
  // Where a note's wording is the matter, English has to name it.
  expect(numbers.filter((number) => chinese.test(english(number)))).toEqual([47, 84]);
  expect(numbers.filter((number) => !chinese.test(CLAIM_TEXTS.zh[number].truth) || !chinese.test(CLAIM_TEXTS.zh[number].claim))).toEqual([]);
});

test('quotes are a few of the notes\' own words, each once; every note is quoted', () => {
  const quotes = CLAIMS.flatMap(({ quotes: said }) => said);
  expect(quotes.filter(({ words }) => words.trim() !== words || words === '' || words.length > 90)).toEqual([]);
  expect(new Set(quotes.map(({ note, words }) => `${note} ${words}`)).size).toBe(quotes.length);
  expect([...new Set(quotes.map(({ note }) => note))].sort()).toEqual([...NOTES]);
});

test('every entry says where the truth stands', () => {
  expect(CLAIMS.filter(({ citations }) => citations.length === 0 || citations.some((place) => !/^(?:RFC \d+|ISO\/IEC \d+)/.test(place)))).toEqual([]);
});

test('citations in Chinese have no English words but names', () => {
  expect(citationIn('zh', 'RFC 9293 §3.10.7.4, fifth and eighth')).toBe('RFC 9293 §3.10.7.4，第五步、第八步');
  expect(citationIn('zh', 'RFC 9293 §3.8.5 (SHLD-13, MUST-30, MUST-62)')).toBe('RFC 9293 §3.8.5（SHLD-13、MUST-30、MUST-62）');
  expect(citationIn('zh', 'RFC 9293 §3.5, Figure 6')).toBe('RFC 9293 §3.5，图 6');
  expect(CLAIMS.flatMap(({ citations }) => citations.map((place) => citationIn('zh', place))).filter((place) => /[a-z]{3,}/.test(place.replace(/“\w+”/, '')))).toEqual([]);
});

test('verdicts: of a whole entry the worst, of a note its own', () => {
  expect(verdictOf(claim(5))).toBe('wrong');
  expect(verdictOf(claim(5), 'S0')).toBe('right');
  expect(verdictOf(claim(5), 'S4')).toBe('wrong');
  expect(verdictOf(claim(31), 'S3')).toBe('imprecise');
  expect(verdictOf(claim(70))).toBe('open');
  expect(CLAIMS.filter((candidate) => verdictOf(candidate) === 'missing').map(({ number }) => number)).toEqual([9, 27, 38, 58, 60]);
});

test('labs that an entry names exist and answer it', () => {
  const named = CLAIMS.flatMap((candidate) => (candidate.labs ?? []).map((id) => ({ number: candidate.number, id, answers: labsThatAnswer(candidate).some((lab) => lab.id === id) })));
  expect(named.filter(({ answers }) => !answers)).toEqual([]);
});

test('analogies are retold by narrators, a note\'s own by its own', () => {
  expect(CLAIMS.filter((candidate) => verdictOf(candidate) === 'analogy').map(({ number }) => number)).toEqual([19, 62]);
  for (const language of LANGUAGES) {
    expect(retellingsOf(claim(19), undefined, language).map(({ narrator }) => narrator)).toEqual(['walkie-talkie', 'fog']);
    expect(retellingsOf(claim(19), 'S2', language).map(({ narrator, lab }) => [narrator, lab])).toEqual([['fog', 'open-normal']]);
    expect(retellingsOf(claim(62), 'S2', language).flatMap(({ breaks }) => breaks).filter((sentence) => /^$|\{\w+\}/.test(sentence))).toEqual([]);
    expect(retellingsOf(claim(62), 'S2', language)).toHaveLength(1);
  }
});

test('every entry about TCP is answered by a lab', () => {
  expect(CLAIMS.filter((candidate) => sectionOf(candidate) !== 'H' && labsThatAnswer(candidate).length === 0).map(({ number }) => number)).toEqual([]);
});
