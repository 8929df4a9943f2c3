import pc from 'picocolors';
import { formatDiagnosis } from '../../../src/cli/commands/doctor.js';
import { diagnose } from '../../../src/cli/doctor/checks.js';
import type { Environment } from '../../../src/cli/doctor/finding.js';

/** A machine that has everything. */
const ideal: Environment = {
  platform: 'linux',
  nodeVersion: '20.20.2',
  uid: 0,
  run: (command) => ({ status: 0, stdout: `${command} 1.2\nmore`, stderr: '', missing: false }),
  tryOpen: () => null,
  load: () => '3.3.4',
  isInstalled: () => true,
  readText: () => 'CapInh:\t0000000000000000\nCapEff:\t000001ffffffffff\n',
};

const without = (...commands: string[]): Environment['run'] => (command, args) =>
  commands.includes(command) ? { status: null, stdout: '', stderr: '', missing: true } : ideal.run(command, args);

const noNamespaces: Environment['run'] = (command, args) =>
  args.includes('--net') ? { status: 1, stdout: '', stderr: 'unshare failed: Operation not permitted', missing: false } : ideal.run(command, args);

const failing = (missing: string, says: string): Environment['load'] => (name) => {
  if (name === missing) throw new Error(says);
  return '1.2.3';
};

const missingIn = (env: Environment): string[] => diagnose(env).findings.filter((f) => !f.fine).map((f) => f.name);
const finding = (env: Environment, name: string) => diagnose(env).findings.find((f) => f.name === name);

describe('diagnose', () => {
  it('finds an ideal machine fine', () => {
    expect(missingIn(ideal)).toEqual([]);
    expect(diagnose(ideal).demo).toBe('tun');
    expect(finding(ideal, 'ip')).toEqual({ name: 'ip', fine: true, detail: 'ip 1.2' });
  });

  it('an old Node is the only thing that stops the demo altogether', () => {
    expect(diagnose({ ...ideal, nodeVersion: '18.20.0' })).toMatchObject({ demo: 'none' });
    expect(diagnose({ ...ideal, nodeVersion: '24.0.0' }).demo).toBe('tun');
    const bare: Environment = { ...ideal, platform: 'darwin', uid: 501, run: without('ip', 'unshare', 'ss', 'tshark', 'tcpdump', 'wireshark'), tryOpen: () => 'ENOENT' };
    expect(diagnose(bare).demo).toBe('pipe');
  });

  it('koffi that does not load leaves the pipe', () => {
    const env: Environment = { ...ideal, load: failing('koffi', 'no binary\nfor you') };
    expect(diagnose(env).demo).toBe('pipe');
    expect(finding(env, 'koffi')).toMatchObject({ fine: false, detail: 'cannot be loaded: Error: no binary', mend: expect.stringContaining('npm rebuild') });
  });

  it.each([['ENOENT', 'modprobe'], ['EACCES', 'chmod']])('/dev/net/tun with %s: %s', (code, mend) => {
    expect(finding({ ...ideal, tryOpen: () => code }, '/dev/net/tun')).toMatchObject({ fine: false, detail: expect.stringContaining(code), mend: expect.stringContaining(mend) });
  });

  it('without namespaces there is the pipe, for root too', () => {
    expect(missingIn({ ...ideal, run: noNamespaces })).toEqual(['namespace (as root)', 'namespace (any user)']);
    expect(diagnose({ ...ideal, run: noNamespaces }).demo).toBe('pipe');
  });

  it('a user without root needs the user kind of namespace', () => {
    expect(diagnose({ ...ideal, uid: 1000 }).demo).toBe('tun');
    expect(finding({ ...ideal, uid: 1000 }, 'namespace (as root)')).toMatchObject({ fine: false, detail: 'needs root', mend: 'run with sudo' });
    const onlyRoot: Environment['run'] = (command, args) => args.includes('--user') ? noNamespaces(command, args) : ideal.run(command, args);
    expect(diagnose({ ...ideal, run: onlyRoot, uid: 1000 }).demo).toBe('pipe');
    expect(diagnose({ ...ideal, run: onlyRoot, uid: 0 }).demo).toBe('tun');
  });

  it.each(['ip', 'unshare', 'ss', 'tshark', 'tcpdump', 'wireshark'])('says how to install %s', (command) => {
    const missing = finding({ ...ideal, run: without(command) }, command);
    expect(missing).toMatchObject({ fine: false, detail: 'is missing', mend: expect.stringMatching(/^sudo apt-get install /), why: expect.stringMatching(/\.$/) });
  });
});

describe('what raw sockets and live captures need is optional', () => {
  test.each([
    ['raw-socket', 'glasstcp demo --device raw', 'sudo apt-get install -y make g++ python3 && npm rebuild raw-socket'],
    ['cap', 'glasstcp capture', 'sudo apt-get install -y libpcap-dev make g++ python3 && npm rebuild cap'],
  ])('%s that is not built: %s is lost', (name, command, mend) => {
    const env: Environment = { ...ideal, load: failing(name, "Cannot find module './build/Release/x'\nRequire stack:") };
    expect(diagnose(env).demo).toBe('tun');
    expect(finding(env, name)).toEqual({
      name, fine: false, optional: true, detail: "is not built for this Node: Error: Cannot find module './build/Release/x'", why: `Without it ${command} does not work.`, mend,
    });
    expect(missingIn(env)).toEqual([name]);
  });

  test.each(['raw-socket', 'cap'])('%s that npm left out is installed, not rebuilt', (name) => {
    const env: Environment = { ...ideal, load: failing(name, `Cannot find module '${name}'`), isInstalled: (asked) => asked !== name };
    expect(finding(env, name)).toMatchObject({ detail: 'is not installed', optional: true, mend: expect.stringMatching(/&& npm ci --include=optional$/) });
  });

  const withCapabilities = (hex: string): Environment => ({ ...ideal, uid: 1000, readText: (path) => (path === '/proc/self/status' ? `Name:\tnode\nCapEff:\t${hex}\n` : null) });

  test.each(['000001ffffffffff', '0000000000002000', '0000000000003000'])('CAP_NET_RAW is in %s', (hex) => {
    expect(finding(withCapabilities(hex), 'CAP_NET_RAW')).toEqual({ name: 'CAP_NET_RAW', fine: true, detail: 'this process may open raw sockets' });
  });

  test.each(['0000000000000000', '000001ffffffdfff', '0000000000001000'])('CAP_NET_RAW is not in %s', (hex) => {
    const found = finding(withCapabilities(hex), 'CAP_NET_RAW');
    expect(found).toMatchObject({ fine: false, optional: true, detail: 'this process may not open raw sockets', mend: expect.stringContaining('sudo') });
    expect(found?.why).toMatch(/glasstcp demo --device raw needs --isolated.*glasstcp capture does not work/);
  });

  it('CAP_NET_RAW that root lacks is for its container to give', () => {
    expect(finding({ ...withCapabilities('0'), uid: 0 }, 'CAP_NET_RAW')?.mend).toContain('--cap-add NET_RAW');
  });

  it('CAP_NET_RAW that nobody tells, or that is not Linux, is not claimed', () => {
    expect(finding({ ...ideal, readText: () => null }, 'CAP_NET_RAW')).toMatchObject({ fine: false, detail: expect.stringContaining('cannot be told') });
    expect(finding({ ...ideal, platform: 'darwin' }, 'CAP_NET_RAW')).toMatchObject({ fine: false, detail: expect.stringContaining('darwin') });
  });
});

describe('formatDiagnosis', () => {
  it('gives a line per finding, and for what is missing the reason and the command', () => {
    const text = formatDiagnosis(diagnose({ ...ideal, run: without('tshark') }), pc.createColors(false));
    expect(text).not.toContain('\u001b');
    expect(text).toMatch(/^fine {5}Node\.js +20\.20\.2$/m);
    expect(text).toMatch(/^without {2}tshark +is missing\n +It reads captures in a terminal\.\n +→ sudo apt-get install tshark$/m);
    expect(text).toMatch(/\n\nThe demo can run against the kernel: glasstcp demo\n$/);
  });

  it('colours when asked to', () => {
    expect(formatDiagnosis(diagnose(ideal), pc.createColors(true))).toContain('\u001b[32mfine');
  });
});
