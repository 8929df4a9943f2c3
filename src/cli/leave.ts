/** The very end of the process when its terminal has been closed, where Node's own end would fail. */
import { isatty } from 'node:tty';

/** Which of the standard streams are terminals. */
const terminals = (): readonly number[] => [0, 1, 2].filter((fd) => isatty(fd));

/**
 * Node sets the terminals to rights as its last act, and aborts with a core dump where one has been closed: then the process ends by
 * SIGHUP instead, as it would have done without us.
 * @returns call it when the process is about to exit
 */
export function leaveByHangUp(): () => void {
  const before = terminals();
  return () => {
    const now = terminals();
    if (before.every((fd) => now.includes(fd))) return;
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  };
}
