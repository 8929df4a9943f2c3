/** Opens /dev/net/tun and asks the kernel for an interface (TUNSETIFF): whole IP packets, no header before them. */
import { closeSync, constants, openSync } from 'node:fs';
import { DeviceError } from './errors.js';
import { errnoName, libc } from './libc.js';

const TUN_PATH = '/dev/net/tun';
const TUNSETIFF = 0x400454ca;
const IFF_TUN = 0x0001;
/** No four octets of packet information before each packet. */
const IFF_NO_PI = 0x1000;
/** struct ifreq: 16 octets of name, then a union; the flags are its first 16 bits. */
const IFREQ_SIZE = 40;
const IFNAMSIZ = 16;

export interface TunDescriptor {
  readonly fd: number;
  /** As the kernel chose it, if the name asked for had a %d. */
  readonly name: string;
}

/**
 * @param name at most 15 octets; "%d" in it becomes the first free number.
 * @param flags further IFF_ flags, such as IFF_VNET_HDR.
 * @throws DeviceError ENOENT, EACCES, EPERM, EBUSY, EOPTION …
 */
export function attachTun(name: string, flags = 0): TunDescriptor {
  if (!/^[\w.%-]{1,15}$/.test(name)) {
    throw new DeviceError('EOPTION', `"${name}" cannot be the name of a network interface.`, 'use 1 to 15 letters, digits, ".", "_" or "-"');
  }
  const calls = libc();
  const fd = openTunFile();
  const request = new Uint8Array(IFREQ_SIZE);
  new TextEncoder().encodeInto(name, request);
  new Uint16Array(request.buffer, IFNAMSIZ, 1)[0] = IFF_TUN | IFF_NO_PI | flags;
  if (calls.ioctl(fd, TUNSETIFF, request) < 0) {
    const code = errnoName(calls.koffi, calls.errno());
    closeSync(fd);
    throw refused(code, name);
  }
  return { fd, name: new TextDecoder().decode(request.subarray(0, request.indexOf(0))) };
}

/** Node opens descriptors close-on-exec: a child process (the kernel's peer) does not inherit the interface. */
function openTunFile(): number {
  try {
    return openSync(TUN_PATH, constants.O_RDWR | constants.O_NONBLOCK);
  } catch (error) {
    throw cannotOpen((error as NodeJS.ErrnoException).code ?? 'EIO');
  }
}

/** @param code the errno of opening /dev/net/tun. */
export function cannotOpen(code: string): DeviceError {
  switch (code) {
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return new DeviceError(code, `${TUN_PATH} is missing or has no driver (${code}), so no TUN interface can be made.`,
        'sudo modprobe tun; where it still does not appear (containers): sudo mkdir -p /dev/net && sudo mknod /dev/net/tun c 10 200; '
        + 'docker run needs --device /dev/net/tun --cap-add NET_ADMIN');
    case 'EACCES':
    case 'EPERM':
      return new DeviceError(code, `${TUN_PATH} may not be opened by this user (${code}).`,
        'run with sudo, or let everyone open it: sudo chmod 666 /dev/net/tun (making an interface still needs CAP_NET_ADMIN)');
    default:
      return new DeviceError(code, `${TUN_PATH} cannot be opened (${code}).`, 'glasstcp doctor says what is missing; --device pipe needs no TUN');
  }
}

function refused(code: string, name: string): DeviceError {
  switch (code) {
    case 'EPERM':
      return new DeviceError(code, `The kernel refused to make the interface ${name}: CAP_NET_ADMIN is missing (EPERM).`,
        'run with sudo, or inside a network namespace of your own: unshare --user --map-root-user --net');
    case 'EBUSY':
      return new DeviceError(code, `The interface ${name} exists and another program has it open (EBUSY).`,
        `choose another name, or end that program (sudo fuser -v ${TUN_PATH})`);
    case 'EINVAL':
      return new DeviceError(code, `An interface called ${name} exists and is not a TUN (EINVAL).`, `choose another name, or: sudo ip link delete ${name}`);
    default:
      return new DeviceError(code, `The kernel refused to make the interface ${name} (${code}).`, 'glasstcp doctor says what is missing');
  }
}
