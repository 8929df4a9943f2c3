/** The demo's voice: a sentence by its key, in the language that was asked for, with its values. */
import { fill, type Language } from '../../../trace/language.js';
import { en } from './en.js';
import { zh } from './zh.js';

export type DemoKey = keyof typeof en;
export type DemoTexts = Readonly<Record<DemoKey, string>>;
export type Values = Readonly<Record<string, string | number>>;
export type Say = (key: DemoKey, values?: Values) => string;

export const DEMO_TEXTS: Readonly<Record<Language, DemoTexts>> = { en, zh };

/** A voice. Values whose names stand nowhere in the sentence are not used. */
export const sayIn = (language: Language): Say => (key, values = {}) => fill(DEMO_TEXTS[language][key], values);
