/** System calls of scripts: what is asked of the subject, and what is compared of its answer. */
import type { SocketCall } from '../../../src/bsd/sockets.js';
import { type Answer, FakeSubject } from '../../support/fake-subject.js';
import { OPEN, opening, run, told } from './run-support.js';

const EAGAIN = 11;
const int = (value: number): Uint8Array => new Uint8Array(Int32Array.of(value).buffer);

/** What the last call of a script on fd 4 (live: 11) asks. */
const asked = (line: string, options = ''): SocketCall | undefined => {
  const subject = opening({ send: { value: 4 }, recv: { value: 0 } });
  run(`${options}${OPEN}+0 ${line}`, subject);
  return subject.calls.at(-1);
};
/** What comes of a call on fd 4 that is answered like this. */
const answered = (line: string, answers: Readonly<Record<string, Answer>>): string => told(run(`${OPEN}+0 ${line}`, opening(answers)));

describe('what is asked', () => {
  test.each<[string, Partial<SocketCall>]>([
    ['write(4, ..., 4) = 4', { name: 'send', fd: 11, octets: new Uint8Array(4), flags: 0 }],
    ['write(4, "abc", 4) = 4', { name: 'send', octets: Uint8Array.of(97, 98, 99, 0) }],
    ['send(4, ..., 2, MSG_DONTWAIT|MSG_OOB) = 4', { name: 'send', octets: new Uint8Array(2), flags: 0x41 }],
    ['sendto(4, ..., 2, MSG_FASTOPEN, ..., ...) = 4', { name: 'send', flags: 0x20000000, to: { family: 2, address: '192.0.2.1', port: 8080 } }],
    ['writev(4, [{..., 3}, {"x", 1}], 2) = 4', { name: 'send', octets: Uint8Array.of(0, 0, 0, 120) }],
    ['sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 4}], msg_flags=0}, MSG_EOR) = 4', { name: 'send', octets: new Uint8Array(4), flags: 0x80 }],
    ['read(4, ..., 100) = 0', { name: 'recv', fd: 11, length: 100, flags: 0 }],
    ['recv(4, ..., 100, MSG_PEEK) = 0', { name: 'recv', length: 100, flags: 2 }],
    ['recvfrom(4, ..., 100, 0, ..., ...) = 0', { name: 'recv', length: 100, flags: 0 }],
    ['readv(4, [{..., 3}, {..., 5}], 2) = 0', { name: 'recv', length: 8 }],
    ['shutdown(4, SHUT_WR) = 0', { name: 'shutdown', fd: 11, how: 1 }],
    ['setsockopt(4, SOL_SOCKET, SO_SNDBUF, [4096], 4) = 0', { name: 'setsockopt', level: 1, option: 7, value: int(4096) }],
    ['setsockopt(4, SOL_TCP, TCP_CONGESTION, "reno", 5) = 0', { name: 'setsockopt', option: 13, value: Uint8Array.of(114, 101, 110, 111, 0) }],
    ['setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=2}, 8) = 0', { name: 'setsockopt', option: 13, value: Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0) }],
    ['fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0', { name: 'fcntl', command: 4, argument: 0x802 }],
    ['ioctl(4, SIOCINQ, [0]) = 0', { name: 'ioctl', request: 0x541b }],
    ['poll([{fd=4, events=POLLIN|POLLOUT, revents=0}], 1, 50) = 0', { name: 'poll', entries: [{ fd: 11, events: 5 }], timeout: 50 }],
    ['connect(4, AF_UNSPEC, ...) = 0', { name: 'connect', address: { family: 0, address: '192.0.2.1', port: 8080 } }],
  ])('%s', (line, expected) => {
    expect(asked(line)).toMatchObject(expected);
  });

  test('--define names numbers', () => {
    expect(asked('shutdown(4, HOW) = 0', '--define=HOW=SHUT_RD\n')).toMatchObject({ how: 0 });
  });

  test.each([['ipv4', 2, '192.168.0.1'], ['ipv4-mapped-ipv6', 10, '::ffff:192.168.0.1'], ['ipv6', 10, 'fd3d:fa7b:d17d::1']])(
    '--ip_version=%s', (version, family, address) => {
      const subject = new FakeSubject();
      run(`--ip_version=${version}\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bind(3, ..., ...) = 0`, subject);
      expect(subject.calls).toMatchObject([{ name: 'socket', domain: family }, { name: 'bind', fd: 10, address: { family, address, port: 8080 } }]);
    });
});

describe('what is compared', () => {
  test.each<[string, string, Readonly<Record<string, Answer>>, string]>([
    ['the result', 'write(4, ..., 9) = 9', { send: { value: 5 } }, 'fail 8: write() returned 5 instead of 9'],
    ['any result', 'write(4, ..., 9) = ...', { send: { value: 5 } }, 'pass'],
    ['the errno', 'read(4, ..., 9) = -1 EINVAL (Invalid argument)', { recv: { value: -1, errno: EAGAIN } },
      'fail 8: read() failed with EAGAIN (Resource temporarily unavailable) instead of EINVAL'],
    ['an errno that was not expected', 'read(4, ..., 9) = 9', { recv: { value: -1, errno: EAGAIN } },
      'fail 8: read() returned -1 EAGAIN (Resource temporarily unavailable) instead of 9'],
    ['a descriptor may be any number', 'accept(3, ..., ...) = 5', {}, 'error 8: the script has no connection that accept() could have answered with'],
    ['an option', 'getsockopt(4, SOL_SOCKET, SO_ERROR, [0], [4]) = 0', { getsockopt: { octets: int(111) } }, 'fail 8: the option is 111 instead of 0'],
    ['the length of an option', 'getsockopt(4, SOL_SOCKET, SO_ERROR, [0], [4]) = 0', { getsockopt: { octets: new Uint8Array(2) } },
      'fail 8: the option has 2 octets instead of 4'],
    ['any option', 'getsockopt(4, SOL_SOCKET, SO_ERROR, ..., [4]) = 0', { getsockopt: { octets: int(111) } }, 'pass'],
    ['the number of an ioctl', 'ioctl(4, SIOCINQ, [9]) = 0', { ioctl: { octets: int(8) } }, 'fail 8: the answer is 8 instead of 9'],
    ['revents', 'poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 0) = 1', { poll: { value: 1, revents: [4] } },
      'fail 8: revents of descriptor 1 are POLLOUT instead of POLLIN'],
    ['msg_flags', 'recvmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 4}], msg_flags=MSG_TRUNC}, 0) = 4', { recv: { value: 4, flags: 0 } },
      'fail 8: msg_flags are 0x0 instead of 0x20'],
    ['control messages',
      'recvmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 4}], msg_flags=0, msg_control=[{cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=7}]}, 0) = 4',
      { recv: { value: 4, control: [{ level: 6, type: 36, data: int(8) }] } }, 'fail 8: control message 1 holds 8 instead of 7'],
    ['octets that were read', 'read(4, "abc", 3) = 3', { recv: { value: 3, octets: Uint8Array.of(97, 98, 100) } }, 'fail 8: read "abd" instead of "abc"'],
  ])('%s', (_, line, answers, expected) => {
    expect(answered(line, answers)).toBe(expected);
  });

  test('--non_fatal=syscall makes warnings of differences', () => {
    const result = run(`--non_fatal=syscall\n${OPEN}+0 write(4, ..., 9) = 9`, opening({ send: { value: 5 } }));
    expect(result).toMatchObject({ verdict: 'pass', warnings: ['test.pkt:9: write() returned 5 instead of 9'] });
  });
});

describe('what is refused', () => {
  test.each([
    ['epoll_create(1) = 5', 'unsupported 8: the call epoll_create() is not supported here'],
    ['mystery(1) = 5', 'unsupported 8: the call mystery() is not known here'],
    ['shutdown(9, SHUT_WR) = 0', 'error 8: fd 9 is not open in this script'],
    ['shutdown(4) = 0', 'error 8: shutdown() takes 2 arguments, not 1'],
    ['shutdown(4, SHUT_SIDEWAYS) = 0', 'unsupported 8: the name SHUT_SIDEWAYS is not known here'],
    ['sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{NULL, 5}], msg_flags=0}, 0) = -1 EFAULT (Bad address)', 'unsupported 8: to send from NULL is not supported here'],
    ['readv(4, [{..., 3}], 2) = 3', 'error 8: the count 2 does not match the 1 elements'],
    ['socket(..., SOCK_STREAM, IPPROTO_TCP) = 4', 'error 8: fd 4 is in use already in this script'],
  ])('%s', (line, expected) => {
    expect(answered(line, {})).toBe(expected);
  });

  test('a closed descriptor may be used again', () => {
    expect(answered('close(4) = 0\n+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4', {})).toBe('pass');
  });
});

describe('commands', () => {
  test('set-up comes first, clean-up last, even after a failure', () => {
    const subject = opening();
    const text = `\`first\`\n${OPEN}+0 \`second\`\n+0 write(4, ..., 5) = 9\n\`last\``;
    expect(told(run(text, subject))).toBe('fail 10: write() returned 0 instead of 9');
    expect(subject.commands).toEqual(['first', 'second', 'last']);
    expect(subject.closed).toBe(true);
  });

  test('one that fails ends the run', () => {
    const subject = new FakeSubject();
    subject.commandResult = { ok: false, output: 'no such thing\n' };
    expect(told(run('`nonsense`\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3', subject))).toBe('error 1: the command `nonsense` failed: no such thing');
    expect(subject.calls).toEqual([]);
  });

  test('--dry_run does nothing', () => {
    const subject = new FakeSubject();
    expect(told(run(`--dry_run\n\`nonsense\`\n${OPEN}`, subject))).toBe('pass');
    expect([subject.commands, subject.calls]).toEqual([[], []]);
  });
});
