/** All scenes; those that wait longest come first. */
import type { Scene } from '../scene.js';
import { endings } from './endings.js';
import { lines } from './lines.js';
import { ours } from './ours.js';
import { web } from './web.js';
import { windows } from './windows.js';

export const SCENES: readonly Scene[] = [...windows, ...ours, ...endings, ...lines, ...web];
