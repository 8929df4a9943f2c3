/** What the socket calls share: one host, its settings, its open sockets, its time. */
import type { Stack } from '../stack/stack.js';
import type { Address } from '../util/address.js';
import type { Micros } from '../util/units.js';
import type { FdTable } from './fd-table.js';
import type { Profile } from './profile.js';
import type { Sysctls } from './sysctls.js';

export interface World {
  readonly stack: Stack;
  readonly sysctls: Sysctls;
  readonly descriptors: FdTable;
  readonly profile: Profile;
  /** Can packets get there? */
  reaches(remote: Address): boolean;
  now(): Micros;
}
