import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'What a connection is: two TCBs',
  question: 'Between two hosts there is no wire of one\'s own. What, then, is a connection, and where is it?',
  says: {
    begin: 'The client opens a connection, sends {question} octets and gets {answer}. Then both sides are asked what they remember.',
    flight: 'The client sends {more} octets more, and the server\'s ACK is held back on the way. Both are asked again.',
    held: 'the ACK',
    reset: 'The client resets the connection.',
  },
  figures: {
    tcb: {
      title: 'The two TCBs, at rest and with text in flight',
      words: {
        variable: 'variable', client: 'client', server: 'server', 'client-flight': 'client, ACK held', 'server-flight': 'server, ACK held', untold: '(not told)',
        iss: 'ISS: my first number', irs: 'IRS: the peer\'s first', 'snd-una': 'SND.UNA: oldest not acknowledged', 'snd-nxt': 'SND.NXT: next to be sent', 'snd-wnd': 'SND.WND: how much he takes',
        'rcv-nxt': 'RCV.NXT: next expected', 'rcv-wnd': 'RCV.WND: how much I take', mss: 'MSS for sending, octets', unacked: 'segments outstanding', cwnd: 'cwnd, segments', srtt: 'SRTT, ms', rto: 'RTO, ms',
      },
    },
  },
  musts: {
    'nothing': 'before: neither host remembers anything',
    'numbers': 'the client\'s ISS is the number of its SYN ({iss}), its IRS that of the server\'s SYN,ACK ({irs})',
    'mirrored': 'each one\'s SND.NXT is the other one\'s RCV.NXT: {there} in one direction, {back} in the other',
    'quiet': 'at rest nothing is outstanding: SND.UNA = SND.NXT on both sides',
    'agreed': 'both send segments of up to {mss} octets of text',
    'window': 'the client\'s SND.WND is the server\'s RCV.WND, as its last segment said: {window}',
    'flight': 'in flight: the client has SND.UNA {una} and SND.NXT {next}, the server has RCV.NXT {next} already. The two TCBs differ until the ACK arrives',
    'gone': 'after the RST neither host remembers anything: there is no connection any more',
  },
  explanation: [
    'Two notes say it well: a connection is information in the memory of both sides (S2), and "socket, sequence numbers and window size together are called a connection" (S3). RFC 9293 §3.3.1 calls this memory the Transmission Control Block, TCB. The network in between knows nothing of it; cables may be pulled and routers replaced, and the connection is still there.',
    'The send variables are SND.UNA, SND.NXT, SND.WND, ISS and a few more; the receive variables RCV.NXT, RCV.WND, IRS. They mirror each other, half a round trip late: what one has sent, the other will expect. Most of TCP is about keeping the two in step.',
    'Other variables are one\'s own affair, and the peer is never told: the congestion window, the round-trip time, the timeout. They differ in this table, and may.',
    'The kernel\'s column comes from tcp_info, which `ss -ti` shows as well. It has no ISS, and counts octets instead of sequence numbers: RCV.NXT is one more than tcpi_bytes_received, since the SYN has taken a number. glasstcp\'s column is the TCB itself, its STATUS call (§3.10.6).',
  ],
  questions: [
    { ask: 'The client\'s SND.NXT is 4001, all has arrived, but the ACK is on its way. What are the server\'s RCV.NXT and the client\'s SND.UNA?', answer: 'RCV.NXT is 4001. SND.UNA is still 3001: the client does not know yet.', shownBy: 'flight' },
    { ask: 'Which variable of the client must equal the server\'s RCV.NXT when all is quiet?', answer: 'SND.NXT, and SND.UNA as well.', shownBy: 'mirrored' },
    { ask: 'What is left of the connection after a RST?', answer: 'Nothing. Both have deleted their TCB, and that was the connection.', shownBy: 'gone' },
  ],
};
