/** Connections of a client whose ISNs anybody can guess: glasstcp as an unsafe variant, the kernel by TCP_REPAIR, which lets a program choose. */
import { Linux } from '../../bsd/constants.js';
import { Unsafe } from '../../tcp/unsafe.js';
import type { LabSocket } from './lab-socket.js';
import type { Stage } from './stage.js';

/** From linux/tcp.h; the kernel lets only those set them who may administer its network. */
const [TCP_REPAIR, TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ] = [19, 20, 21];
const [SEND_QUEUE, ON, OFF] = [2, 1, 0];
/** As GuessableNumbers of the engine has them. */
const [FIRST, STEP] = [1, 64];

/** Client sockets, bound to a port that they may share with what is over. */
export class Guessable {
  private count = 0;

  constructor(private readonly stage: Stage) {}

  /** @param guessable false = the ISN is one that nobody can guess @throws Error when the port or the ISN cannot be had */
  socket(port: number, guessable: boolean): LabSocket {
    const { client } = this.stage;
    const socket = client.socket();
    if (client.end.kind === 'glasstcp') client.becomeUnsafe(guessable ? Unsafe.predictableIsn : null);
    else if (guessable) chooseIsn(socket, FIRST + STEP * this.count);
    if (guessable) this.count++;
    if (socket.reuseAddress().bind(port).error !== '') throw new Error(`port ${port} cannot be bound (${socket.error})`);
    return socket;
  }
}

function chooseIsn(socket: LabSocket, isn: number): void {
  for (const [option, value] of [[TCP_REPAIR, ON], [TCP_REPAIR_QUEUE, SEND_QUEUE], [TCP_QUEUE_SEQ, isn], [TCP_REPAIR, OFF]]) {
    socket.option(Linux.IPPROTO_TCP, option, value);
    if (socket.error !== '') throw new Error(`the kernel does not let us choose its ISN (TCP_REPAIR: ${socket.error})`);
  }
}
