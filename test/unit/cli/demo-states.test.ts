import { parseProcNetTcp, procAddress } from '../../../src/cli/demo/kernel-states.js';
import { completePath, formatPath } from '../../../src/cli/demo/state-path.js';
import type { TcpState } from '../../../src/tcp/state.js';
import { Address } from '../../../src/util/address.js';

describe("the kernel's table", () => {
  /** As a kernel printed it: a listener, a handshake without a socket, a connection, a TIME-WAIT. */
  const v4 = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 010200C0:1B5A 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 25931 1 0000000000000000 100 0 0 10 0
   1: 010200C0:1B5A 020200C0:9C40 03 00000000:00000000 01:00000062 00000000     0        0 0 1 0000000000000000
   2: 010200C0:D2AE 020200C0:1B59 01 00000000:00000000 00:00000000 00000000     0        0 25944 1 0000000000000000 20 4 30 10 -1
   3: 010200C0:D2B0 020200C0:1B59 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0000000000000000
`;

  test('is read line by line', () => {
    expect(parseProcNetTcp(v4).map(({ localPort, remotePort, state }) => [localPort, remotePort, state])).toEqual([
      [7002, 0, 'LISTEN'], [7002, 40000, 'SYN-RECEIVED'], [53934, 7001, 'ESTABLISHED'], [53936, 7001, 'TIME-WAIT'],
    ]);
    expect(parseProcNetTcp(v4)[1]).toMatchObject({ local: '010200C0', remote: '020200C0' });
    expect(parseProcNetTcp('')).toEqual([]);
  });

  // Words in the byte order of x86 and most ARM machines.
  test('has addresses as words of the machine', () => {
    expect(procAddress(Address.from('192.0.2.1'))).toBe('010200C0');
    expect(procAddress(Address.from('2001:db8::1'))).toBe('B80D0120000000000000000001000000');
  });
});

test.each<[TcpState[], string]>([
  [[], ''],
  [['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1'], 'SYN-SENT, ESTABLISHED, FIN-WAIT-1'],
  [['LISTEN', 'ESTABLISHED'], 'LISTEN, (SYN-RECEIVED), ESTABLISHED'],
  [['SYN-SENT', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT'], 'SYN-SENT, (ESTABLISHED), FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT'],
  [['ESTABLISHED', 'LAST-ACK', 'CLOSED'], 'ESTABLISHED, (CLOSE-WAIT), LAST-ACK, CLOSED'],
  [['ESTABLISHED', 'FIN-WAIT-2'], 'ESTABLISHED, (FIN-WAIT-1), FIN-WAIT-2'],
  [['SYN-SENT', 'CLOSED'], 'SYN-SENT, CLOSED'],
  // No way leads there: nothing is made up.
  [['TIME-WAIT', 'ESTABLISHED'], 'TIME-WAIT, ESTABLISHED'],
])('a path seen as %j is %s', (seen, complete) => {
  expect(formatPath(completePath(seen))).toBe(complete);
});
