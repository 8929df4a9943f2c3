import { type Answer, answerText, type Field, isRight, readAnswer, rightAnswer } from '../../../../src/cli/lab/quiz-answers.js';
import { SegmentReader, type TcpView } from '../../../../src/observe/segment-view.js';
import { ACK, packet, SYN, SYN_ACK } from '../../trace/conversation.js';

const asText = (answer: Answer | undefined): string => (answer === undefined ? '?' : answerText(answer));

test.each([
  ['SYN,ACK', 'SYN,ACK'], ['ack syn', 'ACK,SYN'], ['Syn+Ack', 'SYN,ACK'], ['SYN-ACK', 'SYN,ACK'], ['synack', 'SYN,ACK'], ['[S.]', 'SYN,ACK'], ['sa', 'SYN,ACK'],
  ['ＦＩＮ，ａｃｋ', 'FIN,ACK'], ['FIN、ACK', 'FIN,ACK'], ['.', 'ACK'], ['flags = RST', 'RST'], ['<FIN,PSH,ACK>', 'FIN,PSH,ACK'], ['syn syn', 'SYN'], ['F R P U', 'FIN,RST,PSH,URG'],
  ['', '?'], [' , ', '?'], ['synful', '?'], ['5', '?'], ['constructor', '?'], ['SYN,NACK', '?'],
])('flags "%s" are read as %s', (text, read) => expect(asText(readAnswer('flags', text))).toBe(read));

test.each([
  ['seq', '0', '0'], ['seq', ' 1,461 ', '1461'], ['seq', 'seq=17', '17'], ['seq', '１２', '12'], ['seq', '4294967295', '4294967295'],
  ['seq', '4294967296', '?'], ['seq', '-1', '?'], ['seq', '1.5', '?'], ['seq', 'x+1', '?'], ['seq', '', '?'], ['seq', '-', '?'],
  ['ack', '-', '-'], ['ack', 'none', '-'], ['ack', '无', '-'], ['ack', 'ACK: 2', '2'], ['ack', '确认号＝3', '3'], ['ack', 'soon', '?'],
] as const)('%s "%s" is read as %s', (field, text, read) => expect(asText(readAnswer(field, text))).toBe(read));

describe('judged', () => {
  const reader = new SegmentReader();
  const view = (octets: Uint8Array): TcpView => reader.read(octets) as TcpView;
  const syn = view(packet('in', { flags: SYN, seq: 5_000 }).toBytes());
  const synAck = view(packet('out', { flags: SYN_ACK, seq: 100, ack: 5_001 }).toBytes());
  const text = view(packet('in', { flags: ACK | 8, seq: 5_001, ack: 101, length: 3 }).toBytes());
  const right = (field: Field, given: string, of: TcpView): boolean => isRight(field, readAnswer(field, given) as Answer, of);

  test('flags in any order; PSH does not count', () => {
    expect([right('flags', 'ack,syn', synAck), right('flags', 'syn', synAck), right('flags', 'ack', text), right('flags', 'psh ack', text)]).toEqual([true, false, true, true]);
  });

  test('a segment without ACK: no number, or the 0 on the wire', () => {
    expect([right('ack', '-', syn), right('ack', '0', syn), right('ack', '1', syn), right('ack', '-', synAck)]).toEqual([true, true, false, false]);
  });

  test('numbers are relative', () => {
    expect([right('seq', '0', syn), right('seq', '5000', syn), right('ack', '1', synAck), right('seq', '1', text)]).toEqual([true, false, true, true]);
  });

  test('the right answer is one that is right', () => {
    for (const of of [syn, synAck, text]) for (const field of ['flags', 'seq', 'ack'] as const) expect(right(field, rightAnswer(field, of), of)).toBe(true);
  });
});
