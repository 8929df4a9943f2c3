/** scripts/notes: writes docs/notes.md and docs/notes.zh.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../src/labs/text/language.js';
import { notesPage, pageName } from './page.js';
import { playAll } from './runs.js';

void playAll().then((runs) => {
  for (const language of LANGUAGES) writeFileSync(join(__dirname, '../../docs', pageName(language)), notesPage(language, runs));
});
