import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'FIN without ACK is not heard',
  question: 'Many pictures draw the close as "FIN" and "ACK", in turn. What happens to a segment that has FIN and really no ACK?',
  says: {
    listen: 'A FIN without ACK reaches a port on which the server listens.',
    fin: 'The connection is open. A FIN without ACK, with exactly the number that the server expects.',
    text: 'Text without ACK, with the same number.',
    client: 'The same FIN for the client.',
    real: 'Now the client itself sends text and closes.',
  },
  musts: {
    'listen': 'the listener drops it in silence: no RST, no connection, still LISTEN',
    'fin-server': 'the server drops the FIN, though its number is right: still ESTABLISHED, and its program has seen no end',
    'text-server': 'it drops the text as well: recv() has nothing',
    'fin-client': 'the client does the same, for the same reason: no ACK bit',
    'silence': 'nobody has answered any of these: no ACK, no RST',
    'text': 'real text takes the number at which the forged text had stood, and is read',
    'fin-ack': 'a real FIN carries ACK: FIN,ACK, seq 5',
    'heard': 'and is heard: ack 6, CLOSE-WAIT',
  },
  explanation: [
    'One note draws the first arrow of the close as a FIN without ACK, another lists FIN and ACK as two segments each time. As shorthand that is understood; as a segment it does not exist. ACK is set in every segment but the first SYN (and some RSTs), so the close begins with FIN,ACK, whose ack says nothing new.',
    'RFC 9293 leaves no choice: on an open connection, "if the ACK bit is off, drop the segment and return" (§3.10.7.4, fifth), before text and FIN are looked at. In LISTEN anything without SYN, ACK or RST is dropped, too (§3.10.7.2). No answer is sent, since none of it is worth one.',
    'This protects a little: who forges a segment has to guess an acceptable acknowledgment besides an acceptable sequence number. Port scanners use the silence: a bare FIN to a closed port is answered with RST, to a listener it is not.',
  ],
  questions: [
    { ask: 'A FIN without ACK comes with exactly the expected number. In which state is the receiver then?', answer: 'ESTABLISHED, as before: the segment is dropped.', shownBy: 'fin-server' },
    { ask: 'Is such a segment answered?', answer: 'No, neither with ACK nor with RST.', shownBy: 'silence' },
    { ask: 'Which flags has the first segment of a real close?', answer: 'FIN and ACK.', shownBy: 'fin-ack' },
  ],
};
