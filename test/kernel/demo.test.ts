/** The demo against the kernel, as a user starts it: it makes its own private network. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { canIsolate, canUseTun } from '../support/namespace.js';
import { flat, glasstcp, makeFolder, processesIn, removeFolder, startGlasstcp } from '../support/demo.js';
import { describeIf } from '../support/kernel.js';

describeIf(canUseTun() ?? canIsolate(), 'glasstcp demo', () => {
  let folder: string;
  beforeEach(() => { folder = makeFolder(); });
  afterEach(() => removeFolder(folder));

  test('in full, over IPv4', async () => {
    const { status, stdout, stderr } = await glasstcp(['demo'], folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const text = flat(stdout);
    for (const shown of ['on a TUN interface in a private network namespace', 'Linux kernel 192.0.2.1', 'SYN seq=0', 'SYN,ACK seq=0 ack=1',
      'LOST ON THE LINK: our 3rd data segment, by script', 'believed lost', '→ CLOSE-WAIT', '→ LAST-ACK', 'the SYN again (transmission 2)', '→ FIN-WAIT-2', '→ TIME-WAIT',
      '2.0 s of 2.0 s left', '2 s (2 MSL) have passed', 'nobody listens here', 'things that RFC 9293 asks for here were seen']) expect(text).toContain(shown);
    expect(text).toContain('SYN-SENT, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT');
    expect(text).toContain('LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED');
    expect(existsSync(join(folder, 'demo.pcapng'))).toBe(true);
    expect(processesIn(folder)).toEqual([]);
  }, 60_000);

  test.each([
    ['IPv6', ['--ipv6']],
    ['IPv4, 5 % loss', ['--loss', '5']],
    ['IPv6, 5 % loss, another seed', ['--ipv6', '--loss', '5', '--seed', '12']],
  ])('%s', async (_, args) => {
    const { status, stdout, stderr } = await glasstcp(['demo', '--quiet', '--no-capture', '--device', 'tun', '--msl', '0.3', ...args], folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/All \d+ things that RFC 9293 asks for here were seen\./);
  }, 180_000);

  test('Ctrl-C ends it all: the namespace, the kernel\'s peer, and us', async () => {
    const { child, ended, printed } = startGlasstcp(['demo'], folder);
    await printed('LOST ON THE LINK');
    child.kill('SIGINT');
    const { status, stdout } = await ended;
    expect(status).toBe(130);
    expect(stdout.endsWith('Interrupted.\n')).toBe(true);
    expect(processesIn(folder)).toEqual([]);
  }, 60_000);
});
