/** Reads a V8 processor profile (.cpuprofile) of glasstcp and says where the time went: by part of the house, and by function. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: Frame;
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  /** Of the time not idle, 0 … 1. */
  readonly share: number;
}

export interface Breakdown {
  readonly idle: number;
  readonly groups: readonly Share[];
  readonly functions: readonly Share[];
}

export function readProfile(file: string): Breakdown {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map<number, ProfileNode>();
  for (const node of profile.nodes) for (const child of node.children ?? []) parents.set(child, node);
  const byGroup = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let total = 0;
  profile.samples.forEach((id, i) => {
    const node = nodes.get(id) as ProfileNode;
    const time = profile.timeDeltas[i];
    const group = groupOf(node, parents);
    total += time;
    add(byGroup, group, time);
    if (group !== IDLE) add(byFunction, nameOf(node, group), time);
  });
  const idle = byGroup.get(IDLE) ?? 0;
  byGroup.delete(IDLE);
  const shares = (times: Map<string, number>): Share[] =>
    [...times].map(([name, time]) => ({ name, share: time / Math.max(1, total - idle) })).sort((a, b) => b.share - a.share);
  return { idle: idle / Math.max(1, total), groups: shares(byGroup), functions: shares(byFunction) };
}

const IDLE = 'idle';
const PARTS = new Map([
  ['tcp', 'engine'], ['stack', 'stack'], ['wire', 'wire'], ['util', 'rings, heap'], ['device', 'device'], ['net', 'net.Socket'],
]);

/** Native functions have no file: they belong to whoever called them. The system calls are called in device/tun only. */
function groupOf(node: ProfileNode, parents: ReadonlyMap<number, ProfileNode>): string {
  const { functionName, url } = node.callFrame;
  if (functionName === '(idle)') return IDLE;
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(program)' || functionName === '(root)') return 'V8, libuv';
  if (url === '') {
    const caller = parents.get(node.id);
    if (caller === undefined) return 'V8, libuv';
    if (basename(caller.callFrame.url) === 'tun.js') return caller.callFrame.functionName === 'send' ? 'write(2)' : 'read(2)';
    return groupOf(caller, parents);
  }
  if (url === 'node:inspector') return IDLE; // the profiler itself
  if (url.startsWith('node:')) return 'Node';
  if (url.includes('/@noble/')) return 'SHA-256';
  if (basename(url) === 'checksum.js') return 'checksum';
  return PARTS.get(url.split('/').at(-2) ?? '') ?? PARTS.get(url.split('/').at(-3) ?? '') ?? 'the program';
}

function nameOf({ callFrame }: ProfileNode, group: string): string {
  if (callFrame.url === '') return group.endsWith('(2)') ? group : callFrame.functionName;
  return `${callFrame.functionName || '(anonymous)'} ${callFrame.url.split('/').slice(-2).join('/')}:${callFrame.lineNumber + 1}`;
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}
