import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT until the ports run out',
  question: 'Many short connections: what runs out, where, and what does the program see?',
  says: {
    'client-closes': 'The client may use {count} ports. It opens and closes one connection after the other, and closes first each time. (Only the first one is drawn.)',
    'server-closes': 'Now to server port {port}, and there the server closes first.',
  },
  figures: {
    closers: {
      title: 'Twelve local ports: who closes first',
      words: { closer: 'who closes first', opened: 'connections opened', 'client-waits': 'TIME-WAITs at the client', 'server-waits': 'TIME-WAITs at the server', then: 'the next connect()', client: 'the client', server: 'the server', none: 'succeeds' },
    },
  },
  musts: {
    'all-waiting': '{count} connections later all {count} ports of the client are in TIME-WAIT',
    'refused': 'connect() number {number} fails: {error}',
    'server-free': 'the server has not one TIME-WAIT, and never heard of the failure',
    'other-port': 'to the server\'s port {other} the client connects at once, from port {port}, which is in TIME-WAIT towards the other one',
    'reused': 'when the server closes first, {number} connections go through with {count} ports',
    'server-waits': 'their TIME-WAITs are at the server ({count}), and did not keep the next SYN out',
  },
  explanation: [
    'The notes say: a server with many short connections that closes first collects TIME-WAITs, and then clients cannot connect. The first half is true, the second is not. All of the server\'s connections share its one port; a TIME-WAIT there holds a 4-tuple which only that client with that port could want again, and its new SYN is taken (see wait-same-tuple).',
    'Ports run out on the side that opens the connections and closes them first: a proxy, a load generator, a client of a database. Each of its connections to one address and port needs a local port of its own, and keeps it for 2 MSL. Linux has 28232 of them by default (32768 … 60999) and waits 60 s: 470 connections a second to one destination. After that connect(2) fails with EADDRNOTAVAIL. In this lab the range has 12 ports.',
    'What helps: keep connections open and use them again; let the other side close first; more destination addresses or ports, more local addresses, a wider ip_local_port_range; net.ipv4.tcp_tw_reuse = 1 with timestamps. tcp_fin_timeout does not help: it is about FIN-WAIT-2. All of them are measured in wait-remedies.',
  ],
  questions: [
    { ask: 'Which error does the client get when all of its ports wait?', answer: 'EADDRNOTAVAIL, from connect(). The server is not asked at all.', shownBy: 'refused' },
    { ask: 'Can the client still connect to another port of the same server?', answer: 'Yes, from the same local ports: it is another 4-tuple.', shownBy: 'other-port' },
    { ask: 'The server closes first and collects the TIME-WAITs. Can clients still connect?', answer: 'Yes, even from the same port.', shownBy: 'reused' },
  ],
};
