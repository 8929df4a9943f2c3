/** What is measured, and the marks it should reach beside the kernel over a veth pair without offloads. */
import type { Style } from './programs/job.js';

export interface Load {
  readonly name: string;
  readonly title: string;
  readonly unit: 'Gbit/s' | '1/s';
  readonly style: Style;
  readonly connections: number;
  /** The program at glasstcp's end, and which end that is; the kernel's user is at the other. */
  readonly program: 'glass' | 'glass-net';
  readonly glassIs: 'server' | 'client';
  /** The load whose kernel figures it is compared with, when that is not itself. */
  readonly against?: string;
  /** Least ratio to aim for on two cores. */
  readonly mark?: number;
}

const bulk = { unit: 'Gbit/s', connections: 1 } as const;
const serves = { program: 'glass', glassIs: 'server' } as const;
const dials = { program: 'glass', glassIs: 'client' } as const;
const streams = { program: 'glass-net', glassIs: 'server' } as const;

export const loads: readonly Load[] = [
  { name: 'receive', title: 'bulk, kernel → glasstcp', style: 'upload', mark: 0.45, ...bulk, ...serves },
  { name: 'receive-net', title: '… through net.Socket', style: 'upload', against: 'receive', ...bulk, ...streams },
  { name: 'send', title: 'bulk, glasstcp → kernel', style: 'download', mark: 0.28, ...bulk, ...serves },
  { name: 'send-net', title: '… through net.Socket', style: 'download', against: 'send', ...bulk, ...streams },
  { name: 'echo1', title: '1-byte round trips, 1 connection', unit: '1/s', style: 'echo', connections: 1, ...serves },
  { name: 'echo64', title: '1-byte round trips, 64 connections', unit: '1/s', style: 'echo', connections: 64, mark: 0.5, ...serves },
  { name: 'connect1', title: 'connect, echo, close: 1 at a time', unit: '1/s', style: 'connect', connections: 1, ...serves },
  { name: 'connect64', title: 'connect, echo, close: 64 at a time', unit: '1/s', style: 'connect', connections: 64, mark: 0.5, ...serves },
  { name: 'dial1', title: '… glasstcp connects, 1 at a time', unit: '1/s', style: 'connect', connections: 1, against: 'connect1', ...dials },
  { name: 'dial64', title: '… glasstcp connects, 64 at a time', unit: '1/s', style: 'connect', connections: 64, against: 'connect64', ...dials },
];
