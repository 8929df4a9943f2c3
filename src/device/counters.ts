/** What a device counts: packets and octets each way, and those that the kernel did not take. */

export class DeviceCounters {
  rxPackets = 0;
  rxBytes = 0;
  /** Times the device woke and found packets; rxPackets / wakeUps = packets per batch. */
  wakeUps = 0;
  txPackets = 0;
  txBytes = 0;
  /** Packets there was no room for: a queue was full, or the kernel said EAGAIN or ENOBUFS. */
  txFull = 0;
  /** Packets the kernel, or the device itself, refused for another reason; see `lastError`. */
  txRefused = 0;
  /** Name of the last unexpected errno, or ''. */
  lastError = '';
}
