/** Options and sysctls reach the engine: when a connection is made, when a listener makes one, and while one lives. */
import type { Endpoint } from '../stack/endpoint.js';
import type { TimerSettings } from '../tcp/timers/settings.js';
import type { BsdSocket } from './bsd-socket.js';
import { Linux } from './constants.js';
import { playing, type Settings, settingsOf } from './profile.js';
import type { World } from './world.js';

/** For a connection that this socket opens. */
export const settingsFor = (world: World, socket: BsdSocket, v4: boolean): Settings => playing(world, settingsOf(world.sysctls, socket.options, v4), socket.options);

/** For the connections that the listener takes from now on. */
export function refreshListener(world: World, socket: BsdSocket): void {
  const { listener, options } = socket;
  if (listener !== undefined) {
    listener.fastOpenQueue = options.fastOpen;
    listener.fastOpenBare = options.fastOpenNoCookie !== 0;
  }
  Object.assign(socket.listenerConfig, settingsFor(world, socket, socket.domain === Linux.AF_INET));
}

/** An option has changed: its listener or its connection hears of it. */
export function applyOptions(world: World, socket: BsdSocket): void {
  if (socket.listener !== undefined) return refreshListener(world, socket);
  const { endpoint, options } = socket;
  if (endpoint === undefined || endpoint.state === 'CLOSED') return;
  const { connection } = endpoint;
  const { tcb } = connection;
  const settings = settingsFor(world, socket, tcb.remote.isV4);
  const timers = changedTimers(tcb.settings, settings);
  if (timers !== null) endpoint.setTimers(timers);
  if (tcb.nagle !== settings.nagle) endpoint.setNoDelay(options.noDelay !== 0);
  if (tcb.keepAlive !== settings.keepAlive) endpoint.setKeepAlive(settings.keepAlive === true, settings.keepAliveIdle);
  if (tcb.corked !== (options.cork !== 0)) endpoint.setCork(options.cork !== 0);
  if (tcb.urgentInline !== settings.urgentInline) connection.setUrgentInline(settings.urgentInline === true);
  applyNetwork(endpoint, settings);
  if (options.receiveBuffer > 0) {
    if (tcb.rcvMemory > 0) connection.setReceiveMemory(options.receiveBuffer, world.now());
    else endpoint.setReceiveBuffer(options.receiveBuffer >>> 1);
  }
  world.stack.touch(endpoint);
}

function applyNetwork(endpoint: Endpoint, settings: Settings): void {
  const { tcb } = endpoint.connection;
  if (settings.dscp !== undefined && tcb.dscp !== settings.dscp) endpoint.setDscp(settings.dscp);
  if (settings.ttl !== undefined && tcb.ttl !== settings.ttl) endpoint.setTtl(settings.ttl);
  if (settings.pathMtuDiscovery !== undefined && tcb.pathMtuDiscovery !== settings.pathMtuDiscovery) endpoint.setPathMtuDiscovery(settings.pathMtuDiscovery);
  if (settings.ipOptions !== undefined && !sameOctets(tcb.ipOptionsGiven, settings.ipOptions)) endpoint.setIpOptions(settings.ipOptions);
}

const sameOctets = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((octet, i) => octet === b[i]);

/** The timers that are to be otherwise; null = none. */
function changedTimers(now: Readonly<TimerSettings>, wanted: Settings): Partial<TimerSettings> | null {
  const changed = (Object.keys(now) as (keyof TimerSettings)[]).filter((name) => wanted[name] !== undefined && wanted[name] !== now[name]);
  return changed.length === 0 ? null : Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}
