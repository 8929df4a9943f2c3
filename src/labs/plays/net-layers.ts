/** One captured packet, peeled: IP header, TCP header, text; each layer reads its own header and leaves the rest alone (RFC 791 §3.1, RFC 9293 §3.1). */
import { IpHeader, readIp } from '../../wire/ip.js';
import { Packet } from '../../wire/packet.js';
import { Reject } from '../../wire/reject.js';
import { Segment } from '../../wire/segment.js';
import { readTcp } from '../../wire/tcp.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { flipLastBit } from '../stage/damage.js';
import { establish } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';

const TEXT = 'HELO';
type Layer = 'IP' | 'TCP';
/** Fields where they begin, counted from the header's first octet, and how many octets they take. */
const FIELDS: readonly (readonly [layer: Layer, field: string, at: number, octets: 1 | 2 | 4])[] = [
  ['IP', 'total-length', 2, 2], ['IP', 'ttl', 8, 1], ['IP', 'protocol', 9, 1], ['IP', 'header-checksum', 10, 2], ['IP', 'source', 12, 4], ['IP', 'destination', 16, 4],
  ['TCP', 'source-port', 0, 2], ['TCP', 'destination-port', 2, 2], ['TCP', 'seq', 4, 4], ['TCP', 'ack', 8, 4], ['TCP', 'flags', 13, 1], ['TCP', 'window', 14, 2],
  ['TCP', 'checksum', 16, 2], ['TCP', 'urgent', 18, 2],
];
const [IPV4, TCP] = [4, 6];
/** Octets of a TCP header without options. */
const PLAIN = 20;

const valueOf = (octets: Uint8Array, at: number, length: 1 | 2 | 4): number => octets.subarray(at, at + length).reduce((sum, octet) => sum * 256 + octet, 0);
const cellOf = (octets: Uint8Array, field: string, at: number, length: 1 | 2 | 4): Cell =>
  field === 'source' || field === 'destination' ? octets.subarray(at, at + length).join('.') : valueOf(octets, at, length);

/** Where each layer's header begins and ends, as its own length field says. */
function peel({ octets }: Seen): { readonly version: number; readonly ip: number; readonly tcp: number; readonly text: string } {
  const ip = (octets[0] & 0xf) * 4;
  const tcp = (octets[ip + 12] >>> 4) * 4;
  return { version: octets[0] >>> 4, ip, tcp, text: new TextDecoder().decode(octets.subarray(ip + tcp)) };
}

/** What IP says to a packet whose text has been changed on the way, and what TCP says. */
function damaged({ octets }: Seen): readonly [ip: Reject, tcp: Reject] {
  const copy = octets.slice();
  flipLastBit(copy);
  const [packet, header] = [Packet.of(copy), new IpHeader()];
  return [readIp(packet, header), readTcp(packet, header, new Segment())];
}

export const netLayers: Lab = {
  id: 'net-layers',
  section: 'H',
  entries: [81, 84],
  glass: 'client',
  musts: ['no-frame', 'ip', 'tcp', 'text', 'sum', 'own-checksum'],
  citations: ['RFC 791 §3.1', 'RFC 9293 §3.1', 'RFC 1122 §1.1.3', 'RFC 894'],
  play: async (stage) => {
    const { server } = await establish(stage, 80);
    stage.say('send', { text: TEXT });
    server.send(TEXT);
    await stage.until(() => stage.seen.some(withText('server')));
    const packet = stage.seen.find(withText('server')) ?? stage.seen[0];
    const { octets, view } = packet;
    const { version, ip, tcp, text } = peel(packet);
    stage.must('no-frame', version === IPV4, `the first octet is ${octets[0]}`, { first: octets[0] });
    stage.must('ip', valueOf(octets, 2, 2) === octets.length && octets[9] === TCP, `total length ${valueOf(octets, 2, 2)} of ${octets.length}, protocol ${octets[9]}`, { length: octets.length, header: ip });
    stage.must('tcp', valueOf(octets, ip, 2) === 80 && valueOf(octets, ip + 4, 4) === view.absolute.seq && tcp > PLAIN, `TCP header of ${tcp} octets`, { at: ip, header: tcp, options: tcp - PLAIN });
    stage.must('text', text === TEXT, `the rest is "${text}"`, { text, at: ip + tcp });
    stage.must('sum', ip + tcp + text.length === octets.length, `${ip} + ${tcp} + ${text.length} of ${octets.length}`, { ip, tcp, text: text.length, all: octets.length });
    const [ipSays, tcpSays] = damaged(packet);
    stage.must('own-checksum', ipSays === Reject.None && tcpSays === Reject.BadTcpChecksum, `IP: ${ipSays}, TCP: ${tcpSays}`);
    const fields = FIELDS.map(([layer, field, at, length]): Cell[] => {
      const start = at + (layer === 'IP' ? 0 : ip);
      return [layer, field, start, length, cellOf(octets, field, start, length)];
    });
    stage.show({
      kind: 'table', key: 'packet', columns: ['layer', 'field', 'offset', 'octets', 'value'],
      rows: [...fields, ['TCP', 'options', ip + PLAIN, tcp - PLAIN, '-'], ['application', 'text', ip + tcp, text.length, text]],
    });
  },
};
