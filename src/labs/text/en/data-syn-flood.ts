import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'A flood of SYNs with text, and who pays for it',
  question: 'Anybody can send SYNs with text from forged addresses. How much memory does each of them take from the server?',
  says: {
    plain: '{syns} SYNs with {octets} octets each, from addresses where nobody is, for a server that does as Linux does. Then each handshake is ended with an empty ACK, and recv() tells what was kept.',
    rfc: 'The same flood for a host that queues the text, as RFC 9293 §3.10.7.2 has it.',
    cookie: 'Now a listener with Fast Open. The SYNs have cookies that their sender has made up.',
    bare: 'A listener that takes text without any cookie (TCP_FASTOPEN_NO_COOKIE), from {limit} unfinished handshakes at a time.',
  },
  figures: {
    kept: {
      title: 'Octets of text kept before the handshake was done',
      words: {
        listener: 'listener', sent: 'sent', kept: 'kept', each: 'kept for each SYN',
        plain: 'Linux, no Fast Open', rfc: 'queue of RFC 9293', cookie: 'Fast Open, made-up cookie', bare: 'Fast Open without cookies, limit of 2',
      },
    },
  },
  musts: {
    waiting: 'the server remembers {waiting} handshakes under way, in SYN-RECEIVED, and acknowledges none of the text (ack 1)',
    plain: 'of {sent} octets Linux has kept {kept}: a SYN costs it an entry, however much text it has',
    rfc: 'the host that queues has kept {kept} octets of {sent}, for clients that may not exist',
    'made-up': 'the made-up cookies do not help: ack 1 for all; the true cookie goes to the address that was forged',
    cookie: 'of these {sent} octets, too, {kept} were kept',
    limit: 'without cookies the text of {taken} SYNs of {syns} is taken at once, as many as the listener allows; the others get an ordinary handshake',
    bare: 'so {kept} octets of {sent} were kept: the limit is what protects the server here',
  },
  explanation: [
    'One note says that the first segments cannot carry text because the server would be open to attack. As a rule of TCP that is wrong (see data-on-syn); as a reason for what servers do it is right. A SYN costs its sender one packet, with any source address he likes. If the server kept its text, each packet would take as much memory as it carries, for as long as the handshake may last: 63 s on Linux.',
    'So Linux keeps nothing of it without Fast Open. All that a SYN leaves is an entry of a few hundred octets, and when there are too many of them SYN cookies do without the entry as well. RFC 9293 §3.5 names the queue that it allows "a trade-off between memory and messages".',
    'Fast Open needs more trust, and gets it by its cookie: who has one has received something at that address before, so the flood cannot come from forged addresses (RFC 7413 §2.2). A limit on connections taken and not yet confirmed bounds what is left (§5.1): beyond it, SYNs get an ordinary handshake. Only a listener that wants no cookies has nothing but this limit.',
  ],
  questions: [
    { ask: 'Four SYNs with 1000 octets each reach a Linux listener. How much of the text does it keep?', answer: 'None. It acknowledges the SYNs alone, and the text has to be sent again.', shownBy: 'plain' },
    { ask: 'Why does a made-up cookie not help an attacker?', answer: 'The server computes what the cookie has to be; a wrong one counts as none, and the right one is sent to the forged address.', shownBy: 'made-up' },
    { ask: 'What protects a Fast Open listener that asks for no cookie?', answer: 'Only the limit of connections that are not confirmed yet.', shownBy: 'limit' },
  ],
};
