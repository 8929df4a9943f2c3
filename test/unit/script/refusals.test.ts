/** Everything the parser refuses, with the exact place. */
import { ScriptError } from '../../../src/script/errors.js';
import { parseScript, SCRIPT_LIMIT } from '../../../src/script/parse.js';
import { refusal } from './support.js';

type Case = readonly [text: string, refusal: string];

describe('refused of a script as a whole', () => {
  test.each<Case>([
    ['', '1:1: expected an event with its time, but found the end of the script'],
    ['// only a comment', '1:18: expected an event with its time, but found the end of the script'],
    ['--mtu=1500', '1:11: expected an event with its time, but found the end of the script'],
    ['`true`', '1:7: expected an event with its time, but found the end of the script'],
    ['+0 `a`\n`b`\n+0 > . 1:1(0)', '3:1: an event after a command that has no time'],
    ['+0 > . 1:1(0)\n--mtu=1500', '2:1: option lines come first'],
    ['--x=', '1:5: the option has no value after ='],
    ['--x="a', '1:5: the option\'s value is not closed'],
    ['--define=A\n+0 > . 1:1(0)', '1:1: --define wants NAME=value, not \'A\''],
    ['--define=A="x\n+0 > . 1:1(0)', '1:12: the option\'s value is not closed'],
    ['--define==1\n+0 > . 1:1(0)', '1:1: --define wants NAME=value, not \'=1\''],
    ['+0 > . 1:1(0)\nfoo(1) = 2', '2:1: expected the time of the next event, but found \'foo\''],
    ['+0', '1:3: expected an event after the time, but found the end of the script'],
    ['+0 foo', '1:7: expected ( after the name of a call, but found the end of the script'],
    ['+0 "text"', '1:4: expected an event after the time, but found \'"text"\''],
    ['+0 1', '1:4: expected an event after the time, but found \'1\''],
    ['/* open\n+0 > . 1:1(0)', '1:1: the comment is not closed'],
    ['+0 `open', '1:4: the command is not closed'],
    ['+0 f("open) = 0', '1:6: the string is not closed'],
    ['+0 %{ assert 1', '1:4: the code is not closed'],
    ['@', '1:1: expected an event with its time, but found \'@\''],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of times', () => {
  test.each<Case>([
    ['+0.2~+0.1 > . 1:1(0)', '1:7: the time range is backwards'],
    ['+0.1~0.2 > . 1:1(0)', '1:6: expected \'+\' before the second time of a range that begins with +, but found \'0.2\''],
    ['0.1~+0.2 > . 1:1(0)', '1:5: expected an absolute time as the second of the range, but found \'+\''],
    ['-0.1 > . 1:1(0)', '1:1: the time is negative'],
    ['+-1 > . 1:1(0)', '1:2: the time is negative'],
    ['2000000000 > . 1:1(0)', '1:1: the time is out of range'],
    ['* < . 1:1(0) win 1', '1:1: the time * is for outbound packets only'],
    ['+0~+1 < . 1:1(0) win 1', '1:1: a range of times is for outbound packets only'],
    ['* f() = 0', '1:1: the time * is for outbound packets only'],
    ['0~1 `true`', '1:1: a range of times is for outbound packets only'],
    ['* %{ print(1) }%', '1:1: the time * is for outbound packets only'],
    ['0.3...0.1 f() = 0', '1:7: the call ends before it begins'],
    ['0...x f() = 0', '1:5: expected a time in seconds, but found \'x\''],
    ['+a f() = 0', '1:2: expected a time in seconds, but found \'a\''],
    ['0... > . 1:1(0)', '1:6: expected a time in seconds, but found \'>\''],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of flags', () => {
  test.each<Case>([
    ['+0 > .5 1:1(0)', '1:6: the flag AE and digits for the ACE field (Accurate ECN) are not supported'],
    ['+0 > P.5 1:1(0)', '1:8: the flag AE and digits for the ACE field (Accurate ECN) are not supported'],
    ['+0 > SA. 0:0(0)', '1:7: the flag AE and digits for the ACE field (Accurate ECN) are not supported'],
    ['+0 > S5 0:0(0)', '1:7: the flag AE and digits for the ACE field (Accurate ECN) are not supported'],
    ['+0 > SC 0:0(0)', '1:7: unknown TCP flag \'C\''],
    ['+0 > SX 0:0(0)', '1:7: unknown TCP flag \'X\''],
    ['+0 > 1:1(0)', '1:6: expected TCP flags, but found \'1\''],
    ['+0 > ack 1', '1:6: unknown TCP flag \'a\''],
    ['+0 > , 1:1(0)', '1:6: expected TCP flags, but found \',\''],
    ['+0 > ', '1:6: expected TCP flags, but found the end of the script'],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of sequence numbers, windows, ports', () => {
  test.each<Case>([
    ['+0 > . 1:2(0)', '1:8: the sequence numbers and the length disagree: 1 + 0 is not 2'],
    ['+0 > . 4294967296:1(0)', '1:8: the sequence number is out of range: \'4294967296\''],
    ['+0 > . 1:4294967296(1)', '1:10: the end sequence number is out of range: \'4294967296\''],
    ['+0 > . 4294967295:4294967296(1)', '1:19: the end sequence number is out of range: \'4294967296\''],
    ['+0 > . 1:65537(65536)', '1:16: the length is out of range: \'65536\''],
    ['+0 > . 1:65537(65535)', '1:8: the sequence numbers and the length disagree: 1 + 65535 is not 65537'],
    ['+0 > . 0:65500(65500)', '1:8: the segment is too large: 65500 octets'],
    ['+0 > . 1', '1:9: expected \':\' after the sequence number, but found the end of the script'],
    ['+0 > . 1:1', '1:11: expected \'(\' before the length, but found the end of the script'],
    ['+0 > . 1:1(0', '1:13: expected \')\' after the length, but found the end of the script'],
    ['+0 > . -1:0(1)', '1:8: the sequence number is out of range: negative'],
    ['+0 > . x:1(0)', '1:8: expected a number for the sequence number, but found \'x\''],
    ['+0 > . 1:1(0) ack 4294967296', '1:19: the acknowledgment number is out of range: \'4294967296\''],
    ['+0 > . 1:1(0) ack', '1:18: expected a number for the acknowledgment number, but found the end of the script'],
    ['+0 > . 1:1(0) ack -1', '1:19: the acknowledgment number is out of range: negative'],
    ['+0 > . 1:1(0) win 65536', '1:19: the window is out of range: \'65536\''],
    ['+0 > . 1:1(0) urg 65536', '1:19: the urgent pointer is out of range: \'65536\''],
    ['+0 < . 1:1(0) ack 1', '1:20: expected win: an inbound packet says its window, but found the end of the script'],
    ['+0 < . 1:1(0) ack 1 <mss 1>', '1:21: expected win: an inbound packet says its window, but found \'<\''],
    ['+0 > . 1:1(0) win 1 ack 1', '1:21: expected the time of the next event, but found \'ack\''],
    ['+0 > 65536 > 1 . 1:1(0)', '1:6: the source port is out of range: \'65536\''],
    ['+0 > 1 > 65536 . 1:1(0)', '1:10: the destination port is out of range: \'65536\''],
    ['+0 > 1 2 . 1:1(0)', '1:6: expected TCP flags, but found \'1\''],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of the IP header', () => {
  test.each<Case>([
    ['+0 < [ect01] . 1:1(0) win 1', '1:7: [ect01] is for outbound packets only'],
    ['+0 > [ect0,ect1] . 1:1(0)', '1:12: \'ect1\' says again what was said before'],
    ['+0 > [ect0,tos 0x1] . 1:1(0)', '1:12: \'tos\' says again what was said before'],
    ['+0 > [tos 0x100] . 1:1(0)', '1:11: the tos is out of range: \'0x100\''],
    ['+0 > [ttl 256] . 1:1(0)', '1:11: the ttl is out of range: \'256\''],
    ['+0 > [ttl 1,ttl 1] . 1:1(0)', '1:13: \'ttl\' says again what was said before'],
    ['+0 > [flowlabel 0x100000] . 1:1(0)', '1:17: the flow label is out of range: \'0x100000\''],
    ['+0 > [badcksum] . 1:1(0)', '1:7: [badcksum] is for inbound packets only'],
    ['+0 < [badcksum] icmp unreachable', '1:17: [badcksum] is for TCP segments only'],
    ['+0 < [ipopt 7] . 1:1(0) win 1', '1:13: expected IP options in hexadecimal, but found \'7\''],
    ['+0 < [ipopt 0x010100] . 1:1(0) win 1', '1:13: the IP options are not padded: their length is 3, not a multiple of 4'],
    ['+0 < [ipopt 0x01010100, ipopt 0x01010100] . 1:1(0) win 1', '1:25: \'ipopt\' says again what was said before'],
    [`+0 < [ipopt 0x${'00'.repeat(44)}] . 1:1(0) win 1`, '1:13: the IP option area of 44 octets is too long'],
    ['+0 < [src 1] . 1:1(0) win 1', '1:11: expected an address in quotes, but found \'1\''],
    ['+0 < [dst "host"] . 1:1(0) win 1', '1:11: \'host\' is not an IP address'],
    ['+0 < . 1:1(0) win 1 <octets 2>', '1:29: expected octets in hexadecimal, but found \'2\''],
    ['+0 > [dscp 1] . 1:1(0)', '1:7: expected something of the IP header, but found \'dscp\''],
    ['+0 > [ect0) . 1:1(0)', '1:11: expected \']\' after what is said of the IP header, but found \')\''],
    ['+0 > [] . 1:1(0)', '1:7: expected something of the IP header, but found \']\''],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of other protocols', () => {
  test.each<Case>([
    ['+0 > udp (1000)', '1:6: UDP packets are not supported'],
    ['+0 > ipv4 192.0.2.1 > 192.0.2.2: . 1:1(0)', '1:6: packets inside IPv4 are not supported'],
    ['+0 > ipv6 ::1 > ::2: . 1:1(0)', '1:6: packets inside IPv6 are not supported'],
    ['+0 > gre: . 1:1(0)', '1:6: packets inside GRE are not supported'],
    ['+0 > GREv0: . 1:1(0)', '1:6: packets inside GRE are not supported'],
    ['+0 > mpls (label 1): . 1:1(0)', '1:6: packets inside MPLS are not supported'],
    ['+0 < . 1:1(0) win 1 <nop,nop,nop,nop> {mut tcp mss}', '1:39: mutations of packets ({mut …}) are not supported'],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of ICMP', () => {
  test.each<Case>([
    ['+0 < icmp', '1:10: expected an ICMP type, but found the end of the script'],
    ['+0 < icmp nonsense', '1:11: unknown ICMP type \'nonsense\''],
    ['+0 < icmp type_256', '1:11: unknown ICMP type \'type_256\''],
    ['+0 < icmp unreachable nonsense', '1:23: unknown ICMP code \'nonsense\' of \'unreachable\''],
    ['+0 < icmp source_quench host_unreachable', '1:25: unknown ICMP code \'host_unreachable\' of \'source_quench\''],
    ['+0 < icmp unreachable code_256', '1:23: unknown ICMP code \'code_256\' of \'unreachable\''],
    ['+0 < icmp echo_request id 5', '1:24: the id of ICMP echoes is not supported'],
    ['+0 < icmp unreachable mtu 4294967296', '1:27: the mtu is out of range: \'4294967296\''],
    ['+0 < icmp unreachable [1:3(1)]', '1:24: the sequence numbers and the length disagree: 1 + 1 is not 3'],
    ['+0 < icmp unreachable [raw (8)]', '1:24: raw octets in ICMP are not supported'],
    ['+0 < icmp unreachable [udp 8]', '1:28: expected \'(\' before the length, but found \'8\''],
    ['+0 < icmp unreachable [1:2(1)', '1:30: expected \']\' after what is quoted, but found the end of the script'],
    ['+0 < icmp constructor', '1:11: unknown ICMP type \'constructor\''],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of TCP options', () => {
  test.each<Case>([
    ['+0 < . 1:1(0) win 1 <...>', '1:22: <...> is for outbound packets only'],
    ['+0 > . 1:1(0) <>', '1:16: expected a TCP option, but found \'>\''],
    ['+0 > . 1:1(0) <mss>', '1:19: expected a number for the mss, but found \'>\''],
    ['+0 > . 1:1(0) <mss 65536>', '1:20: the mss is out of range: \'65536\''],
    ['+0 > . 1:1(0) <wscale 256>', '1:23: the window scale is out of range: \'256\''],
    ['+0 > . 1:1(0) <TS 1 ecr 2>', '1:19: expected \'val\' after TS, but found \'1\''],
    ['+0 > . 1:1(0) <TS val 1>', '1:24: expected \'ecr\' after the timestamp, but found \'>\''],
    ['+0 > . 1:1(0) <TS val 4294967296 ecr 0>', '1:23: the timestamp is out of range: \'4294967296\''],
    ['+0 > . 1:1(0) <TS val 1 ecr 4294967296>', '1:29: the echoed timestamp is out of range: \'4294967296\''],
    ['+0 > . 1:1(0) <sack>', '1:20: expected a number for a SACK block\'s left edge, but found \'>\''],
    ['+0 > . 1:1(0) <sack 1>', '1:22: expected \':\' between the edges of a SACK block, but found \'>\''],
    ['+0 > . 1:1(0) <nop,nop,sack 1:2 1:2 1:2 1:2 1:2>', '1:45: more than 4 SACK blocks'],
    ['+0 > . 1:1(0) <sack 1:4294967296>', '1:23: a SACK block\'s right edge is out of range: \'4294967296\''],
    ['+0 > . 1:1(0) <nop>', '1:15: the TCP options are not padded: their length is 1, not a multiple of 4'],
    ['+0 > . 1:1(0) <mss 1 nop>', '1:22: expected , or > after a TCP option, but found \'nop\''],
    ['+0 > . 1:1(0) <mss 1,>', '1:22: expected a TCP option, but found \'>\''],
    ['+0 > . 1:1(0) <...,nop>', '1:19: expected \'>\' after ..., but found \',\''],
    ['+0 > . 1:1(0) <md5 0102>', '1:16: the TCP option \'md5\' (MD5 signatures) is not supported'],
    ['+0 > . 1:1(0) <mp_capable 1>', '1:16: the TCP option \'mp_capable\' (Multipath TCP) is not supported'],
    ['+0 > . 1:1(0) <accecn 1>', '1:16: the TCP option \'accecn\' (Accurate ECN) is not supported'],
    ['+0 > . 1:1(0) <exp 1>', '1:16: the TCP option \'exp\' (experimental options) is not supported'],
    ['+0 > . 1:1(0) <constructor>', '1:16: unknown TCP option \'constructor\''],
    ['+0 > . 1:1(0) <user 5>', '1:16: unknown TCP option \'user\''],
    ['+0 > . 1:1(0) <FO 012>', '1:19: the cookie has an odd number of digits'],
    ['+0 > . 1:1(0) <FO 0x01>', '1:19: the cookie begins with 0x'],
    ['+0 > . 1:1(0) <FO cookie>', '1:19: the cookie \'cookie\' is not hexadecimal'],
    [`+0 > . 1:1(0) <FO ${'00'.repeat(39)}>`, '1:19: the cookie of 39 octets is too long'],
    ['+0 > . 1:1(0) <opt 1 0x00>', '1:20: an option of kind 1 has no length'],
    ['+0 > . 1:1(0) <opt 0>', '1:20: an option of kind 0 has no length'],
    ['+0 > . 1:1(0) <opt 256>', '1:20: the option\'s kind is out of range: \'256\''],
    ['+0 > . 1:1(0) <opt 28 0x123>', '1:23: the option has an odd number of digits'],
    ['+0 > . 1:1(0) <opt 28 1234>', '1:23: expected , or > after a TCP option, but found \'1234\''],
    ['+0 > . 1:1(0) <TS val 1 ecr 2,TS val 1 ecr 2,TS val 1 ecr 2,TS val 1 ecr 2,nop,nop,nop,nop>', '1:15: the TCP options are too long: 44 octets'],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of calls', () => {
  test.each<Case>([
    ['+0 f(1 = 0', '1:8: expected , or ) after the arguments of \'f\', but found \'=\''],
    ['+0 f(1,) = 0', '1:8: expected a value, but found \')\''],
    ['+0 f(1)', '1:8: expected \'=\' and what the call returns, but found the end of the script'],
    ['+0 f(1) 0', '1:9: expected \'=\' and what the call returns, but found \'0\''],
    ['+0 f(1) =', '1:10: expected a value, but found the end of the script'],
    ['+0 f(1.5) = 0', '1:6: \'1.5\' is not a whole number'],
    ['+0 f(9007199254740992) = 0', '1:6: the number is out of range: \'9007199254740992\''],
    ['+0 f(g(1)) = 0', '1:6: unknown function \'g\' in an expression'],
    ['+0 f(htons()) = 0', '1:6: htons() takes one argument: a port'],
    ['+0 f(htons(1, 2)) = 0', '1:6: htons() takes one argument: a port'],
    ['+0 f(inet_addr(5)) = 0', '1:6: inet_addr() takes an address as "text"'],
    ['+0 f("a"...) = 0', '1:9: a string that goes on ("text"...) is not supported'],
    ['+0 f("\\q") = 0', '1:7: unknown escape \'\\q\' in a string'],
    ['+0 f("\\x0g") = 0', '1:7: \\x wants two hexadecimal digits'],
    ['+0 f("\\012") = 0', '1:7: unknown escape \'\\0\' in a string'],
    ['+0 f([1) = 0', '1:8: expected , or ] after the list, but found \')\''],
    ['+0 f({a=1) = 0', '1:10: expected , or } after the struct, but found \')\''],
    ['+0 f({a=}) = 0', '1:9: expected a value, but found \'}\''],
    ['+0 f({1=2}) = 0', '1:8: expected , or } after the value, but found \'=\''],
    ['+0 f({a(1,2)=3}) = 0', '1:7: \'a\' takes one count in parentheses'],
    ['+0 f({scm_sec=1, scm_nsec=2}) = 0', '1:7: struct scm_timestamping is not supported (\'scm_sec\')'],
    ['+0 f({ee_errno=1}) = 0', '1:7: struct sock_extended_err is not supported (\'ee_errno\')'],
    ['+0 f({flags 0x1, sum 1}) = 0', '1:7: GRE headers are not supported'],
    ['+0 f(1 + 2) = 0', '1:8: expected , or ) after the arguments of \'f\', but found \'+\''],
    ['+0 f(1 & 2) = 0', '1:8: expected , or ) after the arguments of \'f\', but found \'&\''],
    ['+0 f(a=1) = 0', '1:7: expected , or ) after the arguments of \'f\', but found \'=\''],
    ['+0 f(1|) = 0', '1:8: expected a value, but found \')\''],
    ['+0 f() = -1 EAGAIN (no end\n+0 g() = 0', '1:20: the note in parentheses is not closed'],
    [`+0 f(${'['.repeat(101)}) = 0`, '1:105: nested more than 100 deep'],
    [`+0 f${'('.repeat(101)}() = 0`, '1:105: nested more than 100 deep'],
    [`+0 f(${'~'.repeat(101)}1) = 0`, '1:105: nested more than 100 deep'],
    [`+0 f(${'1|'.repeat(1001)}1) = 0`, '1:2007: more than 1000 operators in one expression'],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('refused of code', () => {
  test.each<Case>([
    ['+0 %{ import os }%', '1:7: not supported in code: import'],
    ['+0 %{ from a import b }%', '1:7: not supported in code: import (\'from\')'],
    ['+0 %{ if 1: pass }%', '1:7: not supported in code: if'],
    ['+0 %{ for x in y: }%', '1:7: not supported in code: for'],
    ['+0 %{ while 1: }%', '1:7: not supported in code: while'],
    ['+0 %{ def f(): }%', '1:7: not supported in code: functions (\'def\')'],
    ['+0 %{ x = 1 }%', '1:7: not supported in code: assignments (\'=\')'],
    ['+0 %{ x += 1 }%', '1:7: not supported in code: assignments (\'+=\')'],
    ['+0 %{ assert x = 1 }%', '1:16: not supported in code: assignments (\'=\')'],
    ['+0 %{ assert }%', '1:14: expected a value, but found the end of the code'],
    ['+0 %{ assert 1 2 }%', '1:16: expected the end of the statement, but found \'2\''],
    ['+0 %{ assert 1, }%', '1:17: expected a value, but found the end of the code'],
    ['+0 %{ print 1 }%', '1:13: expected ( after print, but found \'1\''],
    ['+0 %{ print(1 }%', '1:15: expected , or ) after what is printed, but found the end of the code'],
    ['+0 %{ foo }%', '1:7: \'foo\' begins no statement'],
    ['+0 %{ foo(1) }%', '1:7: \'foo\' begins no statement'],
    ['+0 %{ 1 }%', '1:7: expected a statement, but found \'1\''],
    ['+0 %{ assert foo(1) }%', '1:14: unknown function \'foo\' in code'],
    ['+0 %{ assert a.b }%', '1:15: not supported in code: attributes (\'.\')'],
    ['+0 %{ assert a[0] }%', '1:15: not supported in code: lists and subscripts (\'[\')'],
    ['+0 %{ assert [1] }%', '1:14: not supported in code: lists and subscripts (\'[\')'],
    ['+0 %{ assert {1} }%', '1:14: not supported in code: dictionaries and sets (\'{\')'],
    ['+0 %{ assert a in b }%', '1:16: not supported in code: the operator in (\'in\')'],
    ['+0 %{ assert a not in b }%', '1:16: not supported in code: the operator not in (\'not\')'],
    ['+0 %{ assert a is b }%', '1:16: not supported in code: the operator is (\'is\')'],
    ['+0 %{ assert 1 if a else 2 }%', '1:16: not supported in code: conditional expressions (\'if\')'],
    ['+0 %{ assert lambda: 1 }%', '1:14: not supported in code: lambda'],
    ['+0 %{ assert None }%', '1:14: not supported in code: None'],
    ['+0 %{ assert () }%', '1:14: not supported in code: tuples'],
    ['+0 %{ assert (1, 2) }%', '1:16: not supported in code: tuples'],
    ['+0 %{ assert (1 }%', '1:17: expected ) after the expression, but found the end of the code'],
    ['+0 %{ assert 1) }%', '1:15: expected the end of the statement, but found \')\''],
    ['+0 %{ assert "open }%', '1:14: the string is not closed'],
    ['+0 %{ assert \'open }%', '1:14: the string is not closed'],
    ['+0 %{ assert """x""" }%', '1:14: not supported in code: strings in triple quotes'],
    ['+0 %{ assert f"x" }%', '1:14: not supported in code: strings with a prefix (f"…")'],
    ['+0 %{ assert 0777 }%', '1:14: a whole number may not begin with 0'],
    ['+0 %{ assert 0b1 }%', '1:14: this is not a number of the supported forms'],
    ['+0 %{ assert 1_000 }%', '1:14: this is not a number of the supported forms'],
    ['+0 %{ assert 1e999 }%', '1:14: the number is too large'],
    ['+0 %{ assert 1 ++ }%', '1:19: expected a value, but found the end of the code'],
    ['+0 %{ assert 1 + not 2 }%', '1:18: expected a value, but found \'not\''],
    ['+0 %{ assert ? }%', '1:14: \'?\' means nothing in code'],
    ['+0 %{ assert $x }%', '1:14: \'$\' means nothing in code'],
    ['+0 %{ assert 1 \\ 2 }%', '1:16: a backslash continues a line, so nothing may follow it'],
    ['+0 %{ assert a and }%', '1:20: expected a value, but found the end of the code'],
    ['+0 %{ assert and }%', '1:14: expected a value, but found \'and\''],
    ['+0 %{ assert abs(1 }%', '1:20: expected , or ) after the arguments of abs(), but found the end of the code'],
    ['+0 %{ assert "\\q" }%', '1:15: unknown escape \'\\q\' in a string'],
    ['+0 %{ assert a := 1 }%', '1:16: not supported in code: assignments (\':=\')'],
    [`+0 %{ assert ${'('.repeat(101)} }%`, '1:114: nested more than 100 deep'],
    [`+0 %{ assert ${'-'.repeat(101)}1 }%`, '1:114: nested more than 100 deep'],
    [`+0 %{ assert ${'1+'.repeat(1001)}1 }%`, '1:2015: more than 1000 operators in one expression'],
    [`+0 %{ assert ${'2**'.repeat(101)}1 }%`, '1:315: nested more than 100 deep'],
    ['+0 %{ assert 1\n  assert 2 3 }%', '2:12: expected the end of the statement, but found \'3\''],
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('a ScriptError', () => {
  const error = (text: string): ScriptError => {
    try {
      parseScript(text, 'dir/some.pkt');
    } catch (caught) {
      if (caught instanceof ScriptError) return caught;
    }
    throw new Error('accepted');
  };

  test('names the file and shows the line with a caret under the column, tabs kept, and what mends it', () => {
    expect(error('+0 f() = 0\r\n\t+0 > . 1:2(0)\r\n').toString()).toBe(
      'dir/some.pkt:2:9: the sequence numbers and the length disagree: 1 + 0 is not 2\n    \t+0 > . 1:2(0)\n    \t       ^\n  to mend it: write 1:1(0)');
  });

  test('has its parts as properties', () => {
    const { file, line, column, message, mend } = error('+0 > . 1:1(0) win 70000');
    expect({ file, line, column, message, mend }).toEqual({ file: 'dir/some.pkt', line: 1, column: 19, message: 'the window is out of range: \'70000\'', mend: '0 … 65535' });
  });

  test('points behind the last character where the text ends too early', () => {
    expect(error('+0 > .\n').toString()).toContain('dir/some.pkt:2:1: expected a number for the sequence number, but found the end of the script');
  });

  test('cuts short what it quotes', () => {
    expect(error(`+0 ${'x'.repeat(1000)}`).message.length).toBeLessThan(120);
    expect(error(`+0 f(${'y'.repeat(1000)}(1)) = 0`).message.length).toBeLessThan(120);
  });

  test('refuses a script without end', () => {
    expect(error(' '.repeat(SCRIPT_LIMIT + 1)).message).toContain('longer than');
  });

  test.each([['a string', '"'], ['a command', '`'], ['a comment', '//'], ['nothing', ''], ['parentheses', '('], ['an option line', '--x=']])('is what comes of four million characters in %s', (_what, start) => {
    expect(error(start + (start === '(' ? '(' : ' ').repeat(SCRIPT_LIMIT - 10))).toBeInstanceOf(ScriptError);
  });
});
