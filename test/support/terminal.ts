/** The glasstcp command on a real pseudo-terminal, by script(1) of util-linux, typed at as a person does. */
import { spawn, spawnSync } from 'node:child_process';
import { type Ended, mainFile } from './demo.js';

/** null = a terminal can be had here; else the reason why not. */
export function terminalUnavailable(): string | null {
  const { status, error } = spawnSync('script', ['--version']);
  return status === 0 ? null : `script(1) is missing: ${error?.message ?? `status ${status}`}`;
}

export interface OnTerminal {
  /** Types it once the text has been shown, counted from what was shown when the last one was typed. */
  readonly type: (text: string, after: string) => Promise<void>;
  /** All that was shown so far. */
  readonly shown: () => string;
  /** The command has ended: its status, and what stty says of the terminal then. */
  readonly ended: Promise<Ended & { readonly terminal: string }>;
  /** The terminal disappears, as when its window is closed. */
  readonly hangUp: () => void;
}

/** @param columns 0 = whatever script(1) makes of it */
export function startOnTerminal(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): OnTerminal {
  const clean: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', TERM: 'xterm', NO_COLOR: '1', ...env };
  delete clean['GLASSTCP_ISOLATED'];
  delete clean['FORCE_COLOR'];
  const command = [process.execPath, mainFile(), ...args].map((word) => `'${word}'`).join(' ');
  // The shell that waits for it is not to die of the Ctrl-C that is meant for it.
  const line = `trap : INT; stty rows 50 cols 100; ${command}; echo "status=$?"; stty -a`;
  const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd, env: clean });
  let text = '';
  let read = 0;
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    for (const watch of watchers) watch();
  });
  const over = new Promise<void>((done) => child.once('close', () => done()));
  const type = (keys: string, after: string): Promise<void> => new Promise((done, failed) => {
    const watch = (): void => {
      const at = text.indexOf(after, read);
      if (at < 0) return;
      watchers.delete(watch);
      read = text.length;
      child.stdin.write(keys);
      done();
    };
    watchers.add(watch);
    watch();
    void over.then(() => failed(new Error(`ended without having shown "${after}":\n${text}`)));
  });
  const ended = over.then(() => {
    const [, stdout, status, terminal] = /^([^]*)status=(\d+)\s*([^]*)$/.exec(text) ?? ['', text, '-1', ''];
    return { status: Number(status), stdout, stderr: '', terminal };
  });
  return { type, shown: () => text, ended, hangUp: () => child.kill('SIGKILL') };
}

/** As a shell's terminal is: lines, an echo, and Ctrl-C makes a signal. */
export const isSane = (stty: string): boolean => ['icanon', 'echo', 'isig'].every((mode) => new RegExp(`(?<![-\\w])${mode}\\b`).test(stty));
