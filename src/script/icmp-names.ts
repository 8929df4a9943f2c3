/** ICMP types and codes by the names that scripts use (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1, RFC 4443). */
import type { IcmpPacketEvent } from './ast.js';
import { Stop } from './stop.js';

interface Type {
  readonly number: number;
  readonly codes?: Readonly<Record<string, number>>;
}

const V4: Readonly<Record<string, Type>> = {
  echo_reply: { number: 0 },
  unreachable: {
    number: 3,
    codes: {
      net_unreachable: 0, host_unreachable: 1, protocol_unreachable: 2, port_unreachable: 3, frag_needed: 4, source_route_failed: 5, net_unknown: 6,
      host_unknown: 7, source_host_isolated: 8, net_prohibited: 9, host_prohibited: 10, net_unreachable_for_tos: 11, host_unreachable_for_tos: 12,
      packet_filtered: 13, precedence_violation: 14, precedence_cutoff: 15,
    },
  },
  source_quench: { number: 4 }, redirect: { number: 5 }, echo_request: { number: 8 }, time_exceeded: { number: 11 }, parameter_problem: { number: 12 },
  timestamp_request: { number: 13 }, timestamp_reply: { number: 14 },
};

const V6: Readonly<Record<string, Type>> = {
  unreachable: {
    number: 1, codes: { net_unreachable: 0, no_route: 0, admin_prohibited: 1, not_neighbour: 2, address_unreachable: 3, port_unreachable: 4 },
  },
  packet_too_big: { number: 2 },
  time_exceeded: { number: 3, codes: { exceeded_hop_limit: 0, exceeded_frag_time: 1 } },
  parameter_problem: { number: 4, codes: { header_field: 0, unknown_next_header: 1, unknown_option: 2 } },
  echo_request: { number: 128 }, echo_reply: { number: 129 },
};

/** 'type_3' and 'code_4' give numbers, and so does a bare number. */
function plain(text: string, word: string): number | undefined {
  const match = new RegExp(`^(?:${word}_)?(\\d+)$`).exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** @throws Stop for names that this IP version's ICMP does not have */
export function icmpNumbers({ type, code, at }: IcmpPacketEvent, version: 4 | 6): { readonly type: number; readonly code: number } {
  const known = (version === 6 ? V6 : V4)[type];
  const number = known?.number ?? plain(type, 'type');
  if (number === undefined || number > 255) throw new Stop('error', `ICMP${version === 6 ? 'v6' : ''} has no type "${type}"`, at);
  const codeNumber = code === undefined ? 0 : (known?.codes?.[code] ?? plain(code, 'code'));
  if (codeNumber === undefined || codeNumber > 255) throw new Stop('error', `ICMP${version === 6 ? 'v6' : ''} ${type} has no code "${code}"`, at);
  return { type: number, code: codeNumber };
}
