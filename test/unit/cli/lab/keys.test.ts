import { PassThrough } from 'node:stream';
import { Inbox } from '../../../../src/cli/lab/inbox.js';
import { type Input, LineKeys, TerminalKeys } from '../../../../src/cli/lab/keys.js';

class FakeTerminal extends PassThrough {
  readonly isTTY = true as const;
  readonly modes: boolean[] = [];

  setRawMode(raw: boolean): this {
    this.modes.push(raw);
    return this;
  }
}

function typed(): { readonly terminal: FakeTerminal; readonly keys: TerminalKeys; readonly interrupted: () => number } {
  const terminal = new FakeTerminal();
  let times = 0;
  const keys = new TerminalKeys(terminal as unknown as Input, () => times++);
  return { terminal, keys, interrupted: () => times };
}

test('each key by itself; space and Enter are the same, capitals are not other keys', async () => {
  const { terminal, keys } = typed();
  terminal.write(' \rQ?');
  expect([await keys.next(), await keys.next(), await keys.next(), await keys.next()]).toEqual(['', '', 'q', '?']);
});

test('arrows mean nothing, Ctrl-D is the end, Ctrl-C interrupts', async () => {
  const { terminal, keys, interrupted } = typed();
  terminal.write('\u001b[A');
  const next = keys.next();
  await new Promise((turn) => setImmediate(turn));
  terminal.write('\u0003');
  await new Promise((turn) => setImmediate(turn));
  terminal.write('\u0004');
  expect([await next, await keys.next(), interrupted()]).toEqual([null, null, 1]);
});

test('closed, the terminal is as it was, and who waits is told', async () => {
  const { terminal, keys } = typed();
  const next = keys.next();
  keys.close();
  expect([terminal.modes, await next]).toEqual([[true, false], null]);
});

test('a terminal that hangs up is the end', async () => {
  const { terminal, keys } = typed();
  terminal.end();
  expect(await keys.next()).toBeNull();
});

test('lines without their spaces, then the end', async () => {
  const input = new PassThrough();
  const keys = new LineKeys(input as unknown as NodeJS.ReadStream);
  input.end('\n  SYN \r\nlast');
  expect([await keys.next(), await keys.next(), await keys.next(), await keys.next()]).toEqual(['', 'SYN', 'last', null]);
});

test('what is typed before it is asked for is kept, but not without end', async () => {
  const inbox = new Inbox<number>();
  for (let i = 0; i < 10_000; i++) inbox.put(i);
  inbox.end();
  let kept = 0;
  while (await inbox.take() !== null) kept++;
  expect([kept > 0, kept < 10_000]).toEqual([true, true]);
});
