/** Sabotages of the labs of section H. */
import { forge } from '../../../../src/labs/stage/forge.js';
import type { Seen } from '../../../../src/labs/stage/seen.js';
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { ACK, RST } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { lose, setting } from './ways.js';

const ETHERNET_HEADER = 14;

/** As a capture on an Ethernet has it: a frame before the packet. */
const framed = (stage: Stage): void => {
  const push = stage.seen.push.bind(stage.seen);
  stage.seen.push = (...seen: Seen[]) => push(...seen.map((one) => ({ ...one, octets: Uint8Array.of(...new Uint8Array(ETHERNET_HEADER), ...one.octets) })));
};

const sourcePort = (octets: Uint8Array): number => octets[20] * 256 + octets[21];
/** The calls of the third host that are only to be looked at. */
const isShout = (octets: Uint8Array): boolean => sourcePort(octets) >= 50_000;

/** What the play injects goes through this; null = it is left out. */
const tapping = (change: (stage: Stage, octets: Uint8Array) => Uint8Array | null) => (stage: Stage): void => {
  const inject = stage.world.line.inject.bind(stage.world.line);
  stage.world.line.inject = (to, octets, at) => {
    const changed = change(stage, octets);
    if (changed !== null) inject(to, changed, at);
  };
};

/** A server that answers a SYN to everybody with a RST. */
const answersAll = tapping((stage, octets) => {
  const toEverybody = octets[19] === 255;
  if (toEverybody) stage.world.line.send('server', forge({ src: '192.0.2.2', dst: '192.0.2.3', srcPort: 80, dstPort: sourcePort(octets), seq: 0, flags: RST | ACK }), stage.now());
  return octets;
});

export const sabotages: Sabotages = {
  'net-layers': [
    { breaks: 'no-frame', how: framed },
    { breaks: 'tcp', how: setting('client', 'net.ipv4.tcp_timestamps', 0) },
  ],
  'net-http': [
    { breaks: 'one', how: lose('server', (s) => s.dataLength > 0) },
    { breaks: 'two', how: (stage) => stage.accident({ from: 'server', match: (s) => s.dataLength > 0, nth: 3, times: Infinity, action: 'drop', label: 'sabotage' }) },
  ],
  'net-ports': [
    { breaks: 'own-text', how: lose('client', (s) => s.dataLength === 4) },
    { breaks: 'unicast', how: tapping((_, octets) => (isShout(octets) ? null : octets)) },
    { breaks: 'no-answer', how: answersAll },
  ],
};
