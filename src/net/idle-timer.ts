/** The inactivity timeout of a socket: one Node timer, moved on by each sign of life; it does not keep the process alive. */
export class IdleTimer {
  /** Milliseconds; 0 = off. */
  timeout = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly onIdle: () => void) {}

  /** @param timeout milliseconds; 0 turns it off */
  set(timeout: number): void {
    this.stop();
    this.timeout = timeout;
    if (timeout > 0) this.timer = setTimeout(this.onIdle, timeout).unref();
  }

  /** Something was received or sent. */
  refresh(): void {
    this.timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
