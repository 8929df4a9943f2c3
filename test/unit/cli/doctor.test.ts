import pc from 'picocolors';
import { formatDiagnosis } from '../../../src/cli/commands/doctor.js';
import { type Environment, diagnose } from '../../../src/cli/doctor/checks.js';

/** A machine that has everything. */
const ideal: Environment = {
  platform: 'linux',
  nodeVersion: '20.20.2',
  uid: 0,
  run: (command) => ({ status: 0, stdout: `${command} 1.2\nmore`, stderr: '', missing: false }),
  tryOpen: () => null,
  loadKoffi: () => '3.3.4',
};

const without = (...commands: string[]): Environment['run'] => (command, args) =>
  commands.includes(command) ? { status: null, stdout: '', stderr: '', missing: true } : ideal.run(command, args);

const noNamespaces: Environment['run'] = (command, args) =>
  args.includes('--net') ? { status: 1, stdout: '', stderr: 'unshare failed: Operation not permitted', missing: false } : ideal.run(command, args);

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
    const bare: Environment = { ...ideal, platform: 'darwin', uid: 501, run: without('ip', 'unshare', 'ss', 'tshark', 'wireshark'), tryOpen: () => 'ENOENT' };
    expect(diagnose(bare).demo).toBe('pipe');
  });

  it('koffi that does not load leaves the pipe', () => {
    const env: Environment = { ...ideal, loadKoffi: () => { throw new Error('no binary\nfor you'); } };
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

  it.each(['ip', 'unshare', 'ss', 'tshark', 'wireshark'])('says how to install %s', (command) => {
    const missing = finding({ ...ideal, run: without(command) }, command);
    expect(missing).toMatchObject({ fine: false, detail: 'is missing', mend: expect.stringMatching(/^sudo apt-get install /), why: expect.stringMatching(/\.$/) });
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
