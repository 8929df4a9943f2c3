/** Rules of explicit congestion notification (RFC 3168). */
import { rule } from '../rules.js';

export const ecn = {
  EcnAgreed: rule('ecn-agreed', 'RFC 3168 §6.1.1', 'SHOULD', () => 'both sides know ECN: routers may mark text of this connection instead of dropping it'),
  EcnWithheld: rule('ecn-withheld', 'RFC 3168 §6.1.1', 'MUST', () => 'the peer knows ECN, but we have also sent a SYN that did not ask for it: our text is not ECN-capable, marks on the peer\'s are echoed'),
  CeReceived: rule('ce-received', 'RFC 3168 §6.1.3', 'MUST', (at) => `the text at ${at} met congestion on its way: ECE in every ACK, until the peer says CWR`),
  CwrReceived: rule('cwr-received', 'RFC 3168 §6.1.3', 'MUST', () => 'CWR: the peer has reduced its window, ECE has done its work'),
  EcnReduced: rule('ecn-reduced', 'RFC 3168 §6.1.2', 'MUST', (cwnd, recover) => `ECE: our text met congestion, the window is halved to ${cwnd}; once for everything sent before ${recover}`),
  CwrSent: rule('cwr-sent', 'RFC 3168 §6.1.2', 'MUST', (at) => `the window was reduced: CWR goes with the new text at ${at}, so that the peer stops saying ECE`),
};
