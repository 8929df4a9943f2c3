/** How many sockets a host has: by their state, and by the descriptors that they take. */
import { readdirSync, readlinkSync } from 'node:fs';
import type { TcpState } from '../../tcp/state.js';
import type { End, Role } from '../ends/end.js';
import { GlassEnd } from '../ends/glass-end.js';
import type { Stage } from './stage.js';

/** How many of a host's sockets are in this state now. */
export const countState = (stage: Stage, role: Role, state: TcpState): number => stage.world.look(role).filter((s) => s.state === state).length;

/** Sockets among the open descriptors of a host: glasstcp's table, or those that Linux lists for this process. */
export function countDescriptors(end: End): number {
  if (end instanceof GlassEnd) return end.calls.descriptors.length;
  return readdirSync('/proc/self/fd').filter(isSocket).length;
}

function isSocket(fd: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
  } catch {
    return false; // the one that the directory was read by
  }
}
