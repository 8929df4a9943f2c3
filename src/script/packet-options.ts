/** TCP options of packets: `<mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7>`, `<...>`. */
import type { PacketOption, Position } from './ast.js';
import { U16, U32, U8, type Context } from './context.js';
import type { Token } from './lexer.js';
import { quoted } from './source.js';

const SACK_BLOCKS_MAX = 4;
/** Octets of options that a TCP header holds (RFC 9293 §3.1: data offset has four bits). */
const OPTIONS_MAX = 40;

const KNOWN = 'nop, eol, mss, wscale, sackOK, sack, TS, FO, FOEXP; any other as opt KIND 0xHEX, what is no option as octets 0xHEX';
/** What other versions of the language know. */
const REFUSED: Readonly<Record<string, string>> = {
  md5: 'MD5 signatures', ao: 'TCP-AO', exp: 'experimental options', accecn: 'Accurate ECN', ECN: 'Accurate ECN', e0b: 'Accurate ECN', e1b: 'Accurate ECN', ceb: 'Accurate ECN',
  mp_capable: 'Multipath TCP', mp_join: 'Multipath TCP', mp_join_syn: 'Multipath TCP', mp_join_syn_ack: 'Multipath TCP', mp_join_ack: 'Multipath TCP', dss: 'Multipath TCP',
  add_address: 'Multipath TCP', remove_address: 'Multipath TCP', mp_prio: 'Multipath TCP', mp_fail: 'Multipath TCP', mp_fastclose: 'Multipath TCP', mp_reset: 'Multipath TCP',
  mptcp: 'Multipath TCP', dss_ack: 'Multipath TCP', mp_tcprst: 'Multipath TCP',
};

/** The next token is `<`. @param out of packets from the stack under test, which may have any options */
export function parseOptions(context: Context, out: boolean): readonly PacketOption[] | 'any' {
  const { lexer } = context;
  const open = lexer.next();
  if (lexer.peek().kind === 'ellipsis') {
    const token = lexer.next();
    if (!out) throw context.refuse(token, '<...> is for outbound packets only', 'say which options the packet has');
    lexer.expect('>', 'after ...');
    return 'any';
  }
  const options: PacketOption[] = [];
  do options.push(parseOption(context));
  while (lexer.accept(','));
  if (!lexer.is('>')) throw lexer.unexpected(', or > after a TCP option');
  lexer.next();
  checkLength(context, open, options);
  return options;
}

function parseOption(context: Context): PacketOption {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind !== 'word') throw lexer.unexpected('a TCP option', `known are ${KNOWN}`);
  const at = context.at(token);
  if (Object.hasOwn(REFUSED, token.text)) throw context.refuse(token, `the TCP option ${quoted(token.text)} (${REFUSED[token.text]}) is not supported`);
  lexer.next();
  switch (token.text) {
    case 'nop':
    case 'eol':
    case 'sackOK': return { kind: token.text, at };
    case 'mss': return { kind: 'mss', at, value: context.number('the mss', U16) };
    case 'wscale': return { kind: 'wscale', at, value: context.number('the window scale', U8) };
    case 'TS': return parseTimestamps(context, at);
    case 'sack': return parseSack(context, at);
    case 'FO':
    case 'FOEXP': return parseCookie(context, token.text, at);
    case 'opt': return parseRaw(context, at);
    case 'octets': return parseOctets(context, at);
  }
  throw context.refuse(token, `unknown TCP option ${quoted(token.text)}`, `known are ${KNOWN}`);
}

function parseTimestamps(context: Context, at: Position): PacketOption {
  context.lexer.expect('val', 'after TS');
  const value = context.number('the timestamp', U32);
  context.lexer.expect('ecr', 'after the timestamp');
  return { kind: 'TS', at, value, echo: context.number('the echoed timestamp', U32) };
}

function parseSack(context: Context, at: Position): PacketOption {
  const { lexer } = context;
  const blocks: { left: number; right: number }[] = [];
  do {
    const token = lexer.peek();
    const left = context.number('a SACK block\'s left edge', U32);
    lexer.expect(':', 'between the edges of a SACK block');
    blocks.push({ left, right: context.number('a SACK block\'s right edge', U32) });
    if (blocks.length > SACK_BLOCKS_MAX) throw context.refuse(token, `more than ${SACK_BLOCKS_MAX} SACK blocks`, 'a TCP header has no room for them');
  } while (lexer.peek().kind === 'integer');
  return { kind: 'sack', at, blocks };
}

/** Octets in hexadecimal without 0x; or the name of a cookie; or nothing: a request for one. */
function parseCookie(context: Context, kind: 'FO' | 'FOEXP', at: Position): PacketOption {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind !== 'word' && token.kind !== 'integer' && token.kind !== 'hex') return { kind, at, cookie: new Uint8Array(0) };
  lexer.next();
  if (token.kind === 'hex') throw context.refuse(token, 'the cookie begins with 0x', 'write its digits alone');
  if (/^[0-9a-fA-F]+$/.test(token.text)) return { kind, at, cookie: hexOctets(context, token, token.text, 'cookie') };
  if (token.kind === 'integer' || !/^[A-Z][A-Z0-9_]*$/.test(token.text)) {
    throw context.refuse(token, `the cookie ${quoted(token.text)} is not hexadecimal`, 'two digits an octet, or a NAME in capitals');
  }
  return { kind, at, cookie: new Uint8Array(0), variable: token.text };
}

function parseRaw(context: Context, at: Position): PacketOption {
  const { lexer } = context;
  const first = lexer.peek();
  const number = context.number('the option\'s kind', U8);
  if (number < 2) throw context.refuse(first, `an option of kind ${number} has no length`, `write ${number === 0 ? 'eol' : 'nop'}`);
  const token = lexer.peek();
  if (token.kind !== 'hex') return { kind: 'raw', at, number, octets: new Uint8Array(0) };
  lexer.next();
  return { kind: 'raw', at, number, octets: hexOctets(context, token, token.text.slice(2), 'option') };
}

/** What no option is made of: lengths that are illegal, padding that is not zero. */
function parseOctets(context: Context, at: Position): PacketOption {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind !== 'hex') throw lexer.unexpected('octets in hexadecimal', 'write octets 0x0200');
  lexer.next();
  return { kind: 'octets', at, octets: hexOctets(context, token, token.text.slice(2), 'option area') };
}

/** Hexadecimal digits without 0x as octets. @param most octets that there is room for */
export function hexOctets(context: Context, token: Token, digits: string, what: string, most = OPTIONS_MAX - 2): Uint8Array {
  if (digits.length % 2 !== 0) throw context.refuse(token, `the ${what} has an odd number of digits`, 'two digits an octet');
  if (digits.length / 2 > most) throw context.refuse(token, `the ${what} of ${digits.length / 2} octets is too long`, `at most ${most}`);
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** Octets on the wire; a cookie that is only named counts as none. */
function lengthOf(option: PacketOption): number {
  switch (option.kind) {
    case 'nop':
    case 'eol': return 1;
    case 'sackOK': return 2;
    case 'mss': return 4;
    case 'wscale': return 3;
    case 'TS': return 10;
    case 'sack': return 2 + 8 * option.blocks.length;
    case 'FO': return 2 + option.cookie.length;
    case 'FOEXP': return 4 + option.cookie.length;
    case 'raw': return 2 + option.octets.length;
    case 'octets': return option.octets.length;
  }
}

function checkLength(context: Context, open: Token, options: readonly PacketOption[]): void {
  const length = options.reduce((sum, option) => sum + lengthOf(option), 0);
  if (length > OPTIONS_MAX) throw context.refuse(open, `the TCP options are too long: ${length} octets`, `at most ${OPTIONS_MAX}`);
  if (options.some((option) => 'variable' in option)) return;
  if (length % 4 !== 0) throw context.refuse(open, `the TCP options are not padded: their length is ${length}, not a multiple of 4`, `add nop ${4 - (length % 4)} times`);
}
