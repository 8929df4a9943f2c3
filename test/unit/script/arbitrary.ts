/** Scripts made at random, as trees: for round trips, and printed as what the mutations start from. */
import fc from 'fast-check';
import type { CodeExpression, Expression, Field, IcmpPacketEvent, PacketOption, Position, Script, ScriptEvent, Statement, TcpPacketEvent } from '../../../src/script/ast.js';

const at: Position = { line: 1, column: 1 };
const BASE = { at, text: '' };

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/).filter((w) => !/^(?:htons|inet_addr|inet6_addr|scm_.*|ee_.*)$/.test(w));
const text = fc.oneof(fc.string({ maxLength: 12 }), fc.fullUnicodeString({ maxLength: 6 }), fc.constantFrom('}%', '"', '\\', '`', '\n\t\r', '\x00\x7f', '// #'));
const u16 = fc.oneof(fc.constantFrom(0, 1, 65535), fc.nat(65535));
const u32 = fc.oneof(fc.constantFrom(0, 1, 0xffffffff), fc.integer({ min: 0, max: 0xffffffff }));
const octets = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const { expression } = fc.letrec<{ expression: Expression; field: Field }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.record({ kind: fc.constant('integer' as const), at: fc.constant(at), value: fc.oneof(fc.integer({ min: -10, max: 5000 }), fc.maxSafeInteger()) }),
    fc.record({ kind: fc.constant('string' as const), at: fc.constant(at), value: text }),
    fc.constant({ kind: 'ellipsis' as const, at }),
    fc.record({ kind: fc.constant('symbol' as const), at: fc.constant(at), name: word }),
    fc.record({ kind: fc.constant('binary' as const), at: fc.constant(at), operator: fc.constant('|'), left: tie('expression'), right: tie('expression') }),
    fc.record({ kind: fc.constant('unary' as const), at: fc.constant(at), operator: fc.constantFrom('~' as const, '-' as const), operand: tie('expression') }),
    fc.record({ kind: fc.constant('list' as const), at: fc.constant(at), items: fc.array(tie('expression'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('struct' as const), at: fc.constant(at), fields: fc.array(tie('field'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('apply' as const), at: fc.constant(at), name: fc.constant('htons'), args: fc.tuple(tie('expression')) }),
    fc.record({
      kind: fc.constant('apply' as const), at: fc.constant(at), name: fc.constantFrom('inet_addr', 'inet6_addr'),
      args: fc.tuple(fc.record({ kind: fc.constant('string' as const), at: fc.constant(at), value: text })),
    }),
  ),
  field: fc.oneof(
    fc.record({ at: fc.constant(at), name: fc.constant(''), value: tie('expression') }),
    fc.record({ at: fc.constant(at), name: word, value: tie('expression') }),
    fc.record({ at: fc.constant(at), name: word, count: tie('expression'), value: tie('expression') }),
  ),
}));

const codeName = word.map((w) => `tcpi_${w}`);
const { code } = fc.letrec<{ code: CodeExpression }>((tie) => ({
  code: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.record({ kind: fc.constant('number' as const), at: fc.constant(at), value: fc.oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)) }),
    fc.record({ kind: fc.constant('string' as const), at: fc.constant(at), value: text }),
    fc.record({ kind: fc.constant('name' as const), at: fc.constant(at), name: codeName }),
    fc.record({ kind: fc.constant('unary' as const), at: fc.constant(at), operator: fc.constantFrom('-' as const, '+' as const, '~' as const, 'not' as const), operand: tie('code') }),
    fc.record({
      kind: fc.constant('binary' as const), at: fc.constant(at),
      operator: fc.constantFrom('or', 'and', '|', '^', '&', '<<', '>>', '+', '-', '*', '/', '//', '%', '**'), left: tie('code'), right: tie('code'),
    }),
    fc.array(fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('code')), { minLength: 1, maxLength: 3 }).chain((rest) => tie('code').map((first) => ({
      kind: 'comparison' as const, at, operators: rest.map(([operator]) => operator), operands: [first, ...rest.map(([, operand]) => operand)],
    }))),
    fc.record({ kind: fc.constant('apply' as const), at: fc.constant(at), name: fc.constantFrom('abs', 'min', 'max', 'int', 'float', 'round', 'len'), args: fc.array(tie('code'), { maxLength: 3 }) }),
  ),
}));
export { code as arbitraryCode, expression as arbitraryExpression };

const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({ ...constants(BASE), kind: fc.constant('assert' as const), condition: code, message: optional(code) }),
  fc.record({ ...constants(BASE), kind: fc.constant('print' as const), condition: code, rest: optional(fc.array(code, { minLength: 1, maxLength: 2 })) }),
);

function constants<T extends object>(values: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fc.constant(value)])) as { [K in keyof T]: fc.Arbitrary<T[K]> };
}

const option: fc.Arbitrary<PacketOption> = fc.oneof(
  fc.constantFrom('nop' as const, 'eol' as const, 'sackOK' as const).map((kind) => ({ kind, at })),
  u16.map((value) => ({ kind: 'mss' as const, at, value })),
  fc.nat(255).map((value) => ({ kind: 'wscale' as const, at, value })),
  fc.tuple(u32, u32).map(([value, echo]) => ({ kind: 'TS' as const, at, value, echo })),
  fc.array(fc.record({ left: u32, right: u32 }), { minLength: 1, maxLength: 4 }).map((blocks) => ({ kind: 'sack' as const, at, blocks })),
  fc.tuple(fc.constantFrom('FO' as const, 'FOEXP' as const), octets(18)).map(([kind, cookie]) => ({ kind, at, cookie })),
  fc.tuple(fc.constantFrom('FO' as const, 'FOEXP' as const), fc.constantFrom('TFO_COOKIE', 'X')).map(([kind, variable]) => ({ kind, at, cookie: new Uint8Array(0), variable })),
  octets(20).filter((data) => data.length > 0).map((data) => ({ kind: 'octets' as const, at, octets: data })),
  fc.tuple(fc.integer({ min: 2, max: 255 }), octets(20)).map(([number, data]) => ({ kind: 'raw' as const, at, number, octets: data })),
);

/** As long as a header allows, and padded. */
function fitted(options: readonly PacketOption[]): PacketOption[] {
  const kept: PacketOption[] = [];
  let length = 0;
  for (const next of options) {
    const octetsOf = lengthOf(next);
    if (length + octetsOf > 40) continue;
    kept.push(next);
    length += octetsOf;
  }
  while (length++ % 4 !== 0) kept.push({ kind: 'nop', at });
  return kept.length === 0 ? [{ kind: 'nop', at }, { kind: 'nop', at }, { kind: 'sackOK', at }] : kept;
}

function lengthOf(option: PacketOption): number {
  const sizes: Readonly<Record<string, number>> = { nop: 1, eol: 1, sackOK: 2, mss: 4, wscale: 3, TS: 10 };
  if (option.kind === 'sack') return 2 + 8 * option.blocks.length;
  if (option.kind === 'octets') return option.octets.length;
  if (option.kind === 'raw') return 2 + option.octets.length;
  if (option.kind === 'FO') return 2 + option.cookie.length;
  if (option.kind === 'FOEXP') return 4 + option.cookie.length;
  return sizes[option.kind];
}

const micros = fc.oneof(fc.constantFrom(0, 1, 100_000), fc.nat(10_000_000), fc.maxSafeNat().map((n) => n % 1e15));
const point = fc.record({ kind: fc.constantFrom('absolute' as const, 'relative' as const), from: micros });
const span = fc.tuple(point, micros).map(([time, more]) => ({ ...time, to: Math.min(time.from + more, 1e15) }));
const outTime = fc.oneof(point, span, fc.constant({ kind: 'any' as const }));
const direction = fc.constantFrom('in' as const, 'out' as const);

const ip = (out: boolean): fc.Arbitrary<TcpPacketEvent['ip']> => fc.oneof(
  fc.constant({}),
  fc.record({ ecn: fc.constantFrom('noecn' as const, 'ect0' as const, 'ect1' as const, 'ce' as const, ...(out ? ['ect01' as const] : [])), flowLabel: optional(fc.nat(0xfffff)) }),
  fc.record({ tos: optional(fc.nat(255)), ttl: fc.nat(255) }),
  fc.record({ options: fc.uint8Array({ minLength: 1, maxLength: 10 }).map((o) => new Uint8Array(4 * o.length).fill(o[0])), src: optional(fc.constant('192.0.2.9')), dst: optional(fc.constant('2001:db8::9')) }),
);

const flags = fc.oneof(fc.constantFrom('-', '.', 'S', 'S.', 'P.', 'F.', 'R', 'SEW'), fc.tuple(fc.subarray(['F', 'S', 'R', 'P', 'U', 'E', 'W'], { minLength: 1 }), fc.boolean()).map(([f, ack]) => f.join('') + (ack ? '.' : '')));

const tcp: fc.Arbitrary<ScriptEvent> = direction.chain((way) => fc.record({
  ...constants(BASE), kind: fc.constant('packet' as const), protocol: fc.constant('tcp' as const), direction: fc.constant(way), time: way === 'out' ? outTime : point, ip: ip(way === 'out'),
  ports: optional(fc.record({ from: u16, to: u16 })), flags, range: fc.tuple(u32, fc.nat(65495)), ack: optional(u32), window: way === 'out' ? optional(u16) : u16, urgent: optional(u16),
  options: fc.oneof(fc.constant(undefined), way === 'out' ? fc.constant('any' as const) : fc.constant(undefined), fc.array(option, { maxLength: 6 }).map(fitted)),
}).map(({ range: [seq, length], ...rest }) => {
  const fits = Math.min(length, 0xffffffff - seq);
  return { ...rest, seq, seqEnd: seq + fits, length: fits };
}));

const icmpName = fc.oneof(
  fc.constantFrom(['unreachable', 'frag_needed'], ['unreachable', 'port_unreachable'], ['time_exceeded', 'exceeded_hop_limit'], ['unreachable', '7']),
  fc.constantFrom(['packet_too_big'], ['source_quench'], ['41'], ['unreachable'], ['41', '3']),
);
const icmp: fc.Arbitrary<ScriptEvent> = direction.chain((way) => fc.record({
  ...constants(BASE), kind: fc.constant('packet' as const), protocol: fc.constant('icmp' as const), direction: fc.constant(way), time: way === 'out' ? outTime : point, ip: ip(way === 'out'),
  name: icmpName, mtu: optional(u32),
  echoed: optional<NonNullable<IcmpPacketEvent['echoed']>>(fc.oneof(
    fc.record({ protocol: fc.constant('tcp' as const), seq: fc.nat(0xffff0000), length: fc.nat(65535) }),
    fc.record({ protocol: fc.constant('udp' as const), seq: fc.constant(0), length: u16 }),
  )),
}).map(({ name: [type, code_], ...rest }) => ({ ...rest, type, code: code_ })));

const note = fc.stringMatching(/^[A-Za-z0-9_|,.'"#/` <>=+*%{-]{0,20}$/).map((n) => n.trim().replace(/ +/g, ' '));
const call: fc.Arbitrary<ScriptEvent> = fc.record({
  ...constants(BASE), kind: fc.constant('call' as const), time: point, name: word, nameAt: fc.constant(at), args: fc.array(expression, { maxLength: 5 }), result: expression,
  errno: optional(word), note: optional(note), blocks: optional(micros),
}).map(({ blocks, ...rest }) => ({ ...rest, endTime: blocks === undefined ? undefined : Math.min(rest.time.from + blocks, 1e15) }));

const commandText = fc.oneof(fc.stringMatching(/^[ -_a-z\n]{0,30}$/).map((c) => c.replaceAll('\\', '/')), fc.constant('printf "\\`%s\\`"'));
const command = commandText.map((shell) => ({ at, text: shell }));

const event: fc.Arbitrary<ScriptEvent> = fc.oneof(
  { arbitrary: tcp, weight: 4 }, { arbitrary: call, weight: 4 }, { arbitrary: icmp, weight: 1 },
  fc.record({ ...constants(BASE), kind: fc.constant('command' as const), time: point, command }),
  fc.record({ ...constants(BASE), kind: fc.constant('code' as const), time: point, statements: fc.array(statement, { maxLength: 3 }) }),
);

const optionLine = fc.oneof(
  fc.record({ at: fc.constant(at), name: word.filter((w) => w !== 'define'), value: optional(fc.stringMatching(/^[ -!#-[\]-_a-~]{0,12}$/)) }),
  fc.constantFrom('DEF_A=IPPROTO_TCP', 'DEF_B="some text"', 'DEF_C=`ip link; true`', 'DEF_D=100').map((value) => ({ at, name: 'define', value })),
);

export const arbitraryScript: fc.Arbitrary<Pick<Script, 'options' | 'setUp' | 'events' | 'cleanUp'>> = fc.record({
  options: fc.array(optionLine, { maxLength: 4 }), setUp: fc.array(command, { maxLength: 2 }), events: fc.array(event, { minLength: 1, maxLength: 8 }), cleanUp: fc.array(command, { maxLength: 1 }),
});
