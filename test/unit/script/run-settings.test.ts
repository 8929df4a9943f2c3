/** Option lines of scripts, and the shell text of set-up commands. */
import { ScriptError } from '../../../src/script/errors.js';
import { parseScript } from '../../../src/script/parse.js';
import { type Override, type Settings, settingsOf } from '../../../src/script/settings.js';
import { readSetUp } from '../../../src/script/set-up-text.js';

const of = (options: string, overrides: Override[] = []): Settings => settingsOf(parseScript(`${options}\n0 close(3) = 0`, 'test.pkt'), overrides);
const refused = (options: string): string => {
  try {
    of(options);
  } catch (error) {
    if (error instanceof ScriptError) return `${error.line}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

describe('settings', () => {
  test('defaults are those that scripts assume', () => {
    expect(of('')).toMatchObject({
      subject: {
        ipVersion: 'ipv4', localAddress: '192.168.0.1', remoteAddress: '192.0.2.1', remotePrefix: '192.0.2.0/24', gatewayAddress: '192.168.0.2',
        prefixLength: 16, mtu: 1500,
      },
      bindPort: 8080, connectPort: 8080, toleranceUsecs: 4_000, tolerancePercent: 12.5, tsTickUsecs: 0, strictSegments: false,
    });
  });

  test('IPv6', () => {
    expect(of('--ip_version=ipv6').subject).toMatchObject({ localAddress: 'fd3d:fa7b:d17d::1', remoteAddress: '2001:db8::1', remotePrefix: '2001:db8::/32', prefixLength: 48 });
  });

  test('addresses and masks', () => {
    const { subject } = of('--local_ip=10.1.2.3\n--remote_ip=10.9.8.7/20\n--netmask_ip=255.255.255.0\n--gateway_ip=10.1.2.1\n--mtu=900');
    expect(subject).toMatchObject({ localAddress: '10.1.2.3', remoteAddress: '10.9.8.7', remotePrefix: '10.9.0.0/20', prefixLength: 24, gatewayAddress: '10.1.2.1', mtu: 900 });
  });

  test('the command line wins', () => {
    expect(of('--ip_version=ipv6\n--define=A=1', [{ name: 'ip_version', value: 'ipv4' }, { name: 'define', value: 'A=2' }])).toMatchObject({
      subject: { ipVersion: 'ipv4' }, defines: new Map([['A', '2']]),
    });
  });

  test('what means nothing here is named', () => {
    expect(of('--speed=1000\n--verbose').ignored).toEqual(['--speed=1000', '--verbose']);
  });

  test.each([
    ['--ip_version=ipv5', '1: --ip_version: it must be one of ipv4, ipv6, ipv4-mapped-ipv6, not "ipv5"'],
    ['--mtu=900\n--bind_port=0', '2: --bind_port: it must be a number from 1 to 65535, not "0"'],
    ['--mtu=many', '1: --mtu: it must be a number from 0 to 65535, not "many"'],
    ['--mtu', '1: --mtu needs a value'],
    ['--strict_segments=yes', '1: --strict_segments takes no value'],
    ['--wire_client', '1: --wire_client: scripts for two machines are not supported'],
    ['--colour=red', '1: unknown option --colour'],
    ['--local_ip=fe80::1', '1: --local_ip: "fe80::1" is not an address for ipv4'],
    ['--netmask_ip=255.0.255.0', '1: --netmask_ip: "255.0.255.0" is not a mask'],
  ])('%s', (options, expected) => {
    expect(refused(options)).toBe(expected);
  });
});

describe('set-up commands', () => {
  const said = (text: string): string[] => readSetUp(text).map((step) => {
    if (step.kind === 'set') return `${step.name} := ${step.value}`;
    return step.kind === 'file' ? `run ${step.path}` : `ignore ${step.command}`;
  });

  test.each([
    ['sysctl -q net.ipv4.tcp_sack=0', ['net.ipv4.tcp_sack := 0']],
    ['sysctl -q net.ipv4.tcp_rmem="4096 5 6"', ['net.ipv4.tcp_rmem := 4096 5 6']],
    ['sysctl -w a.b=1 c/d=2 > /dev/null 2>&1', ['a.b := 1', 'c.d := 2']],
    ['sysctl -q a.b="1 $((2*3*4))"', ['a.b := 1 24']],
    ['sysctl -q a.b = 1', ['a.b := 1']],
    ['sysctl -q a.b=1 \\\n  c.d=2', ['a.b := 1', 'c.d := 2']],
    ['sysctl -q a.b=1; sysctl -q c.d=2 && ip link show', ['a.b := 1', 'c.d := 2', 'ignore ip link show']],
    ['./defaults.sh\nsysctl -q a.b=1', ['run ./defaults.sh', 'a.b := 1']],
    ['../common/set_sysctls.py /proc/sys/net/ipv4/tcp_ecn=1 /proc/sys/net/core/somaxconn=9', ['net.ipv4.tcp_ecn := 1', 'net.core.somaxconn := 9']],
    ['echo 3 > /proc/sys/net/ipv4/tcp_fastopen', ['net.ipv4.tcp_fastopen := 3']],
    ['echo hello', ['ignore echo hello']],
    ['/tmp/sysctl_restore_${PPID}.sh', ['ignore /tmp/sysctl_restore_${PPID}.sh']],
    ['#!/bin/bash\n# a note\n\nnstat -n > /dev/null', ['ignore nstat -n > /dev/null']],
    ['sh ./a.sh', ['run ./a.sh']],
  ])('%j', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });
});
