/** What setsockopt(2) has set on one socket, in the units of the options. An accepted socket begins with a copy of its listener's. */
import type { Duration } from '../util/units.js';

export class SocketOptions {
  // SOL_SOCKET
  reuseAddress = 0;
  reusePort = 0;
  keepAlive = 0;
  lingerOn = 0;
  /** s */
  lingerTime = 0;
  oobInline = 0;
  /** Octets, doubled as Linux does; 0 = not set: the system's, which grows. */
  sendBuffer = 0;
  receiveBuffer = 0;
  receiveLowWater = 1;
  /** µs; 0 = wait for ever. */
  receiveTimeout: Duration = 0;
  sendTimeout: Duration = 0;
  priority = 0;
  mark = 0;
  /** What is kept and has no effect, by level and option (options-kept.ts). */
  kept = new Map<number, number>();

  // SOL_TCP
  noDelay = 0;
  cork = 0;
  /** Octets; 0 = what the path gives. */
  maxSegment = 0;
  /** ms; 0 = the system's. */
  userTimeout = 0;
  /** s; 0 = the system's, as the next ones. */
  keepIdle = 0;
  keepInterval = 0;
  keepCount = 0;
  synCount = 0;
  /** s; -1 = no FIN-WAIT-2 at all; undefined = the system's. */
  linger2: number | undefined;
  /** Retransmissions of the SYN,ACK while it waits for text; 0 = does not wait. */
  deferAccept = 0;
  windowClamp = 0;
  /** Length of a listener's queue of fast opens. */
  fastOpen = 0;
  fastOpenConnect = 0;
  fastOpenNoCookie = 0;
  /** The word given last before there was a connection; then the policy goes its own way. */
  quickAck = 1;
  inq = 0;
  /** Octets; 0 = the system's. */
  notSentLowWater = 0;

  // SOL_IP, SOL_IPV6
  tos = 0;
  /** -1 = the system's, as for hops. */
  ttl = -1;
  /** undefined = as net.ipv4.ip_no_pmtu_disc says. */
  mtuDiscover: number | undefined;
  receiveErrors = 0;
  ipOptions = new Uint8Array(0);
  trafficClass = 0;
  hops = -1;
  v6Only = 0;
  mtuDiscover6 = 1;
  receiveErrors6 = 0;

  copy(): SocketOptions {
    return Object.assign(new SocketOptions(), this, { kept: new Map(this.kept) });
  }
}
