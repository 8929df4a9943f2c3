import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Too many TIME-WAITs: what helps, measured',
  question: 'One note has a heading "4.3 Solutions" with nothing under it. Which of the well-known remedies works, by how much, and what does it cost?',
  says: {
    'nothing': 'The client has {ports} local ports and {requests} requests. It opens a connection for each, and closes first. When connect() fails it waits 1.1 s and tries once more. (Only the first connection of each kind is drawn.)',
    'pool': 'All requests on one connection.',
    'peer-first': 'A connection for each request, but the server closes first.',
    'tuples': 'The client closes first, and takes two ports of the server in turn: twice as many 4-tuples.',
    'range': 'Twice as many local ports: net.ipv4.ip_local_port_range is wider.',
    'reuse': 'net.ipv4.tcp_tw_reuse = 1: connect() may take over a TIME-WAIT that had timestamps, a second after the last one.',
    'linger': 'The client closes with SO_LINGER and 0 seconds.',
    'parting': 'The same close, with 64 KiB sent just before it.',
    'buckets': 'No TIME-WAIT is kept: net.ipv4.tcp_max_tw_buckets = 0 on Linux. (glasstcp has no such limit; there MSL is 0.)',
    'forgotten': 'The same setting, and the last ACK of a close is lost.',
    'fin-timeout': 'net.ipv4.tcp_fin_timeout = 1, instead of 60.',
    'last-ack': 'the last ACK is lost',
  },
  figures: {
    remedies: {
      title: 'The same 12 requests with 8 local ports, each remedy alone',
      words: {
        'remedy': 'remedy', 'served': 'answered, of 12', 'waiting': 'TIME-WAITs left', 'verdict': 'verdict', '–': '–',
        'nothing': 'none', 'pool': 'reuse of the connection', 'peer-first': 'the other side closes first', 'tuples': 'a second server port', 'range': 'twice as many local ports', 'linger': 'SO_LINGER 0',
        'fails': 'EADDRNOTAVAIL', 'cure': 'the cure: almost none arise', 'good': 'they are at the server, and harm nobody', 'more': 'more room, the same number', 'second': 'each port again after 1 s, not 60 s',
        'loses': 'none, but text is lost', 'breaks': 'none, but the close breaks', 'other': 'no effect: it is about FIN-WAIT-2', 'gone': 'gone since Linux 4.12',
      },
    },
  },
  musts: {
    'nothing': 'without a remedy {served} of {requests} requests are answered; then connect() says {error}, and a second later still: {waiting} TIME-WAITs hold all {ports} ports',
    'pool': 'on one connection all {served} requests are answered, and {waiting} TIME-WAIT is left',
    'peer-first': 'the server closes first: all {served} answered, {waiting} TIME-WAITs at the client',
    'tuples': 'two server ports: all {served} answered, {waiting} TIME-WAITs, although there are {ports} local ports',
    'range': 'a wider range: all {served} answered, {waiting} TIME-WAITs',
    'reuse': 'tcp_tw_reuse: all {served} answered; after a second the ports in TIME-WAIT were taken over, {waiting} are waiting now',
    'linger': 'SO_LINGER 0: all {served} answered, {waiting} TIME-WAITs',
    'lost': 'but of {queued} octets sent before such a close the server got {got}: the rest is lost',
    'buckets': 'no TIME-WAIT kept: all {served} answered, {waiting} TIME-WAITs',
    'reset': 'but the server\'s FIN, whose ACK was lost, is answered with RST: LAST-ACK ends by a reset',
    'fin-timeout': 'tcp_fin_timeout = 1: {served} of {requests} answered, {error}, {waiting} TIME-WAITs after more than a second: no effect',
    'recycle': 'net.ipv4.tcp_tw_recycle cannot be set: there is no such setting',
  },
  explanation: [
    'The note asks what to do about many TIME-WAITs, and leaves the answer empty. First: is anything wrong at all? A TIME-WAIT costs some hundred octets and no descriptor. What runs out is local ports, towards one address and port, on the side that both opens and closes first: a proxy, a load generator, a client of a database. The sign is EADDRNOTAVAIL from connect(), nothing else.',
    'The cure is to make fewer connections: keep them open and use them again (keep-alive, pools). Next: let the other side close first, so that the TIME-WAITs are where they take nobody\'s port. If neither can be had, more 4-tuples: server addresses or ports, local addresses (with IP_BIND_ADDRESS_NO_PORT, so that bind() does not take a port of its own for each), a wider ip_local_port_range. It only moves the limit: Linux has 28232 ports by default, which is 470 connections a second to one destination; twice the ports, twice that.',
    'tcp_tw_reuse = 1 is sound where both sides have timestamps: PAWS tells old segments from new ones, and a port is free again after a second instead of 60. It helps only the side that connects. (Linux\'s default is 2: for loopback alone.) A server in TIME-WAIT needs no setting: it takes a SYN with a newer timestamp or a higher number anyway (wait-same-tuple).',
    'SO_LINGER with 0 seconds and a low tcp_max_tw_buckets do away with TIME-WAIT, and with what it is for. The first is an abort: what was on its way is lost. The second lets connections end as in wait-none and wait-old-segment. tcp_fin_timeout is recommended everywhere and does nothing here: it is how long an orphan stays in FIN-WAIT-2; TIME-WAIT is a constant in Linux. tcp_tw_recycle compared timestamps by address, so that of many clients behind one NAT only some could connect; Linux 4.12 has removed it.',
  ],
  questions: [
    { ask: 'Which remedy makes TIME-WAITs not arise, without any loss?', answer: 'Fewer connections: using them again.', shownBy: 'pool' },
    { ask: 'Does a short tcp_fin_timeout shorten TIME-WAIT?', answer: 'No. It is for FIN-WAIT-2.', shownBy: 'fin-timeout' },
    { ask: 'SO_LINGER 0 leaves no TIME-WAIT. What is the price?', answer: 'close() becomes an abort: what was sent last may be lost.', shownBy: 'lost' },
  ],
};
