/** The public surface of the package: what is exported here is what a program may rely on. */

// hosts and sockets, with the face of node:net
export { Host, type HostOptions } from './net/host.js';
export { type ConnectionListener, type ListenOptions, Server, type ServerOptions } from './net/server.js';
export { type ConnectOptions, type ReadyState, Socket, type SocketOptions } from './net/socket.js';
export type { Family, SocketAddress } from './net/socket-address.js';
export { type ErrorCode, NetError, type Syscall, UsageError } from './net/errors.js';

// devices: what carries the packets
export type { Device, PortClaims } from './device/device.js';
export { DeviceError } from './device/errors.js';
export { openTun, type TunDevice, type TunOptions } from './device/tun.js';
export { openRaw, type RawDevice, type RawOptions } from './device/raw.js';
export { createPipe, type PipeOptions } from './device/pipe.js';
export { Netem, type NetemOptions } from './device/netem.js';
export * from './device/impairment.js';
export { type PacketSink, Recorder } from './device/recorder.js';
export { Packet } from './wire/packet.js';
export { printPacket } from './wire/print.js';
export { Segment } from './wire/segment.js';
export { type IpOption, ipOptionArea, type ReceivedIpOptions } from './wire/ip-options.js';
export { Address } from './util/address.js';

// time
export type { Alarm, Clock } from './util/clock.js';
export * from './util/units.js';
export { RealClock } from './stack/clock.js';
export { VirtualClock } from './sim/virtual-clock.js';

// the glass: why each packet was sent, and why not
export type { Tracer, Variables } from './trace/tracer.js';
export { allRules, type Citation, type Level, type Rule, ruleNamed, ruleOf } from './trace/rules.js';
export type { Audience, Explanation, LinkFate, Moment, StateChange, VariableChange } from './trace/moment.js';
export { Story } from './trace/story.js';
export { RingSink } from './trace/ring-sink.js';
export { RuleCoverage } from './trace/coverage.js';
export { fanOut } from './trace/fan-out.js';
export { type Language, LANGUAGES, languageOf } from './trace/language.js';
export { changesIn, durationIn, explainFate, explainMoment, fateIn, formatChange, formatCitation, formatDuration, momentIn, statePath, textIn } from './trace/explain.js';

// captures
export { CaptureError } from './capture/errors.js';
export { ExplainedCapture, type ExplainedCaptureOptions } from './capture/explained.js';
export { type PcapngOptions, PcapngWriter } from './capture/pcapng-write.js';

// the engine's settings and views, and the stack without streams
export type { CongestionControl, CongestionControlFactory, CongestionWindow } from './tcp/congestion/congestion.js';
export { defaultConfig, linuxConfig, makeConfig, rfcConfig, type TcpConfig } from './tcp/config.js';
export type { TimerSettings } from './tcp/timers/settings.js';
export type { TcpInfo } from './tcp/info.js';
export { type TcpState, type Transition, TRANSITIONS } from './tcp/state.js';
export { Signal, type TcpFailure } from './tcp/tcb.js';
export { Stack, type StackOptions } from './stack/stack.js';
export { Endpoint, type EndpointOwner } from './stack/endpoint.js';
export { Listener } from './stack/listener.js';

// BSD socket calls in explicit time, for programs that bring their own packets and their own clock
export { constants, Errno, errnoName, errnoText } from './bsd/constants.js';
export { SocketCalls, type SocketCallsOptions } from './bsd/socket-calls.js';
export type { QueuedPacket } from './bsd/queue-device.js';
export { JsonLines } from './bsd/json-lines.js';
export type { SysctlAnswer } from './bsd/sysctls.js';
export type { CallResult, ControlMessage, PendingCall, PollEntry, SocketAddress as SocketCallAddress, SocketCall, Sockets } from './bsd/sockets.js';
export { decodeTcpInfo, encodeTcpInfo, TCP_INFO_FIELDS } from './bsd/tcp-info.js';
