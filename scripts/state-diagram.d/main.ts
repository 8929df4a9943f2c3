/** scripts/state-diagram: writes docs/state-diagram.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateDiagramPage } from './page.js';

writeFileSync(join(__dirname, '../../docs/state-diagram.md'), stateDiagramPage());
