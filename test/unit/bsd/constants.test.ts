import { constants, Errno, errnoName, errnoText } from '../../../src/bsd/constants.js';

test('an error has a name and a text', () => {
  expect([errnoName(11), errnoText(11)]).toEqual(['EAGAIN', 'Resource temporarily unavailable']);
});

test('every error number has a text', () => {
  expect(Object.values(Errno).filter((errno) => errnoText(errno).startsWith('Unknown'))).toEqual([]);
});

test('a number that is no error is said to be unknown', () => {
  expect([errnoName(9999), errnoText(9999)]).toEqual(['9999', 'Unknown error 9999']);
});

test('names that mean the same number are all there', () => {
  expect([constants.EWOULDBLOCK, constants.ENOTSUP, constants.TCP_ESTABLISHED, constants.O_NONBLOCK, constants.MSG_FASTOPEN]).toEqual([11, 95, 1, 2048, 0x20000000]);
});
