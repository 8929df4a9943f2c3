/**
 * Where a line of text may be broken: at spaces, and in Chinese between any two characters but those that punctuation binds
 * (kinsoku): no line begins with what closes or separates, none ends with what opens. Latin letters and digits stay together.
 */

/** What is not broken. */
export interface Piece {
  readonly text: string;
  /** A space stands before it, unless it begins a line. */
  readonly spaced: boolean;
}

const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u;
const CLOSES = '，。、；：！？）》】」』〉”’％';
const OPENS = '（《【「『〈“‘';

/** The pieces of a text, in order. */
export function piecesOf(text: string): Piece[] {
  return text.split(/\s+/).filter((word) => word !== '').flatMap((word) => (CHINESE.test(word) ? piecesOfWord(word) : [{ text: word, spaced: true }]));
}

function piecesOfWord(word: string): Piece[] {
  const pieces: string[] = [];
  let last = '';
  for (const char of word) {
    if (pieces.length > 0 && bound(last, char)) pieces[pieces.length - 1] += char;
    else pieces.push(char);
    last = char;
  }
  return pieces.map((text, i) => ({ text, spaced: i === 0 }));
}

const bound = (left: string, right: string): boolean => CLOSES.includes(right) || OPENS.includes(left) || !(CHINESE.test(left) || CHINESE.test(right) || OPENS.includes(right) || CLOSES.includes(left));
