/** Readers that do not read, peers that say nothing: windows, probes, keep-alives. */
import { type Scene, scene } from '../scene.js';
import type { Stage } from '../stage.js';

const HOST = '127.0.0.1,7531';

/** A server and a client on one loopback, captured; over when both have done their steps. */
const conversation = (server: readonly string[], client: readonly string[]) => async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await stage.capture(network);
  const serving = stage.peer(network, ...server);
  await serving.printed('listening');
  const calling = stage.peer(network, ...client);
  await Promise.all([serving.succeeded(), calling.succeeded()]);
};

const onLoopback = (name: string, contents: Scene['contents'][string], server: readonly string[], client: readonly string[]): Scene =>
  scene(name, contents, conversation(server, client));

export const windows: readonly Scene[] = [
  onLoopback('slow-reader', { zero_window: 1, window_full: 1, keep_alive: 1, window_update: 1 },
    ['set=rcvbuf,4096', `listen=${HOST}`, 'accept', 'wait=1500', 'drain', 'close'], [`connect=${HOST}`, 'send=200000', 'shut', 'drain', 'close']),
  onLoopback('trickling-reader', { zero_window: 1, window_update: 1, window_full: 1 },
    ['set=rcvbuf,8192', `listen=${HOST}`, 'accept', 'trickle=700,5', 'close'], [`connect=${HOST}`, 'send=150000', 'shut', 'drain', 'close']),
  onLoopback('keep-alive', { keep_alive: 2, keep_alive_ack: 2 },
    [`listen=${HOST}`, 'accept', 'read=100', 'drain', 'close'],
    ['set=keepalive,1', `connect=${HOST}`, 'send=100', 'wait=3300', 'shut', 'drain', 'close']),
  onLoopback('half-open-silence', { keep_alive: 1 },
    [`listen=${HOST}`, 'accept', 'send=500', 'drain', 'close'], ['set=keepalive,1', `connect=${HOST}`, 'read=500', 'wait=2300', 'close']),
  onLoopback('urgent', { frames: 10 },
    [`listen=${HOST}`, 'accept', 'drain', 'close'], [`connect=${HOST}`, 'send=1000', 'urgent=1', 'wait=50', 'send=1000', 'urgent=3', 'shut', 'drain', 'close']),
];
