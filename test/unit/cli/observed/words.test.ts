import { plainWords } from '../../../../src/cli/observed/plain-words.js';
import { overlookedComment, sightingComment } from '../../../../src/cli/observed/sighting-comment.js';
import { overlookedJson, sightingJson } from '../../../../src/cli/observed/sighting-json.js';
import { Again, conversation, sighting, START, verdict } from './sightings.js';

describe('what a segment is', () => {
  test.each([
    [conversation()[0], 'the first segment of the handshake: asks for a connection; the left counts its octets from 5001'],
    [conversation()[1], 'the second segment of the handshake: agrees, and acknowledges the SYN; the right counts its octets from 5001'],
    [conversation()[2], 'the third segment of the handshake: the connection is open on both sides'],
    [conversation()[3], 'text: octets 1…77; acknowledges everything before 1'],
    [conversation()[4], 'acknowledges everything before 78, offers the left a window of 65160 octets'],
    [sighting({ view: { seq: 9, length: 1, again: true } }), 'text again: octet 9; acknowledges everything before 1'],
    [sighting({ view: { seq: 9, length: 3, flags: ['FIN', 'ACK'] } }), 'text: octets 9…11, and FIN, octet 12: nothing more will come from the left; acknowledges everything before 1'],
    [sighting({ view: { flags: ['SYN'], seq: 0, ack: undefined, length: 5, again: true } }), 'the first segment of the handshake, again: asks for a connection; the left counts its octets from 5001; with 5 octets of text'],
    [sighting({ view: { flags: ['RST', 'ACK'] } }), 'a reset: the connection is over at once'],
    [sighting({ view: { flags: [], ack: undefined } }), 'neither text nor an acknowledgment'],
    // Sequence numbers wrap.
    [sighting({ view: { seq: 4294967295, length: 2, flags: ['PSH'], ack: undefined } }), 'text: octets 4294967295…0'],
  ])('%#', (s, words) => {
    expect(plainWords(s)).toBe(words);
  });

  test('an ACK 1 that opens nothing is no part of a handshake', () => {
    expect(plainWords(sighting())).toBe('acknowledges everything before 1, offers the right a window of 64240 octets');
  });
});

describe('the comment beside a packet', () => {
  test('both ends, what it is, why', () => {
    const s = sighting({ from: 'right', states: { right: { before: 'unknown', after: 'ESTABLISHED' } }, view: { length: 10, again: true }, verdicts: [verdict(Again, 1, 10)] });
    expect(sightingComment(s).split('\n')).toEqual([
      'left 192.0.2.1:40312 ESTABLISHED, right 192.0.2.2:80 ? → ESTABLISHED',
      'from the right: text again: octets 1…10; acknowledges everything before 1',
      'octets 1…10 have passed before: sent again [RFC 9293 §3.8.1, MUST]',
    ]);
  });

  test('a checksum that cannot be verified is told', () => {
    expect(sightingComment(sighting({ checksum: 'unknown' })).split('\n')[2]).toBe('not captured whole: its checksum cannot be verified');
  });

  test('of what is no segment only what has to do with TCP', () => {
    const comment = (why: string): string => overlookedComment({ number: 1, at: 0, why });
    expect(['UDP', 'ARP', 'IP protocol 89', 'ICMP echo request'].map(comment)).toEqual(['', '', '', '']);
    expect(comment('cut off within the TCP header')).toBe('no segment of TCP that can be read: cut off within the TCP header');
    expect(comment('ICMP destination unreachable')).not.toBe('');
  });
});

describe('as JSON', () => {
  test('one line, with the names of the event file', () => {
    const line = sightingJson(sighting({ number: 3, at: START + 0.25, verdicts: [verdict(Again, 1, 10)] }), START);
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toMatchObject({
      type: 'segment', at: 0.25, number: 3, stream: 0, from: 'left', left: '192.0.2.1:40312', right: '192.0.2.2:80', checksum: 'good',
      segment: { protocol: 'TCP', flags: ['ACK'], seq: 1, ack: 1 }, what: expect.stringContaining('acknowledges'),
      verdicts: [{ rule: 'test-observed-again', cite: 'RFC 9293 §3.8.1', level: 'MUST', numbers: [1, 10, 0], text: 'octets 1…10 have passed before: sent again' }],
      states: { left: { before: 'ESTABLISHED', after: 'ESTABLISHED' } },
    });
  });

  test('what is no TCP says why', () => {
    expect(JSON.parse(overlookedJson({ number: 4, at: START + 2, why: 'UDP' }, START))).toEqual({ type: 'other', at: 2, number: 4, why: 'UDP' });
  });
});
