/**
 * What the runner knows of the script's sockets: which live numbers stand for the script's. Sequence numbers of SYNs are
 * absolute in scripts, all others count from the ISN of their sender; the subject chooses its own ISN and clock of timestamps,
 * and both are learnt from what it sends. Packets without ports belong to the socket under test: the one made last.
 */
import type { Position } from './ast.js';
import { Stop } from './stop.js';

export type SocketState =
  | 'new' | 'listening'
  /** passive: a first packet came; our SYN,ACK was seen; it was acknowledged */
  | 'packet-received' | 'synack-sent' | 'synack-acked'
  /** active: connect() was called; the SYN was expected; it was acknowledged */
  | 'connecting' | 'syn-sent' | 'syn-acked';

/** Script and live value of the first TS val that both had. */
interface FirstStamp {
  readonly script: number;
  readonly live: number;
}

export class ScriptSocket {
  state: SocketState = 'new';
  /** -1 = not the script's yet: a connection that nobody has accepted. */
  scriptFd = -1;
  liveFd = -1;
  closed = false;
  /** Ports on the wire; 0 = not known yet. */
  localPort = 0;
  remotePort = 0;
  scriptLocalIsn = 0;
  liveLocalIsn = 0;
  /** The script's peer has the same ISN in both worlds. */
  remoteIsn = 0;
  firstStamp: FirstStamp | undefined;
  /** Outbound TS val as scripted → as sent. */
  readonly stamps = new Map<number, number>();
  /** Flow label as scripted, and what stands for it. */
  flowLabel: { readonly script: number; readonly live: number } | undefined;

  /** What to add to a scripted number of the peer's to have the live one (modulo 2^32). */
  remoteOffset(isSyn: boolean): number {
    return isSyn ? 0 : this.remoteIsn;
  }

  /** The same for numbers of the subject's. */
  localOffset(isSyn: boolean): number {
    return isSyn ? (this.liveLocalIsn - this.scriptLocalIsn) | 0 : this.liveLocalIsn;
  }

  /** An outbound TS val as the script counts. */
  scriptStamp(live: number): number {
    return this.firstStamp === undefined ? live : (this.firstStamp.script + (live - this.firstStamp.live)) >>> 0;
  }

  /** Remembers which live TS val stands for the scripted one. */
  learnStamp(script: number, live: number): void {
    this.stamps.set(script >>> 0, live >>> 0);
    this.firstStamp ??= { script, live };
  }

  /** The live TS ecr for a scripted one; undefined when no outbound TS val tells. */
  liveEcho(script: number, scaled: boolean): number | undefined {
    const exact = this.stamps.get(script >>> 0);
    if (exact !== undefined) return exact;
    return scaled && this.firstStamp !== undefined ? (script - this.firstStamp.script + this.firstStamp.live) >>> 0 : undefined;
  }
}

/** Where the script's peers get their ports from. */
const FIRST_REMOTE_PORT = 40_001;

export class Connections {
  /** In the order they were made. */
  private readonly sockets: ScriptSocket[] = [];
  private nextPort = FIRST_REMOTE_PORT;
  /** Packets without ports, and %{ }%, mean this one. */
  underTest: ScriptSocket | undefined;
  /** Names of Fast Open cookies, and the octets that the subject's cookie turned out to be. */
  readonly cookies = new Map<string, Uint8Array>();

  /** A socket() call's. It becomes the socket under test. */
  add(scriptFd: number, liveFd: number, at: Position): ScriptSocket {
    if (this.byFd(scriptFd) !== undefined) throw new Stop('error', `fd ${scriptFd} is in use already in this script`, at);
    const socket = new ScriptSocket();
    socket.scriptFd = scriptFd;
    socket.liveFd = liveFd;
    this.sockets.push(socket);
    this.underTest = socket;
    return socket;
  }

  /** accept() may give a number twice; the younger one is meant. */
  byFd(scriptFd: number): ScriptSocket | undefined {
    return this.sockets.findLast((s) => !s.closed && s.scriptFd === scriptFd);
  }

  /** @throws Stop when the script has no such descriptor open */
  liveFd(scriptFd: number, at: Position): number {
    const socket = this.byFd(scriptFd);
    if (socket === undefined) throw new Stop('error', `fd ${scriptFd} is not open in this script`, at);
    return socket.liveFd;
  }

  byPorts(localPort: number, remotePort: number): ScriptSocket | undefined {
    return this.sockets.findLast((s) => s.localPort === localPort && s.remotePort === remotePort);
  }

  /** A connection that begins with a packet of the script's peer. */
  child(localPort: number, remotePort: number, remoteIsn: number): ScriptSocket {
    const socket = new ScriptSocket();
    socket.state = 'packet-received';
    socket.localPort = localPort;
    socket.remotePort = remotePort === 0 ? this.nextPort++ : remotePort;
    socket.remoteIsn = remoteIsn | 0;
    this.sockets.push(socket);
    return socket;
  }

  /**
   * The connection that an accept() answered with: the one with that port of the peer's, else the youngest whose SYN,ACK was seen.
   * @param remotePort 0 = accept() did not say
   */
  accepted(remotePort: number): ScriptSocket | undefined {
    const ready = this.sockets.filter((s) => s.scriptFd < 0 && s.state !== 'new');
    return ready.find((s) => s.remotePort === remotePort) ?? ready.findLast((s) => s.state === 'synack-sent' || s.state === 'synack-acked');
  }

  /** The socket that a live packet of the subject's with these ports is from; an active one is recognised by its SYN. */
  ofLivePacket(localPort: number, remotePort: number, isSyn: boolean): ScriptSocket | undefined {
    const known = this.byPorts(localPort, remotePort);
    if (known !== undefined || !isSyn) return known;
    return this.sockets.findLast((s) => s.state === 'syn-sent' && s.localPort === 0 && s.remotePort === remotePort);
  }
}
