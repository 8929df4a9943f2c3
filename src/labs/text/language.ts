/** The languages that labs speak: those of all of glasstcp. */
export { fill, type Language, LANGUAGES, languageOf } from '../../trace/language.js';
