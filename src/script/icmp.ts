/** ICMP messages of packets: `icmp unreachable frag_needed mtu 1200 [1:1461(1460)]`. Names of ICMP for IPv4 and IPv6; a script's ip_version says which. */
import type { IcmpPacketEvent } from './ast.js';
import { U16, U32, type Context } from './context.js';
import { parseSequence } from './sequence.js';
import { quoted } from './source.js';

const CODES: Readonly<Record<string, readonly string[]>> = {
  unreachable: [
    'net_unreachable', 'host_unreachable', 'protocol_unreachable', 'port_unreachable', 'frag_needed', 'source_route_failed', 'net_unknown', 'host_unknown',
    'source_host_isolated', 'net_prohibited', 'host_prohibited', 'net_unreachable_for_tos', 'host_unreachable_for_tos', 'packet_filtered', 'precedence_violation',
    'precedence_cutoff', 'no_route', 'admin_prohibited', 'not_neighbour', 'address_unreachable',
  ],
  time_exceeded: ['exceeded_hop_limit', 'exceeded_frag_time'],
  parameter_problem: ['header_field', 'unknown_next_header', 'unknown_option'],
  packet_too_big: [], source_quench: [], redirect: [], echo_request: [], echo_reply: [], timestamp_request: [], timestamp_reply: [],
  information_request: [], information_reply: [], address_mask_request: [], address_mask_reply: [],
};

/** The next token is `icmp`. */
export function parseIcmp(context: Context): Pick<IcmpPacketEvent, 'type' | 'code' | 'mtu' | 'echoed'> {
  const { lexer } = context;
  lexer.next();
  const type = parseType(context);
  const code = parseCode(context, type);
  const mtu = lexer.accept('mtu') ? context.number('the mtu', U32) : undefined;
  if (lexer.is('id')) throw context.refuse(lexer.peek(), 'the id of ICMP echoes is not supported');
  const echoed = lexer.is('[') ? parseEchoed(context) : undefined;
  return { type, ...(code === undefined ? {} : { code }), ...(mtu === undefined ? {} : { mtu }), ...(echoed === undefined ? {} : { echoed }) };
}

function parseType({ lexer, source }: Context): string {
  const token = lexer.peek();
  if (token.kind !== 'word') throw lexer.unexpected('an ICMP type', `known are ${Object.keys(CODES).join(', ')}, type_N`);
  const number = byNumber('type', token.text);
  if (number === undefined && !Object.hasOwn(CODES, token.text)) {
    throw source.error(token.start, `unknown ICMP type ${quoted(token.text)}`, `known are ${Object.keys(CODES).join(', ')}, type_N`);
  }
  lexer.next();
  return number ?? token.text;
}

function parseCode({ lexer, source }: Context, type: string): string | undefined {
  const token = lexer.peek();
  if (token.kind !== 'word' || token.text === 'mtu' || token.text === 'id') return undefined;
  const number = byNumber('code', token.text);
  const known = Object.hasOwn(CODES, type) ? CODES[type] : [];
  if (number === undefined && !known.includes(token.text)) {
    throw source.error(token.start, `unknown ICMP code ${quoted(token.text)} of ${quoted(type)}`, `known are ${[...known, 'code_N'].join(', ')}`);
  }
  lexer.next();
  return number ?? token.text;
}

/** type_3 → '3' */
function byNumber(what: string, text: string): string | undefined {
  const number = text.startsWith(`${what}_`) ? text.slice(what.length + 1) : '';
  return /^[0-9]{1,3}$/.test(number) && Number(number) <= 255 ? String(Number(number)) : undefined;
}

/** The next token is `[`. */
function parseEchoed(context: Context): IcmpPacketEvent['echoed'] {
  const { lexer } = context;
  lexer.next();
  if (lexer.is('raw')) throw context.refuse(lexer.peek(), 'raw octets in ICMP are not supported', 'write [first:end(length)] or [udp (length)]');
  if (lexer.accept('udp')) {
    lexer.expect('(', 'before the length');
    const length = context.number('the length', U16);
    lexer.expect(')', 'after the length');
    lexer.expect(']', 'after what is quoted');
    return { protocol: 'udp', seq: 0, length };
  }
  const { seq, length } = parseSequence(context);
  lexer.expect(']', 'after what is quoted');
  return { protocol: 'tcp', seq, length };
}
