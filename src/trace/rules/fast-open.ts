/** Rules of TCP Fast Open (RFC 7413): text with the SYN. */
import { rule } from '../rules.js';

export const fastOpen = {
  SendSynFast: rule('send-syn-fast', 'RFC 7413 §4.2.1', 'MUST', (n, cookie) => `asks for a connection${n > 0 ? ` and sends the first ${n} octets at once` : ''}${cookie > 0 ? `, with the cookie of ${cookie} octets that the peer gave us` : cookie === 0 ? ', and asks for a Fast Open cookie' : ''}`),
  FastOpenLearned: rule('fast-open-learned', 'RFC 7413 §4.1.3', 'MUST', (n) => `the peer gives us a cookie of ${n} octets: the next connection can send text with its SYN`),
  FastOpenAcked: rule('fast-open-acked', 'RFC 7413 §4.2.1', 'MUST', (n) => `the SYN,ACK acknowledges the ${n} octets that went with the SYN: a round trip was saved`),
  FastOpenIgnored: rule('fast-open-ignored', 'RFC 7413 §4.2.1', 'MUST', (n) => `the SYN,ACK leaves ${n} octets that went with the SYN unacknowledged: they go again at once`),
  FastOpenTaken: rule('fast-open-taken', 'RFC 7413 §4.2.2', 'MUST', (n) => `Fast Open: the ${n} octets with the SYN are delivered now, the handshake is done meanwhile`),
  FastOpenCookie: rule('fast-open-cookie', 'RFC 7413 §4.1.2', 'MUST', () => 'the peer asks for a Fast Open cookie: it gets one with the SYN,ACK'),
  FastOpenBadCookie: rule('fast-open-bad-cookie', 'RFC 7413 §4.2.2', 'MUST', (n) => `the cookie is not the one for this address: its ${n} octets of text are ignored, and the SYN,ACK carries a good one`),
  FastOpenQueueFull: rule('fast-open-queue-full', 'RFC 7413 §5.1', 'SHOULD', (n) => `${n} connections that Fast Open took are not confirmed yet, as many as we allow: an ordinary handshake`),
};
