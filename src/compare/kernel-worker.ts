/** A process that plays scenarios to the kernel, one after the other, in namespaces of its own: it is told a file and answers with a recording. */
import { openSubject } from '../script/subjects.js';
import { record } from './record.js';
import type { Recording } from './recording.js';
import { loadScenario } from './scenario.js';

function play(file: string): Recording {
  try {
    return record(loadScenario(file), (options) => openSubject('kernel', options));
  } catch (error) {
    return { subject: 'kernel', entries: [], ignored: [], failure: error instanceof Error ? error.message.split('\n', 1)[0] : String(error) };
  }
}

process.on('message', (file: string) => {
  process.send?.(play(file));
});
process.on('disconnect', () => process.exit(0));
