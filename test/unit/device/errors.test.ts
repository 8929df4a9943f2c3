import { DeviceError } from '../../../src/device/errors.js';
import { cannotOpen } from '../../../src/device/tun-ioctl.js';

describe('cannotOpen', () => {
  it.each([
    ['ENOENT', /missing/, /modprobe tun/],
    ['EACCES', /may not be opened by this user/, /sudo/],
    ['EPERM', /may not be opened by this user/, /sudo/],
    ['EMFILE', /cannot be opened \(EMFILE\)/, /doctor/],
  ])('%s: says what went wrong and what mends it', (code, what, mend) => {
    const error = cannotOpen(code);
    expect(error).toBeInstanceOf(DeviceError);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(what);
    expect(error.mend).toMatch(mend);
    expect(String(error)).toBe(`${error.message}\n  to mend it: ${error.mend}`);
  });
});
