/** Ways to break a lab's world that many sabotages share. */
import type { Role } from '../../../../src/labs/ends/end.js';
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { ACK, FIN, RST, type Segment, SYN } from '../../../../src/wire/segment.js';

type Break = (stage: Stage) => void;
type Forgery = Parameters<Stage['inject']>[1];

/** All such segments are lost on the way. */
export const lose = (from: Role, match: (segment: Segment) => boolean): Break => (stage) =>
  stage.accident({ from, match, times: Infinity, action: 'drop', label: 'sabotage' });

/** A setting of the engine is another one from the start. */
export const setting = (role: Role, name: string, value: string | number): Break => (stage) => stage.host(role).sysctl(name, value);

/** So long a timeout that nothing is retransmitted within a lab. */
export const impassive = (role: Role): Break => setting(role, 'glasstcp.rtoMin', 30_000_000);

/** What the play injects is changed, or left out. */
export const forging = (change: (fields: Forgery) => Forgery | undefined): Break => (stage) => {
  const inject = stage.inject.bind(stage);
  stage.inject = (to, fields) => {
    const changed = change(fields);
    if (changed !== undefined) inject(to, changed);
  };
};

/** The play's settings of this name come to nothing. */
export const fixed = (role: Role, name: string): Break => (stage) => {
  const host = stage.host(role);
  const sysctl = host.sysctl.bind(host);
  host.sysctl = (which, value) => {
    if (which !== name) sysctl(which, value);
  };
};

export const synAck = (s: Segment): boolean => s.has(SYN) && s.has(ACK);
export const bareSyn = (s: Segment): boolean => s.has(SYN) && !s.has(ACK);
export const bareAck = (s: Segment): boolean => s.has(ACK) && !s.has(SYN) && !s.has(RST);
export const withText = (s: Segment): boolean => s.dataLength > 0;
export const fin = (s: Segment): boolean => s.has(FIN);
export const reset = (s: Segment): boolean => s.has(RST);
