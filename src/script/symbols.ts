/** Names in scripts: Linux's constants, and what `--define` says. */
import { constants } from '../bsd/constants.js';

/** Names that are no constants of socket calls. */
const MORE: Readonly<Record<string, number>> = { NULL: 0, INADDR_ANY: 0, SCM_TIMESTAMPING_OPT_STATS: 54, SCM_TIMESTAMP: 29, SCM_TIMESTAMPNS: 35 };

/** A constant by its name; undefined for a name we do not know. */
export function constantOf(name: string): number | undefined {
  return constants[name] ?? MORE[name];
}

const POLL_NAMES = [
  'POLLIN', 'POLLPRI', 'POLLOUT', 'POLLERR', 'POLLHUP', 'POLLNVAL', 'POLLRDNORM', 'POLLRDBAND', 'POLLWRNORM', 'POLLWRBAND', 'POLLMSG', 'POLLRDHUP',
] as const;

/** 'POLLIN|POLLOUT' for poll's events, '0' for none. */
export function pollText(events: number): string {
  const set = POLL_NAMES.filter((name) => (events & constants[name]) !== 0);
  return set.length === 0 ? '0' : set.join('|');
}
