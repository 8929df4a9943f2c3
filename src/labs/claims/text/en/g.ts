import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  63: {
    claim: 'CLOSE-WAIT: the peer has closed and the application here still has work to do. Many of them are a sign of trouble.',
    truth: 'Right. CLOSE-WAIT ends when the application calls close(), and no timer of TCP ends it. A program that forgets to close keeps a descriptor for each, until accept() fails with EMFILE.',
  },
  64: {
    claim: 'TIME-WAIT and CLOSE-WAIT both hold file descriptors, until "Too many open files".',
    truth: 'True of CLOSE-WAIT only. Before TIME-WAIT the process has called close(): the descriptor is free, and the kernel keeps a small record without a socket of any process. However many TIME-WAITs there are, they hold no descriptor at all. What can run out are 4-tuples towards one destination, and, on Linux, net.ipv4.tcp_max_tw_buckets.',
  },
  65: {
    claim: 'First reason for TIME-WAIT: if the last ACK is lost the peer sends its FIN again, and somebody has to acknowledge it; the 2 MSL then begin anew.',
    truth: 'Right, the restart of the timer included.',
  },
  66: {
    claim: 'Without TIME-WAIT, a repeated FIN is answered with RST (S0), or not received at all (S4).',
    truth: 'S0\'s correction is right: the segment arrives, and a host that knows nothing of the connection answers RST. It ends the peer\'s LAST-ACK by a reset (Linux: ECONNRESET, if a program still holds the socket), although all data had arrived.',
  },
  67: {
    claim: 'Second reason for TIME-WAIT: an old SYN (S0, S4), or any old segment (S1, S2, S4), must not reach a new connection of the same ports.',
    truth: 'It is any old segment of the same 4-tuple, and data is the dangerous kind: its octets would get into the new stream. An old SYN is what the three-way handshake deals with. S4 names both; its heading speaks of old connection requests, its text rightly of all segments.',
  },
  68: {
    claim: 'Leftover segments that arrive during TIME-WAIT are dropped at once.',
    truth: 'Their text is dropped, but not in silence: an unacceptable segment is answered with an ACK that says what was expected. Only a RST draws no answer, and one with the exact number would even end TIME-WAIT, unless RFC 1337 is followed.',
  },
  69: {
    claim: 'TIME-WAIT lasts 4 minutes by the standard: 2 MSL of 2 minutes each.',
    truth: 'Right for the RFC, which calls the 2 minutes an engineering choice. Few keep to it: Linux waits 60 s in all, and that cannot be set.',
  },
  70: {
    claim: 'Why 2 MSL and not 1? The note has found no satisfying answer.',
    truth: 'Two journeys. The last ACK lives one MSL at most: by then it has arrived or it never will. Just before it arrives the peer may send its FIN once more, and that FIN may live one MSL, too. Only after both nothing of this connection is left in either direction.',
  },
  71: {
    claim: 'A segment\'s lifetime is limited because IP datagrams have a TTL.',
    truth: 'TTL limits the number of hops, not the time; IPv6 calls it Hop Limit. In practice a router that keeps a packet for ten seconds takes off no more than one. The MSL is an assumption about the network which TCP makes, not something that IP enforces.',
  },
  72: {
    claim: 'During TIME-WAIT the port, or the socket pair, cannot be used again.',
    truth: 'Not the port: the same port works towards another address or port, and a server restarts with SO_REUSEADDR. Even the same 4-tuple may be opened again early: TIME-WAIT may accept a SYN that is newer by its sequence number or its timestamp (MAY-2, RFC 6191). An older SYN draws an ACK.',
  },
  73: {
    claim: 'Many TIME-WAITs put the server under great pressure.',
    truth: 'Each costs little memory and next to no time. The pressure is elsewhere: on the 4-tuples of a host that both opens and closes first towards the same destination.',
  },
  74: {
    claim: 'A server with many short connections that closes first collects TIME-WAITs, and clients cannot connect any more.',
    truth: 'The TIME-WAITs are real, the consequence is not: all of them are on the server\'s one port, each with another client address and port, and new clients connect. What fails is connect() on a host that closes first and opens again to the same destination: a proxy, a load generator (EADDRNOTAVAIL).',
  },
  75: {
    claim: 'What to do about many TIME-WAITs? The section is empty.',
    truth: 'In this order: keep connections and use them again; let the side close first that has tuples to spare; more addresses or ports; tcp_tw_reuse with timestamps, on the side that connects. SO_LINGER with 0 avoids TIME-WAIT and loses data. tcp_fin_timeout has no effect on it, tcp_tw_recycle is gone since Linux 4.12, and a lower tcp_max_tw_buckets only takes the protection away.',
  },
  76: {
    claim: 'The client is the one that waits in TIME-WAIT.',
    truth: 'The one that closes first is, client or server. If the server closes first, the server waits.',
  },
  77: {
    claim: 'TIME-WAIT is there for sending the last ACK again.',
    truth: 'That is one of two reasons. The other one: old segments must have died before the same 4-tuple is used again. S4 says so itself a section earlier.',
  },
  78: {
    claim: 'The states of TCP: a list of ten.',
    truth: 'There are eleven: CLOSING is missing, which both sides enter when their FINs cross. And SYN_RECV is what Linux calls SYN-RECEIVED.',
  },
  79: {
    claim: 'The states seen most: ESTABLISHED, TIME-WAIT for an active close, CLOSE-WAIT for a passive one.',
    truth: 'Right; with LISTEN they are what ss shows on a healthy host. Many CLOSE-WAITs are a bug of the program, many TIME-WAITs are a habit of its connections.',
  },
  80: {
    claim: 'Four questions with an empty column "explanation in one sentence".',
    truth: 'Three segments: both initial numbers have to be acknowledged, and an old SYN has to be refused by RST; two acknowledge only one. Four segments: each direction has its FIN and its ACK, and the middle two merge if the application closes at once. Eleven states. Many TIME-WAITs: too many short connections closed from here; use connections again.',
  },
};
