/**
 * `glasstcp demo --device raw`, as a user starts it: the kernel's TCP at the same address is the peer, tcpdump looks on, and
 * nothing of it stays, however it ends. What the tests call the host's network is the private one that they run in.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { flat, glasstcp, makeFolder, processesIn, removeFolder, startGlasstcp } from '../support/demo.js';
import { describeIf } from '../support/kernel.js';
import { describeRst, firewallRules, kernelListeners, Onlooker, type Rst, tcpdumpUnavailable } from '../support/loopback.js';
import { rawUnavailable, until } from '../support/raw.js';

const QUIET = ['demo', '--device', 'raw', '--quiet', '--no-capture', '--msl', '0.2'];

interface SegmentEvent {
  readonly type: string;
  readonly direction?: 'in' | 'out';
  readonly segment?: { readonly from: string; readonly to: string; readonly flags: readonly string[]; readonly absolute: { readonly seq: number; readonly ack: number } };
}

/** What glasstcp says it sent. */
function sentBy(events: string): { readonly rsts: Rst[]; readonly endpoints: ReadonlySet<string> } {
  const sent = readFileSync(events, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as SegmentEvent)
    .flatMap(({ type, direction, segment }) => (type === 'segment' && direction === 'out' && segment !== undefined ? [segment] : []));
  const rsts = sent.filter(({ flags }) => flags.includes('RST')).map(({ from, to, flags, absolute: { seq, ack } }) => describeRst(from, to, seq, flags.includes('ACK') ? ack : ''));
  return { rsts, endpoints: new Set(sent.map(({ from }) => from)) };
}

/** RSTs in our name that are not ours: each that passed more often than we sent it. */
function kernelsRsts(passed: readonly Rst[], ours: ReturnType<typeof sentBy>): Rst[] {
  const left = [...ours.rsts];
  return passed.filter((rst) => {
    if (!ours.endpoints.has(rst.slice(0, rst.indexOf('>')))) return false; // the kernel's own, for a closed port of its own
    const at = left.indexOf(rst);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

async function listenOn(port: number): Promise<net.Server> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

const unavailable = rawUnavailable();

describeIf(unavailable, 'glasstcp demo --device raw', () => {
  let folder: string;
  /** Somebody else's rule is there, where there is a firewall. */
  let firewall = false;
  beforeAll(() => { firewall = spawnSync('nft', ['add table ip somebody; add chain ip somebody rules; add rule ip somebody rules tcp dport 9 accept']).status === 0; });
  afterAll(() => { spawnSync('nft', ['delete', 'table', 'ip', 'somebody']); });
  beforeEach(() => { folder = makeFolder(); });
  afterEach(() => removeFolder(folder));

  test('in full, over IPv4, at one address', async () => {
    const { status, stdout, stderr } = await glasstcp(['demo', '--device', 'raw'], folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const text = flat(stdout);
    for (const shown of ['both at 127.0.0.1, by raw sockets on the loopback interface of this host', 'glasstcp 127.0.0.1:7001', 'Linux kernel 127.0.0.1', 'checksum offloaded',
      'LOST ON THE LINK: our 3rd data segment, by script', 'believed lost', '→ CLOSE-WAIT', '→ LAST-ACK', 'the SYN again (transmission 2)', '→ FIN-WAIT-2', '→ TIME-WAIT',
      'tries our port 7999', 'nobody listens here', 'We try port 8000', 'All 24 things that RFC 9293 asks for here were seen']) expect(text).toContain(shown);
    expect(text.match(/checksum offloaded/g)?.length).toBeLessThan(4);
    expect(text).toContain('LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED');
    expect(processesIn(folder)).toEqual([]);
    expect(kernelListeners()).toEqual([]);
  }, 60_000);

  test.each([
    ['IPv6', ['--ipv6']],
    ['5 % loss', ['--loss', '5']],
  ])('%s', async (_, args) => {
    const { status, stdout, stderr } = await glasstcp([...QUIET, ...args], folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/All 24 things that RFC 9293 asks for here were seen\./);
  }, 180_000);

  test('ports that other programs have are left to them', async () => {
    const others = await Promise.all([7001, 7002, 7999].map(listenOn));
    try {
      const { status, stdout, stderr } = await glasstcp(QUIET, folder);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      for (const [role, port] of [['connects to our port', 7003], ['connect to port', 7004], ['refused at our port', 8000], ['refused at port', 8001]]) expect(stdout).toContain(`${role} ${port}`);
    } finally {
      for (const server of others) server.close();
    }
  }, 60_000);

  test('Ctrl-C leaves nothing behind', async () => {
    const before = firewallRules();
    const { child, ended, printed } = startGlasstcp(['demo', '--device', 'raw'], folder);
    await printed('LOST ON THE LINK');
    expect(kernelListeners()).toContain(7001);
    child.kill('SIGINT');
    const { status, stdout, stderr } = await ended;
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    expect(stdout.endsWith('Interrupted.\n')).toBe(true);
    expect(processesIn(folder)).toEqual([]);
    expect(kernelListeners()).toEqual([]);
    expect(firewallRules()).toBe(before);
  }, 60_000);

  test('kill -9 midway leaves nothing behind either: no process, no listener, no rule', async () => {
    const before = firewallRules();
    expect(before.includes('table ip somebody')).toBe(firewall); // rules are seen
    const { child, ended, printed } = startGlasstcp(['demo', '--device', 'raw'], folder);
    await printed('LOST ON THE LINK');
    expect(kernelListeners()).toContain(7001);
    expect(processesIn(folder)).toHaveLength(2);
    expect(firewallRules()).toBe(before);
    child.kill('SIGKILL');
    await ended;
    await until(() => processesIn(folder).length === 0);
    expect(processesIn(folder)).toEqual([]);
    expect(kernelListeners()).toEqual([]);
    expect(firewallRules()).toBe(before);
    // The port is free again.
    (await listenOn(7001)).close();
  }, 60_000);

  test('--isolated: another network, where nobody has our ports', async () => {
    const other = await listenOn(7001);
    try {
      const { status, stdout, stderr } = await glasstcp([...QUIET, '--isolated'], folder);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout.replace(/\s+/g, ' ')).toContain('both at 127.0.0.1, by raw sockets on the loopback interface in a private network namespace.');
      expect(stdout).toContain('connects to our port 7001'); // there nobody has it
    } finally {
      other.close();
    }
  }, 60_000);

  test('without CAP_NET_RAW it ends with what mends it, and plays nothing else instead', async () => {
    const { status, stdout, stderr } = await glasstcp(QUIET, folder, {}, ['setpriv', '--bounding-set=-net_raw']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .*CAP_NET_RAW.*\n {2}to mend it: .*sudo.*--isolated/);
  }, 30_000);

  test('without the package raw-socket it says how to have it; doctor says the same', async () => {
    const hook = join(folder, 'without.cjs');
    writeFileSync(hook, `
      const Module = require('node:module');
      const resolve = Module._resolveFilename;
      Module._resolveFilename = (name, ...rest) => {
        if (name !== 'raw-socket') return resolve(name, ...rest);
        throw Object.assign(new Error("Cannot find module 'raw-socket'\\nRequire stack:"), { code: 'MODULE_NOT_FOUND' });
      };`);
    const env = { NODE_OPTIONS: `--require ${hook}` };
    const { status, stdout, stderr } = await glasstcp(QUIET, folder, env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .*raw-socket.*\n {2}to mend it: sudo apt-get install -y make g\+\+ python3 && npm /);
    const doctor = await glasstcp(['doctor', '--json'], folder, env);
    const { findings } = JSON.parse(doctor.stdout) as { findings: { name: string; fine: boolean; optional?: boolean }[] };
    expect(findings.find(({ name }) => name === 'raw-socket')).toMatchObject({ fine: false, optional: true });
    expect(findings.find(({ name }) => name === 'CAP_NET_RAW')).toMatchObject({ fine: true });
  }, 60_000);
});

describeIf(unavailable ?? tcpdumpUnavailable(), 'glasstcp demo --device raw, with tcpdump looking on', () => {
  let folder: string;
  beforeEach(() => { folder = makeFolder(); });
  afterEach(() => removeFolder(folder));

  const playWatched = async (env: NodeJS.ProcessEnv): Promise<{ status: number | null; packets: number; passed: Rst[]; ours: ReturnType<typeof sentBy> }> => {
    const events = join(folder, 'events.jsonl');
    const onlooker = await Onlooker.start(folder);
    const { status } = await glasstcp([...QUIET, '--json', events], folder, env);
    const { packets, rsts } = await onlooker.stop();
    return { status, packets, passed: rsts, ours: sentBy(events) };
  };

  test('the kernel sends no RST for a port of ours, and the firewall is as it was', async () => {
    const before = firewallRules();
    const { status, packets, passed, ours } = await playWatched({});
    expect(status).toBe(0);
    expect(packets).toBeGreaterThan(80);
    expect(kernelsRsts(passed, ours)).toEqual([]);
    // Ours, in the third act; and the kernel's, for its own closed port.
    expect(ours.rsts).toEqual([expect.stringMatching(/^127\.0\.0\.1:7999>/)]);
    expect(passed).toEqual([...ours.rsts, expect.stringMatching(/^127\.0\.0\.1:8000>/)]);
    expect(firewallRules()).toBe(before);
  }, 60_000);

  test('with the guard turned off it does, and ends every connection: the test above can fail', async () => {
    const { status, passed, ours } = await playWatched({ GLASSTCP_RST_GUARD: 'off' });
    expect(status).toBe(1);
    expect(kernelsRsts(passed, ours)).toEqual([expect.stringMatching(/^127\.0\.0\.1:7001>127\.0\.0\.1:\d+ seq 0 ack \d+$/)]);
  }, 60_000);
});
