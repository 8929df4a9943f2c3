/** Words as a shell takes them, for commands that people are told to type. */
export const shellQuote = (word: string): string => (/^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
