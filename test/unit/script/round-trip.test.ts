import fc from 'fast-check';
import { parseScript } from '../../../src/script/parse.js';
import { printEvent, printScript } from '../../../src/script/print.js';
import { arbitraryScript } from './arbitrary.js';
import { parseEvent, saidBy } from './support.js';

describe('printing and parsing', () => {
  test('a script that is printed parses to the same script', () => {
    fc.assert(fc.property(arbitraryScript, (script) => {
      expect(saidBy(parseScript(printScript(script), 'x'))).toEqual(saidBy(script));
    }), { numRuns: 2000, seed: 9293 });
  });

  test('what is printed of what was parsed from print is the same text', () => {
    fc.assert(fc.property(arbitraryScript, (script) => {
      const text = printScript(script);
      expect(printScript(parseScript(text, 'x'))).toBe(text);
    }), { numRuns: 500, seed: 793 });
  });

  test.each([
    ['+.1  <  S  0:0( 0 )  win 0x10 <mss 1460 , nop>  '.replace(' , nop', ''), '+0.1 < S 0:0(0) win 16 <mss 1460>'],
    ['1~2.50 > (ect0,flowlabel 0x2) 1 > 2 . 1:1(0) ack 1 win 3 urg 4 <...>', '1~2.5 > [ect0, flowlabel 0x2] 1 > 2 . 1:1(0) ack 1 win 3 urg 4 <...>'],
    ['+0 < [badcksum,ttl 9] . 1:1(0) win 3 <octets 0x0200,nop,nop>', '+0 < [ttl 9, badcksum] . 1:1(0) win 3 <octets 0x0200,nop,nop>'],
    ['+0 < [dst "10.0.0.9",ipopt 0x01010100, src "192.0.2.9"] . 1:1(0) win 3', '+0 < [ipopt 0x01010100, src "192.0.2.9", dst "10.0.0.9"] . 1:1(0) win 3'],
    ['* > icmp type_3 code_4 mtu 1200 [1:2(1)]', '* > icmp type_3 code_4 mtu 1200 [1:2(1)]'],
    ['0...0.2 read(3,...,1000)=-1 EAGAIN  ( try  again )', '0...0.2 read(3, ..., 1000) = -1 EAGAIN (try again)'],
    ['+0 f({a=1,b(2)=[{...,3}]},"a" "b",~X|(Y|-Z))=0x10', '+0 f({a=1, b(2)=[{..., 3}]}, "ab", ~X|(Y|-Z)) = 16'],
    ['+0 %{ assert(a+b)*2 <3<= -4 ,"x"; print ( not(not a), 1 ) }%', '+0 %{\nassert (a + b) * 2 < 3 <= -4, "x"\nprint(not not a, 1)\n}%'],
    ['+0 `a  b`', '+0 `a  b`'],
  ])('%s is printed in one form', (given, printed) => {
    expect(printEvent(parseEvent(given))).toBe(printed);
  });
});
