import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'One packet, peeled layer by layer',
  question: 'OSI has seven layers, TCP/IP four. How many headers does a packet really have?',
  says: {
    send: 'A connection is open. The server\'s program writes "{text}"; this packet is kept and taken apart.',
  },
  figures: {
    packet: {
      title: 'The packet with the text, octet by octet',
      words: {
        'layer': 'layer', 'field': 'field', 'offset': 'at octet', 'octets': 'octets', 'value': 'value', 'application': 'application', '-': '-', 'IP': 'IP', 'TCP': 'TCP',
        'total-length': 'total length', 'ttl': 'time to live (hops)', 'protocol': 'protocol (6 = TCP)', 'header-checksum': 'header checksum', 'source': 'source address', 'destination': 'destination address',
        'source-port': 'source port', 'destination-port': 'destination port', 'seq': 'sequence number', 'ack': 'acknowledgment number', 'flags': 'flags (24 = PSH,ACK)', 'window': 'window (not yet scaled)', 'checksum': 'checksum', 'urgent': 'urgent pointer', 'options': 'options (timestamps)', 'text': 'text',
      },
    },
  },
  musts: {
    'no-frame': 'the first octet is {first}: version 4 and the length of an IP header. Nothing stands before it: a TUN carries IP packets without a link layer',
    'ip': 'the IP header takes {header} octets, says how long the whole packet is ({length}), and that TCP (6) is inside',
    'tcp': 'the TCP header begins at octet {at}, where the IP header ends; it takes {header} octets, {options} of them options',
    'text': 'what is left, from octet {at} on, is what the program wrote: "{text}"',
    'sum': '{ip} + {tcp} + {text} = {all} octets: there are no other headers',
    'own-checksum': 'with one bit of the text changed, IP still finds its header right, and TCP does not: each layer looks after its own',
  },
  explanation: [
    'S1 lists the seven layers of OSI and the four of TCP/IP (RFC 1122 §1.1.3 names them link, internet, transport, application). On the wire there are as many headers as the packet shows: IP, TCP, and then whatever the program wrote. Session and presentation layer have no header of their own; where they are needed (TLS, MIME), they are part of what TCP calls text.',
    'The link layer stands before the IP header. On an Ethernet it would be 14 octets more (destination, source, type 0x0800: RFC 894) and 4 octets of checksum at the end. A TUN is a link without one, so this lab cannot show it. What S1 says of it is out of date: MAC addresses are not unique in the world (a bit says "administered locally", and virtual machines use it), and a switch sends a frame to one port, not to all.',
    'The TCP/IP model has no physical layer of its own: its link layer is whatever carries IP packets, wires included, as S1 says. Small corrections to that note: 无理 should read 物理, SMPT is SMTP, 长用 is 常用.',
    'Each layer reads its own header and hands on the rest unread. IP has a checksum over its header only, TCP has one over header, text and the addresses of the IP header (RFC 9293 §3.1), so that a packet delivered to the wrong host is noticed, too.',
  ],
  questions: [
    { ask: 'How does IP know where TCP begins?', answer: 'From the length in the first octet of its own header.', shownBy: 'ip' },
    { ask: 'Does the router on the way notice that a bit of the text has changed?', answer: 'Not by the IP header: its checksum covers only itself. The receiving TCP does.', shownBy: 'own-checksum' },
  ],
};
