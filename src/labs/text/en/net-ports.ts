import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'One port, many connections',
  question: 'If a port belongs to one process, how can a web server talk to thousands of clients on port 80?',
  says: {
    begin: 'One process listens on port 80 and on port 81. The client connects twice to port 80, from ports 40000 and 40001.',
    third: 'A third host, 192.0.2.3, played by hand here, connects to port 80 too, from its port 40000.',
    other: 'And once more the client, from port 40000, but to port 81.',
    unicast: 'A SYN from the third host for port 80, to the server\'s own address.',
    broadcast: 'The same SYN, to the broadcast address {to}; first the server gets it, then the client.',
    multicast: 'The same SYN, to the multicast address {to} (all hosts); first the server gets it, then the client.',
  },
  figures: {
    tuples: { title: 'The four numbers of each connection', words: { 'client': 'client', 'client-port': 'its port', 'server': 'server', 'server-port': 'its port', 'read': 'read on this socket' } },
  },
  musts: {
    'open': '{count} connections are open at once, no two with the same four numbers',
    'one-port': 'three of them have port 80 at the server; each is a socket of its own, all in one process',
    'two-ports': 'the fourth has port 81, and differs from the first in nothing else; the process has both ports',
    'own-text': 'each socket has read the text of its own client, no other',
    'unicast': 'the SYN to the server\'s own address is answered',
    'no-answer': 'the SYNs to the broadcast and the multicast address are not: no SYN,ACK, no RST, from neither host',
  },
  explanation: [
    'S1 says that each process corresponds to one port. A port is not a process: one process may listen on many ports, and many sockets, even of several processes (after fork(), or with SO_REUSEPORT), share one.',
    'What TCP looks up for each segment is the pair of sockets: two addresses and two ports (RFC 9293 §3.3.1, §3.4.1). One number that differs is enough. A listener has only its own half filled in; it takes the SYNs that match no connection.',
    'So port 80 is not used up by connections. What runs out, on the side that connects, are its own ports towards one address and port: some 28 000 by default on Linux (lab wait-flood).',
    'Four numbers, two ends: S2 rightly calls TCP connection-oriented unicast. A SYN to a broadcast or multicast address must be discarded silently (RFC 9293 §3.9.2.3, MUST-57): a connection with everybody makes no sense, and a RST from each host would be a storm.',
  ],
  questions: [
    { ask: 'Two clients use the same source port 40000. Does the server mix them up?', answer: 'No: their addresses differ.', shownBy: 'own-text' },
    { ask: 'Which local port has a socket that accept() returned?', answer: 'The listener\'s.', shownBy: 'one-port' },
    { ask: 'What answers a SYN to 224.0.0.1?', answer: 'Nothing, not even a RST.', shownBy: 'no-answer' },
  ],
};
