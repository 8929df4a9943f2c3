import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The sliding window, drawn',
  question: 'TCP "uses a sliding window", says every book. What slides, and what may it never do?',
  says: {
    begin: 'The client writes {octets} octets, in segments of 1,000. The server has room for about 6,000, and reads {bite} octets every {pause} ms.',
  },
  musts: {
    'all': 'the server reads {got} octets, all that was written',
    'slid': 'its window never was more than {largest} octets: it has slid over {windows} times its own length',
    'stopped': 'the client went as far as the window allowed and had to stop there, {stops} times',
    'left': 'the left edge, SND.UNA, only moves right: what is acknowledged stays acknowledged, up to {last}',
    'right': 'the right edge, SND.UNA + SND.WND, never moves left either, in any of the server\'s {segments} segments: a receiver does not take back what it has offered',
    'inside': 'none of the client\'s {segments} segments reaches beyond the right edge that it knew of when it sent them',
  },
  figures: {
    window: {
      title: 'The window of the client: what is acknowledged, what is sent, what may be sent',
      words: { time: 'time (ms)', octet: 'octet', edge: 'right edge (SND.UNA + SND.WND)', nxt: 'sent (SND.NXT)', una: 'acknowledged (SND.UNA)' },
    },
  },
  explanation: [
    'S0 says it well: the sender may not send more than the receiver\'s buffer holds, and TCP does it with a sliding window. Figure 3 of RFC 9293 §3.3.1 cuts the sequence space in four: acknowledged; sent and not acknowledged (SND.UNA … SND.NXT); may be sent (SND.NXT … SND.UNA + SND.WND); not yet allowed.',
    'An ACK moves the left edge. The window field says where the right edge is, counted from the ACK. So while nobody reads, an ACK moves the left edge and the window becomes smaller by as much: the right edge stays where it is. Only reading moves the right edge.',
    'A receiver SHOULD NOT shrink the window, that is, move the right edge left (SHLD-14): the text may be under way already. A sender must be able to live with it all the same (MUST-34, MUST-35): it sends no more, and does not believe the connection dead. With window scaling the edge may seem to go back by less than one unit of the scale, because the field is rounded down (RFC 7323 §2.4); here the buffer is too small for a scale.',
    '"So that no packet is lost" (S0) is half of it: the window protects the receiver. A router between the two knows nothing of it. For that there is congestion control.',
  ],
  questions: [
    { ask: 'An ACK comes, and the program has read nothing. What happens to the right edge?', answer: 'It stays: the window is smaller by what was acknowledged.', shownBy: 'right' },
    { ask: 'How much may be unacknowledged at a time?', answer: 'No more than the window last offered; nothing goes beyond the right edge.', shownBy: 'inside' },
  ],
};
