/** Everything the parser takes, and the tree it makes of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsOf } from '../../../src/script/option-lines.js';
import { parseScript } from '../../../src/script/parse.js';
import { bare, parseEvent } from './support.js';

const said = (text: string): Record<string, unknown> => bare(parseEvent(text)) as Record<string, unknown>;
const PACKET = '+0 > . 1:1(0)';

describe('times', () => {
  test.each([
    ['0', { kind: 'absolute', from: 0 }],
    ['1.05', { kind: 'absolute', from: 1_050_000 }],
    ['.5', { kind: 'absolute', from: 500_000 }],
    ['+.1', { kind: 'relative', from: 100_000 }],
    ['+ 0', { kind: 'relative', from: 0 }],
    ['+0.000001', { kind: 'relative', from: 1 }],
    ['0.29', { kind: 'absolute', from: 290_000 }],
    ['1~2.5', { kind: 'absolute', from: 1_000_000, to: 2_500_000 }],
    ['+0.1~+0.2', { kind: 'relative', from: 100_000, to: 200_000 }],
    ['*', { kind: 'any' }],
  ])('%s', (time, expected) => {
    expect(said(`${time} > . 1:1(0)`).time).toEqual(expected);
  });

  test.each([['0.1...0.3', 100_000, 300_000], ['+0...0.2', 0, 200_000], ['+.1 ... 1', 100_000, 1_000_000], ['1...2', 1_000_000, 2_000_000]])('%s is a call that blocks', (time, from, endTime) => {
    expect(said(`${time} f() = 0`)).toMatchObject({ kind: 'call', time: { from }, endTime });
  });
});

describe('TCP packets', () => {
  test.each(['.', '-', 'S', 'S.', 'P.', 'F.', 'R', 'R.', 'FP.', 'SF', 'SEW', 'SE.', 'U.', 'FSRPUEW.'])('flags %s', (flags) => {
    expect(said(`+0 > ${flags} 1:1(0)`)).toMatchObject({ flags, protocol: 'tcp', direction: 'out' });
  });

  test('nothing but flags and sequence numbers', () => {
    expect(said('+0 > P. 1:1001(1000)')).toEqual({ kind: 'packet', protocol: 'tcp', direction: 'out', time: { kind: 'relative', from: 0 }, ip: {}, flags: 'P.', seq: 1, seqEnd: 1001, length: 1000 });
  });

  test('everything that can be said', () => {
    expect(said('+0 < [ce] 5001 > 8080 U. 4294967290:4294967295(5) ack 4294967295 win 65535 urg 65535 <nop,nop,nop,nop>')).toMatchObject({
      direction: 'in', ip: { ecn: 'ce' }, ports: { from: 5001, to: 8080 }, seq: 4294967290, seqEnd: 4294967295, length: 5, ack: 4294967295, window: 65535, urgent: 65535,
    });
  });

  test.each([
    ['[noecn]', { ecn: 'noecn' }], ['[ect0]', { ecn: 'ect0' }], ['(ect1)', { ecn: 'ect1' }], ['[ect01]', { ecn: 'ect01' }], ['[tos 0x10]', { tos: 16 }], ['[ttl 255]', { ttl: 255 }],
    ['[flowlabel 0xfffff]', { flowLabel: 0xfffff }], ['[ect0, flowlabel 0x1, ttl 5]', { ecn: 'ect0', flowLabel: 1, ttl: 5 }],
  ])('of the IP header: %s', (ip, expected) => {
    expect(said(`+0 > ${ip} . 1:1(0)`).ip).toEqual(expected);
  });

  test.each([
    ['<...>', 'any'],
    ['< ... >', 'any'],
    ['<mss 1460>', [{ kind: 'mss', value: 1460 }]],
    ['<nop,eol,sackOK>', [{ kind: 'nop' }, { kind: 'eol' }, { kind: 'sackOK' }]],
    ['<nop, wscale 255>', [{ kind: 'nop' }, { kind: 'wscale', value: 255 }]],
    ['<TS val 4294967295 ecr 0,nop,nop>', [{ kind: 'TS', value: 4294967295, echo: 0 }, { kind: 'nop' }, { kind: 'nop' }]],
    ['<nop,nop,sack 1:2 3:4>', [{ kind: 'nop' }, { kind: 'nop' }, { kind: 'sack', blocks: [{ left: 1, right: 2 }, { left: 3, right: 4 }] }]],
    ['<FO,nop,nop>', [{ kind: 'FO', cookie: new Uint8Array(0) }, { kind: 'nop' }, { kind: 'nop' }]],
    ['<FO 01aB>', [{ kind: 'FO', cookie: Uint8Array.of(1, 0xab) }]],
    ['<FO 0123>', [{ kind: 'FO', cookie: Uint8Array.of(1, 0x23) }]],
    ['<FOEXP>', [{ kind: 'FOEXP', cookie: new Uint8Array(0) }]],
    ['<FOEXP 8b3baa01>', [{ kind: 'FOEXP', cookie: Uint8Array.of(0x8b, 0x3b, 0xaa, 1) }]],
    ['<FO TFO_COOKIE>', [{ kind: 'FO', cookie: new Uint8Array(0), variable: 'TFO_COOKIE' }]],
    ['<opt 28 0x8005>', [{ kind: 'raw', number: 28, octets: Uint8Array.of(0x80, 5) }]],
    ['<octets 0x02030405>', [{ kind: 'octets', octets: Uint8Array.of(2, 3, 4, 5) }]],
    ['<opt 254,nop,nop>', [{ kind: 'raw', number: 254, octets: new Uint8Array(0) }, { kind: 'nop' }, { kind: 'nop' }]],
  ])('options %s', (options, expected) => {
    expect(said(`+0 > . 1:1(0) ${options}`).options).toEqual(expected);
  });
});

describe('ICMP packets', () => {
  test.each([
    ['unreachable', { type: 'unreachable' }],
    ['unreachable frag_needed mtu 1200 [1:1461(1460)]', { type: 'unreachable', code: 'frag_needed', mtu: 1200, echoed: { protocol: 'tcp', seq: 1, length: 1460 } }],
    ['unreachable host_unreachable mtu 1200 [1:1001(1000)]', { type: 'unreachable', code: 'host_unreachable', mtu: 1200, echoed: { protocol: 'tcp', seq: 1, length: 1000 } }],
    ['packet_too_big mtu 1280', { type: 'packet_too_big', mtu: 1280 }],
    ['time_exceeded exceeded_hop_limit', { type: 'time_exceeded', code: 'exceeded_hop_limit' }],
    ['unreachable port_unreachable [udp (100)]', { type: 'unreachable', code: 'port_unreachable', echoed: { protocol: 'udp', seq: 0, length: 100 } }],
    ['type_3 code_04', { type: '3', code: '4' }],
  ])('%s', (message, expected) => {
    expect(said(`+0 < icmp ${message}`)).toEqual({ kind: 'packet', protocol: 'icmp', direction: 'in', time: { kind: 'relative', from: 0 }, ip: {}, ...expected });
  });
});

const integer = (value: number): object => ({ kind: 'integer', value });
const symbol = (name: string): object => ({ kind: 'symbol', name });
const ANY = { kind: 'ellipsis' };

describe('calls', () => {
  test.each([
    ['5', integer(5)], ['-5', integer(-5)], ['0xff', integer(255)], ['-0x1', integer(-1)], ['"text"', { kind: 'string', value: 'text' }], ['"a" "b"\n"c"', { kind: 'string', value: 'abc' }],
    ['"\\x41\\n\\\\\\"\\t\\r\\0"', { kind: 'string', value: 'A\n\\"\t\r\0' }], ['...', ANY], ['SO_REUSEADDR', symbol('SO_REUSEADDR')],
    ['A|B|1', { kind: 'binary', operator: '|', left: { kind: 'binary', operator: '|', left: symbol('A'), right: symbol('B') }, right: integer(1) }],
    ['~A|B', { kind: 'binary', operator: '|', left: { kind: 'unary', operator: '~', operand: symbol('A') }, right: symbol('B') }],
    ['~(A|B)', { kind: 'unary', operator: '~', operand: { kind: 'binary', operator: '|', left: symbol('A'), right: symbol('B') } }],
    ['[1, [2], []]', { kind: 'list', items: [integer(1), { kind: 'list', items: [integer(2)] }, { kind: 'list', items: [] }] }],
    ['{..., 1000}', { kind: 'struct', fields: [{ name: '', value: ANY }, { name: '', value: integer(1000) }] }],
    ['{onoff=1, linger=0}', { kind: 'struct', fields: [{ name: 'onoff', value: integer(1) }, { name: 'linger', value: integer(0) }] }],
    ['{events=EPOLLIN, fd=4}', { kind: 'struct', fields: [{ name: 'events', value: symbol('EPOLLIN') }, { name: 'fd', value: integer(4) }] }],
    ['{sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("192.0.2.1")}', {
      kind: 'struct', fields: [
        { name: 'sa_family', value: symbol('AF_INET') }, { name: 'sin_port', value: { kind: 'apply', name: 'htons', args: [integer(80)] } },
        { name: 'sin_addr', value: { kind: 'apply', name: 'inet_addr', args: [{ kind: 'string', value: '192.0.2.1' }] } },
      ],
    }],
    ['{msg_name(...)=..., msg_iov(1)=[{..., 5}], msg_flags=0, msg_control=[{cmsg_level=SOL_TCP, cmsg_type=X, cmsg_data=7}]}', {
      kind: 'struct', fields: [
        { name: 'msg_name', count: ANY, value: ANY },
        { name: 'msg_iov', count: integer(1), value: { kind: 'list', items: [{ kind: 'struct', fields: [{ name: '', value: ANY }, { name: '', value: integer(5) }] }] } },
        { name: 'msg_flags', value: integer(0) },
        { name: 'msg_control', value: { kind: 'list', items: [{ kind: 'struct', fields: [{ name: 'cmsg_level', value: symbol('SOL_TCP') }, { name: 'cmsg_type', value: symbol('X') }, { name: 'cmsg_data', value: integer(7) }] }] } },
      ],
    }],
    ['[{fd=4, events=POLLIN, revents=0}]', { kind: 'list', items: [{ kind: 'struct', fields: [{ name: 'fd', value: integer(4) }, { name: 'events', value: symbol('POLLIN') }, { name: 'revents', value: integer(0) }] }] }],
  ])('argument %s', (argument, expected) => {
    expect(said(`+0 f(${argument}) = 0`).args).toEqual([expected]);
  });

  test.each([
    ['3', { result: integer(3) }], ['0x2', { result: integer(2) }], ['...', { result: ANY }], ['-1 EAGAIN', { result: integer(-1), errno: 'EAGAIN' }],
    ['-1 EAGAIN (Resource temporarily unavailable)', { result: integer(-1), errno: 'EAGAIN', note: 'Resource temporarily unavailable' }],
    ['0x802 (flags  O_RDWR|O_NONBLOCK, it\'s "//")', { result: integer(0x802), note: 'flags O_RDWR|O_NONBLOCK, it\'s "//"' }],
    ['O_RDWR (a note)', { result: symbol('O_RDWR'), note: 'a note' }],
  ])('result %s', (result, expected) => {
    expect(said(`+0 f() = ${result}`)).toEqual({ kind: 'call', time: { kind: 'relative', from: 0 }, name: 'f', args: [], ...expected });
  });

  test('positions are those of the name, of each argument and of the errno', () => {
    expect(parseEvent(' +0 read(4, ...,\n  X|1) = -1 EAGAIN')).toMatchObject({
      at: { line: 1, column: 2 }, nameAt: { line: 1, column: 5 }, errnoAt: { line: 2, column: 13 }, args: [{ at: { line: 1, column: 10 } }, { at: { line: 1, column: 13 } }, { at: { line: 2, column: 4 }, left: { at: { line: 2, column: 3 } } }],
    });
  });
});

describe('scripts', () => {
  test('options, set-up, events and clean-up in order', () => {
    const script = parseScript('--mtu=1500 --dry_run\n--local_ip=192.0.2.1\n--x="a b"\n`one\ntwo`\n`three`\n+0 `four`\n+0 %{ print(1) }%\n`five`\n', 'x.pkt');
    expect(script.options.map(({ at, name, value }) => [at.line, name, value])).toEqual([[1, 'mtu', '1500'], [1, 'dry_run', undefined], [2, 'local_ip', '192.0.2.1'], [3, 'x', 'a b']]);
    expect(script.setUp).toEqual([{ at: { line: 4, column: 1 }, text: 'one\ntwo' }, { at: { line: 6, column: 1 }, text: 'three' }]);
    expect(script.events.map(({ kind }) => kind)).toEqual(['command', 'code']);
    expect(script.cleanUp.map(({ text }) => text)).toEqual(['five']);
    expect(script.file).toBe('x.pkt');
  });

  test('comments of all kinds are passed over, blank lines and carriage returns too', () => {
    expect(parseScript(`\uFEFF#!shebang\r\n// one\r\n/* two\n */ ${PACKET} /* three */ ack /**/ 1 // four\n\n# five\n${PACKET} # six\n// seven`, 'x').events).toHaveLength(2);
  });

  test('an event\'s text is on one line and without comments', () => {
    expect(parseEvent('+.1   <  . 1:1(0)  // why\n   ack 1   win 5').text).toBe('+.1 < . 1:1(0) ack 1 win 5');
    expect(parseEvent('+0 `a\n   b`').text).toBe('+0 `a b`');
    expect(parseEvent('+0 %{\nassert a == 1 # why\nprint(2)\n}%').text).toBe('+0 %{ assert a == 1; print(2) }%');
  });

  test('what --define says is known by name; a command by name is put in place', () => {
    const script = parseScript('--define=A=IPPROTO_TCP\n--define=B="some text"\n--define=C=`rm x`\n--define=A=5\nC\n+0 C\n+0 f(A) = 0\nC', 'x');
    expect([...definitionsOf(script)]).toEqual([
      ['A', { name: 'A', kind: 'word', value: '5' }], ['B', { name: 'B', kind: 'string', value: 'some text' }], ['C', { name: 'C', kind: 'command', value: 'rm x' }],
    ]);
    expect([script.setUp, script.cleanUp].map((commands) => commands.map(({ text }) => text))).toEqual([['rm x'], ['rm x']]);
    expect(bare(script.events)).toMatchObject([{ kind: 'command', command: { text: 'rm x' } }, { kind: 'call', args: [symbol('A')] }]);
  });

  const folder = join(__dirname, '../../script');
  test.each(readdirSync(folder).filter((name) => name.endsWith('.pkt')))('our own %s parses', (name) => {
    expect(parseScript(readFileSync(join(folder, name), 'utf8'), name).events.length).toBeGreaterThan(3);
  });
});
