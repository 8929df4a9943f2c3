/** The network interfaces there are, by the kernel's own list for this process's network namespace (/sys may show another's). */
import { readFileSync } from 'node:fs';

/** All of them at once, for packet sockets. */
export const ANY_INTERFACE = 'any';

/** Names in the kernel's order; none where there is no such list. */
export function interfaceNames(list: string = readList()): string[] {
  return list.split('\n').map((line) => /^\s*([^\s|]+):/.exec(line)?.[1] ?? '').filter((name) => name !== '');
}

function readList(): string {
  try {
    return readFileSync('/proc/net/dev', 'utf8');
  } catch {
    return '';
  }
}
