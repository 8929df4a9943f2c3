/** An error for people: a device could not be made to work. Says what went wrong, why it matters, and what mends it. */

export class DeviceError extends Error {
  override readonly name = 'DeviceError';

  /**
   * @param code an errno name (ENOENT, EACCES, EPERM, EBUSY …) or ENOTLINUX, ENOKOFFI, ENORAWSOCKET, EGUARD, ENOTOOL, ECOMMAND, ELOST, EOPTION.
   * @param message what went wrong and why.
   * @param mend the command or change that mends it, one or more lines.
   */
  constructor(readonly code: string, message: string, readonly mend: string) {
    super(message);
  }

  /** Both texts, as a program prints them. */
  override toString(): string {
    return `${this.message}\n  to mend it: ${this.mend}`;
  }
}
