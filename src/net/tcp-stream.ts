/**
 * A connection as a Node stream: the mechanics below Socket. Reading stops when the stream's buffer is full, so that the
 * receive buffer fills and the window closes; a write's callback waits until the send buffer has taken the last octet.
 */
import { Duplex } from 'node:stream';
import type { Endpoint, EndpointOwner } from '../stack/endpoint.js';
import { Signal } from '../tcp/tcb.js';
import { invariant } from '../util/invariant.js';
import { closedBeforeConnection, connectError, connectionError, endedByPeer, type Ends, socketClosed, writeError } from './errors.js';
import { IdleTimer } from './idle-timer.js';
import { type Done, joinSmall, PendingWrite } from './pending-write.js';
import { callUser } from './user-code.js';

export interface StreamOptions {
  /** false = our side ends too when the peer has ended and all was read. Default false. */
  readonly allowHalfOpen?: boolean;
  /** Octets that the stream buffers in each direction before it asks to wait. Default: Node's. */
  readonly highWaterMark?: number;
}

/** Octets taken out of the receive buffer at a time, as libuv does. */
const SLICE = 64 * 1024;
/** Takes the place of a stream that is gone: what still becomes of its connection concerns nobody. */
const nobody: EndpointOwner = { signals: () => undefined };

export abstract class TcpStream extends Duplex implements EndpointOwner {
  /** The handshake is under way. */
  connecting = false;
  /** Octets received that have reached the stream. */
  bytesRead = 0;
  protected endpoint: Endpoint | undefined;
  /** What connect() was asked for. */
  protected ends: Ends = {};
  /** Octets of the writes that were handed over whole. */
  protected handedOver = 0;
  protected readonly idle = new IdleTimer(() => this.onIdle());
  /** The stream has room: what is received goes there at once. */
  private wanted = false;
  private readonly pendingWrite = new PendingWrite();
  /** end() was called while the handshake was under way. */
  private pendingEnd: Done | null = null;
  private acknowledgedWhenIdle = 0;

  constructor({ allowHalfOpen = false, highWaterMark }: StreamOptions) {
    super({ allowHalfOpen, highWaterMark, emitClose: false });
  }

  /** For the stack: what happened to the connection, after the batch of packets that caused it. */
  signals(_endpoint: Endpoint, signals: number): void {
    if ((signals & Signal.Connected) !== 0 && this.connecting) this.connected();
    if ((signals & Signal.Writable) !== 0) callUser(() => this.flush());
    if ((signals & (Signal.Readable | Signal.PeerFinished)) !== 0) callUser(() => this.pull());
    if ((signals & (Signal.Failed | Signal.Closed)) !== 0) this.fail();
  }

  private connected(): void {
    this.connecting = false;
    this.idle.refresh();
    callUser(() => this.emit('connect'));
    callUser(() => this.emit('ready'));
    if (this.destroyed) return;
    callUser(() => this.flush());
    if (this.pendingEnd !== null) this._final(this.pendingEnd);
    callUser(() => this.pull());
    if (!this.isPaused()) this.read(0);
  }

  private fail(): void {
    const failure = this.endpoint?.failure;
    if (failure === null || failure === undefined || this.destroyed) return;
    this.destroy(this.connecting ? connectError(failure, this.ends) : connectionError(failure, 'read'));
  }

  override _read(): void {
    this.wanted = true;
    this.pull();
  }

  /** Moves octets from the receive buffer to the stream for as long as the stream wants them. */
  private pull(): void {
    const { endpoint } = this;
    if (endpoint === undefined || this.connecting) return;
    let interrupted = true;
    try {
      while (this.wanted && !this.destroyed && endpoint.connection.unread > 0) this.pushSlice(endpoint);
      interrupted = false;
    } finally {
      if (interrupted) this.pullLater();
    }
    if (!this.wanted || this.destroyed || !endpoint.connection.peerFinished) return;
    this.wanted = false;
    this.push(null);
    this.read(0); // 'end' comes even if nobody reads, as long as nothing is left to be read
  }

  private pushSlice(endpoint: Endpoint): void {
    const size = Math.min(SLICE, endpoint.connection.unread);
    const slice = Buffer.allocUnsafe(size);
    invariant(endpoint.receive(slice, 0, size) === size, 'unread octets are there to be received');
    this.bytesRead += size;
    this.idle.refresh();
    this.wanted = false; // a 'data' listener may call _read
    if (this.push(slice)) this.wanted = true;
  }

  /** A 'data' listener threw: what is left comes all the same. */
  private pullLater(): void {
    this.wanted = true;
    setImmediate(() => callUser(() => this.pull()));
  }

  /** As Duplex, but once the peer has ended and our side with it: EPIPE. */
  override write(chunk: unknown, callback?: Done): boolean;
  override write(chunk: unknown, encoding?: BufferEncoding, callback?: Done): boolean;
  override write(chunk: unknown, encoding?: BufferEncoding | Done, callback?: Done): boolean {
    const done = typeof encoding === 'function' ? encoding : callback;
    if (this.allowHalfOpen || !this.readableEnded || !this.writableEnded) {
      return typeof encoding === 'string' ? super.write(chunk, encoding, done) : super.write(chunk, done);
    }
    const error = endedByPeer();
    if (done !== undefined) process.nextTick(done, error);
    this.destroy(error);
    return false;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.startWrite([chunk], done);
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: Done): void {
    this.startWrite(joinSmall(chunks.map(({ chunk }) => chunk)), done);
  }

  private startWrite(pieces: readonly Uint8Array[], done: Done): void {
    if (this.endpoint === undefined) return done(socketClosed());
    this.pendingWrite.start(pieces, done);
    if (!this.connecting) this.flush();
  }

  private flush(): void {
    const { endpoint, pendingWrite } = this;
    if (endpoint === undefined || !pendingWrite.waiting) return;
    const why = pendingWrite.advance(endpoint);
    this.idle.refresh();
    if (why !== null) return pendingWrite.finish(writeError(endpoint.failure));
    if (!pendingWrite.complete) return;
    this.handedOver += pendingWrite.octets;
    pendingWrite.finish(null);
  }

  /** Half-close: our FIN goes out after what is queued. */
  override _final(done: Done): void {
    if (this.connecting) {
      this.pendingEnd = done;
      return;
    }
    this.pendingEnd = null;
    this.endpoint?.close();
    setImmediate(done); // a turn of the loop later, as shutdown(2) in libuv
  }

  override _destroy(error: Error | null, done: Done): void {
    this.idle.stop();
    const unsent = error ?? (this.connecting ? closedBeforeConnection() : socketClosed());
    this.connecting = false;
    if (this.pendingWrite.waiting) process.nextTick(() => this.pendingWrite.finish(unsent));
    this.letGo(error !== null);
    done(error);
    setImmediate(() => this.emit('close', error !== null)); // a turn of the loop later, as close(2) in libuv: who waits for 'end' first still hears 'close'
  }

  /** The connection ends by itself, or at once with RST. */
  private letGo(reset: boolean): void {
    const { endpoint } = this;
    if (endpoint === undefined) return;
    endpoint.attach(nobody);
    if (reset) endpoint.abort();
    else endpoint.release();
  }

  /** A write that makes headway is activity, even if the send buffer has no room yet for the rest. */
  private onIdle(): void {
    const acknowledged = this.endpoint?.connection.tcb.sndUna ?? 0;
    const headway = this.pendingWrite.waiting && acknowledged !== this.acknowledgedWhenIdle;
    this.acknowledgedWhenIdle = acknowledged;
    if (headway) this.idle.refresh();
    else this.emit('timeout');
  }
}
