/**
 * Damage on the way, which the notation has no word for: a remark behind an inbound packet, `// damaged: tcp checksum`,
 * `// damaged: ip checksum`, `// damaged: option length 0` (of the last option).
 */
import type { ScriptEvent } from '../script/ast.js';
import { Stop } from '../script/stop.js';
import { checksum, pseudoHeaderSum } from '../wire/checksum.js';
import { Address } from '../util/address.js';

const REMARK = /\/\/\s*damaged:\s*(.*?)\s*$/;

/** What the source says about the event's packet; undefined = it arrives whole. */
export function damageOf(event: ScriptEvent, text: string): string | undefined {
  return REMARK.exec(text.split(/\r?\n/, event.at.line)[event.at.line - 1] ?? '')?.[1];
}

/** @throws Stop for damage that is not known */
export function damage(octets: Uint8Array, how: string, event: ScriptEvent): void {
  const v4 = octets[0] >> 4 === 4;
  const tcp = v4 ? (octets[0] & 0xf) * 4 : 40;
  const option = /^option length (\d+)$/.exec(how);
  if (how === 'tcp checksum') octets[tcp + 16] ^= 0x55;
  else if (how === 'ip checksum' && v4) octets[10] ^= 0x55;
  else if (option !== null) optionLength(octets, tcp, Number(option[1]));
  else throw new Stop('error', `"${how}" is no damage that is known`, event.at);
}

/** The last option gets that length, and the segment a checksum that is right: only the option is wrong. */
function optionLength(octets: Uint8Array, tcp: number, length: number): void {
  const end = tcp + (octets[tcp + 12] >> 4) * 4;
  let last = -1;
  for (let at = tcp + 20; at < end;) {
    if (octets[at] <= 1) {
      at++;
      continue;
    }
    last = at;
    at += Math.max(2, octets[at + 1]);
  }
  if (last < 0) return;
  octets[last + 1] = length;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const [src, dst] = [new Address(), new Address()];
  if (octets[0] >> 4 === 4) {
    src.set4(view, 12);
    dst.set4(view, 16);
  } else {
    src.set6(view, 8);
    dst.set6(view, 24);
  }
  view.setUint16(tcp + 16, 0);
  view.setUint16(tcp + 16, checksum(view, tcp, octets.length, pseudoHeaderSum(src, dst, 6, octets.length - tcp)));
}
