import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'How long is 2 MSL?',
  question: 'Four minutes, one minute, two seconds? And does a packet carry anything that tells how old it is?',
  says: {
    'measure': '{count} connections that the client closes first, each with an MSL of its own.',
    'other-end': 'Now the server closes first. How long will it wait?',
    'hold': 'A connection of a client whose MSL is 0.1 s. The network holds a segment back for longer than 2 MSL.',
    'spend': 'The next segment is young, but comes with TTL 1, as if it had passed 63 routers.',
    'held': 'the network holds it back',
    'ttl': 'TTL 1',
  },
  figures: {
    measured: { title: 'TIME-WAIT, measured (s)', words: { msl: 'MSL', two: '2 MSL', waited: 'in TIME-WAIT' } },
    systems: {
      title: 'TIME-WAIT by default',
      words: {
        'system': 'system', 'seconds': 'seconds', 'source': 'from', 'told': 'its published default; not measured here', 'rfc': 'RFC 9293 §3.4.2: MSL is 2 minutes', 'linux': 'a constant (TCP_TIMEWAIT_LEN); with the kernel this lab reads its timer', 'measured': 'its default MSL is 30 s',
        'RFC 9293': 'RFC 9293', 'Linux': 'Linux', 'glasstcp': 'glasstcp', 'FreeBSD': 'FreeBSD', 'lwIP': 'lwIP', 'smoltcp': 'smoltcp', 'MirageOS': 'MirageOS',
      },
    },
  },
  musts: {
    'two-msl': 'each of {count} connections was in TIME-WAIT for its own 2 MSL, and no longer',
    'other-end': 'the server waits {seconds} s',
    'late': 'a segment that came {late} ms after it was sent (MSL {msl} ms) was taken like any other; its TTL was {ttl} all the time',
    'ttl-one': 'a segment with TTL {ttl} was taken at once, too',
  },
  explanation: [
    'The note is right: RFC 9293 §3.4.2 takes 2 minutes for the MSL, which makes TIME-WAIT 4 minutes, and calls this "an engineering choice". Systems choose otherwise. Linux waits 60 s, and no setting changes that; others stand in the table by the defaults that they publish; those were not measured here.',
    'Another note says that a segment\'s life is limited because IP has a TTL. TTL was meant as seconds once (RFC 791), but what routers do is to take off one each (RFC 1812 §5.3.1 says "one or more", and one it is): it is a hop count. A packet that waits in a queue keeps its TTL, and no host judges the age of a segment by it.',
    'So MSL is an assumption about the network and not something that the network enforces. A segment that lives longer is taken if its numbers fit, as in this lab. What still protects then are timestamps (PAWS, RFC 7323) and initial numbers that grow with time.',
  ],
  questions: [
    { ask: 'How long does Linux stay in TIME-WAIT?', answer: '60 seconds.', shownBy: 'other-end' },
    { ask: 'Does a host drop a segment that is older than the MSL?', answer: 'No. Nothing in the packet tells its age.', shownBy: 'late' },
    { ask: 'Is a TTL of 1 a sign of an old segment?', answer: 'No, of many routers on its way.', shownBy: 'ttl-one' },
  ],
};
