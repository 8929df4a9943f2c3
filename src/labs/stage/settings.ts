/** Settings that many labs have in common. */

/** For either host: a FIN sent twice on a slow machine, and the second ACK of it makes the peer send RST: that must not end TIME-WAIT (RFC 1337). */
export const TIME_WAIT_STAYS = { 'net.ipv4.tcp_rfc1337': 1 } as const;
