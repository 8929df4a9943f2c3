/** Options and sysctls reach the engine: when a connection is made, when a listener makes one, and while one lives. */
import type { BsdSocket } from './bsd-socket.js';
import { Linux } from './constants.js';
import { type Settings, settingsOf } from './profile.js';
import type { World } from './world.js';

const IPV4_AND_TCP = 40;
const IPV6_AND_TCP = 60;

/** The MSS that the device allows. */
export const largestMss = (world: World, v4: boolean): number => world.stack.device.mtu - (v4 ? IPV4_AND_TCP : IPV6_AND_TCP);

/** For a connection that this socket opens. */
export const settingsFor = (world: World, socket: BsdSocket, v4: boolean): Settings => settingsOf(world.sysctls, socket.options, largestMss(world, v4), v4);

/** For the connections that the listener takes from now on. */
export function refreshListener(world: World, socket: BsdSocket): void {
  Object.assign(socket.listenerConfig, settingsFor(world, socket, socket.domain === Linux.AF_INET));
}

/** An option has changed: its listener or its connection hears of it. */
export function applyOptions(world: World, socket: BsdSocket): void {
  if (socket.listener !== undefined) return refreshListener(world, socket);
  const { endpoint, options } = socket;
  if (endpoint === undefined) return;
  const { tcb } = endpoint.connection;
  const settings = settingsFor(world, socket, tcb.remote.isV4);
  if (tcb.nagle !== settings.nagle) endpoint.setNoDelay(options.noDelay !== 0);
  if (tcb.keepAlive !== settings.keepAlive || tcb.settings.keepAliveIdle !== settings.keepAliveIdle) endpoint.setKeepAlive(settings.keepAlive === true, settings.keepAliveIdle);
  if (options.receiveBuffer > 0) endpoint.setReceiveBuffer(options.receiveBuffer >>> 1);
}
