/**
 * Whose numbers are whose while recording: every SYN that passes, in either direction, teaches the ISN of its sender, so that
 * numbers can be shown and scripted from 0 whatever the subject chose.
 */
import type { IcmpPacketEvent, PacketOption, TcpPacketEvent } from '../script/ast.js';
import { buildIcmp, buildTcp } from '../script/build.js';
import type { Connections, ScriptSocket } from '../script/connections.js';
import { flagBits } from '../script/match.js';
import { flagsText, seenText } from '../script/notation.js';
import type { Seen, SeenTcp } from '../script/seen.js';
import type { Settings } from '../script/settings.js';
import { Stop } from '../script/stop.js';
import { edgesOf, optionText, stampsOf } from '../script/tcp-options.js';
import { ACK, RST, SYN } from '../wire/segment.js';
import { OPT_SACK, OPT_TIMESTAMPS, OPT_WSCALE } from '../wire/options.js';
import type { SentPacket, SentSegment } from './recording.js';

/** RFC 7323 §2.3 */
const LARGEST_SHIFT = 14;

/** Shifts of windows, -1 = none was offered. */
interface Shifts {
  local: number;
  remote: number;
}

export class Conversations {
  private readonly shifts = new Map<ScriptSocket, Shifts>();

  constructor(readonly connections: Connections, private readonly settings: Settings) {}

  /** An inbound packet as octets. @throws Stop for what cannot be sent */
  build(event: TcpPacketEvent | IcmpPacketEvent): Uint8Array {
    if (event.protocol === 'icmp') {
      const about = this.connections.underTest;
      if (about === undefined) throw new Stop('error', 'there is no connection that this ICMP message could be about', event.at);
      return buildIcmp(event, about, this.settings);
    }
    const socket = this.toward(event);
    // Numbers of the subject's timestamp clock count from its first; before it there is nothing to echo.
    if (socket.firstStamp === undefined && optionsOf(event).some((o) => o.kind === 'TS')) socket.stamps.set(0, 0);
    const octets = buildTcp(event, socket, this.connections, { ...this.settings, tsEcrScaled: true });
    if ((flagBits(event.flags) & SYN) !== 0) this.learnRemote(event, socket);
    return octets;
  }

  private toward(event: TcpPacketEvent): ScriptSocket {
    const { connections, settings } = this;
    const { ports, flags, seq } = event;
    const known = ports === undefined ? undefined : connections.byPorts(ports.to, ports.from);
    if (known !== undefined) return known;
    const current = connections.underTest;
    const bare = (flagBits(flags) & (SYN | ACK)) === SYN;
    const begins = current === undefined || current.state === 'listening' || current.state === 'new' || ports !== undefined;
    if (!begins) return current;
    // A stray's numbers count from 0, so that they are the ones on the wire.
    const child = connections.child(ports?.to ?? settings.bindPort, ports?.from ?? 0, bare ? seq : 0);
    child.remoteIsn = bare ? seq | 0 : 0;
    connections.underTest = child;
    return child;
  }

  private learnRemote(event: TcpPacketEvent, socket: ScriptSocket): void {
    const shifts = this.shiftsOf(socket);
    if (shifts.remote < 0) {
      for (const option of optionsOf(event)) if (option.kind === 'wscale') shifts.remote = Math.min(option.value, LARGEST_SHIFT);
    }
    if (socket.state === 'syn-sent' || socket.state === 'connecting') {
      socket.state = 'syn-acked';
      socket.remoteIsn = event.seq | 0;
    }
  }

  private shiftsOf(socket: ScriptSocket): Shifts {
    let shifts = this.shifts.get(socket);
    if (shifts === undefined) {
      shifts = { local: -1, remote: -1 };
      this.shifts.set(socket, shifts);
    }
    return shifts;
  }

  /** The socket that a packet of the subject's is from; SYNs teach it the subject's numbers. */
  owner(seen: Seen): ScriptSocket | undefined {
    if (seen.kind !== 'tcp') return undefined;
    const { connections } = this;
    const isSyn = (seen.flags & SYN) !== 0;
    let socket = connections.byPorts(seen.srcPort, seen.dstPort);
    if (isSyn && (seen.flags & ACK) === 0 && (socket === undefined || socket.state === 'connecting')) {
      socket = socket ?? this.connecting();
      if (socket !== undefined) {
        socket.localPort = seen.srcPort;
        socket.remotePort = seen.dstPort;
        if (socket.state === 'connecting') socket.state = 'syn-sent';
      }
    }
    if (socket === undefined) return undefined;
    if (isSyn) this.learnLocal(seen, socket);
    const stamp = seen.options.map(stampsOf).find((s) => s !== undefined);
    if (stamp !== undefined && socket.firstStamp === undefined) socket.learnStamp(0, stamp.val);
    return socket;
  }

  /** The one whose connect() was the last, and whose SYN has not been seen. */
  private connecting(): ScriptSocket | undefined {
    const { underTest } = this.connections;
    return underTest?.state === 'connecting' ? underTest : undefined;
  }

  private learnLocal(seen: SeenTcp, socket: ScriptSocket): void {
    const shifts = this.shiftsOf(socket);
    socket.liveLocalIsn = seen.seq | 0;
    const scale = seen.options.find((o) => o.kind === OPT_WSCALE && o.body.length === 1);
    shifts.local = scale === undefined ? -1 : Math.min(scale.body[0], LARGEST_SHIFT);
    if (socket.state === 'packet-received') socket.state = 'synack-sent';
  }

  /** A packet of the subject's as it is compared. */
  describe(seen: Seen): { readonly text: string; readonly packet: SentPacket } {
    const socket = this.owner(seen);
    const text = this.textOf(seen, socket);
    if (seen.kind === 'icmp') return { text, packet: { protocol: 'icmp', type: seen.type, code: seen.code } };
    if (seen.kind === 'other') return { text, packet: { protocol: 'other' } };
    return { text, packet: this.segment(seen, socket) };
  }

  private textOf(seen: Seen, socket: ScriptSocket | undefined): string {
    const text = seenText(seen, socket).replace(/^> /, '');
    return seen.kind === 'tcp' && isForeign(seen) ? text.replace(/ \d+:\d+\(0\)/, ' 0:0(0)') : text;
  }

  private segment(seen: SeenTcp, socket: ScriptSocket | undefined): SentSegment {
    const isSyn = (seen.flags & SYN) !== 0;
    const local = isForeign(seen) ? 0 : socket?.localOffset(isSyn) ?? 0;
    const remote = socket?.remoteOffset(isSyn) ?? 0;
    const shifts = socket === undefined ? undefined : this.shiftsOf(socket);
    const scaled = !isSyn && shifts !== undefined && shifts.local >= 0 && shifts.remote >= 0;
    const ours = seen.srcPort >= 1024 * 32 && socket?.state !== 'synack-sent' ? 'any' : String(seen.srcPort);
    const echo = seen.options.map(stampsOf).find((s) => s !== undefined)?.ecr;
    return {
      protocol: 'tcp', conversation: `${ours}:${seen.dstPort}`, flags: flagsText(seen.flags), seq: (seen.seq - local) >>> 0, length: seen.payload.length,
      ...((seen.flags & ACK) === 0 ? {} : { ack: (seen.ack - remote) >>> 0 }), window: scaled ? seen.window * 2 ** shifts.local : seen.window,
      urgent: seen.urgent, options: optionNames(seen, remote), ...(echo === undefined ? {} : { echo }), ...(isSyn ? { isn: seen.seq >>> 0 } : {}),
      ttl: seen.ttl, tos: seen.tos, checksumOk: seen.checksumOk,
    };
  }
}

const optionsOf = ({ options }: TcpPacketEvent): readonly PacketOption[] => (options === undefined || options === 'any' ? [] : options);

/** A RST for a segment without ACK has the number 0 on the wire (RFC 9293 §3.10.7.1): it counts from nobody's ISN. */
const isForeign = ({ flags, seq }: SeenTcp): boolean => (flags & (RST | ACK)) === (RST | ACK) && seq === 0;

function optionNames({ options }: SeenTcp, remote: number): string[] {
  const edge = (live: number): number => (live - remote) >>> 0;
  return options.map((option) => {
    if (option.kind === OPT_TIMESTAMPS) return 'TS';
    if (option.kind === OPT_SACK && option.body.length % 8 === 0) return `sack ${edgesOf(option.body).map(([l, r]) => `${edge(l)}:${edge(r)}`).join(' ')}`;
    return optionText(option, { edge, stamp: (live) => live });
  });
}
