import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Where sequence numbers begin',
  question: 'The notes say that the initial sequence number is random. Is it? Twenty connections, and their numbers drawn.',
  says: {
    begin: 'Ten connections from port {port}, one after the other, and between them ten from five other ports. Each is aborted, so that its four numbers are free again.',
    again: 'Now the server closes first, and keeps the four numbers in TIME-WAIT. The same client opens again from port {port}.',
  },
  figures: {
    isn: { title: 'Initial sequence numbers of the client', words: { time: 'ms', isn: 'ISN, millions', same: 'same 4-tuple', others: 'five other 4-tuples, twice each' } },
    clock: { title: 'How far they have gone since the first: the same 4-tuple', words: { time: 'ms', steps: 'steps since the first ISN', client: 'client', server: 'server' } },
  },
  musts: {
    'clock': 'from port {port} there were {count} numbers, and each difference is the time between them, divided by 4 µs, exactly',
    'elsewhere': 'the {bases} 4-tuples count from {bases} places that have nothing to do with each other',
    'own-lines': 'each of the other five goes by the same clock: its second number says how much time has passed since its first',
    'server-clock': 'the server\'s numbers for one 4-tuple have a clock as well: one step in {step} ns',
    'beyond': 'a connection that takes the place of one in TIME-WAIT is given no number of that clock, but the old one plus {more}: beyond everything that the old connection has used',
  },
  explanation: [
    'Three notes call the initial sequence number random. It looks so to anybody who opens one connection, and must look so to an attacker. But RFC 9293 §3.4.1 asks for more: ISN = M + F(local address, local port, remote address, remote port, secret key). M is a clock that ticks about every 4 µs, F is a hash of RFC 6528.',
    'Two wishes are in this sum. The clock keeps the numbers of one 4-tuple growing, so that a new connection begins beyond what an old one has used; pure chance would now and then begin within. The secret keeps the numbers of others from being guessed: who sees his own number learns nothing of yours. With a plain clock, as in RFC 793, anybody could tell the next one.',
    'Linux does the same with a faster clock: one step in 64 ns, so that it goes round in 275 s; that of 4 µs takes 4.8 hours. Run this lab against the kernel, and the server\'s line is 62 times as steep.',
    'TIME-WAIT may be cut short by a new SYN if the new connection\'s number is larger than any of the old one (§3.6.1, MAY-2). Then neither F nor the clock is asked: Linux and glasstcp take the last number used and go a whole unscaled window further, 65537; together with the old SYN and FIN this makes 65539.',
  ],
  questions: [
    { ask: 'Two connections of the same 4-tuple, one second apart. How far are their initial numbers apart?', answer: '250 000: one for each 4 µs. In Linux 15 625 000, one for each 64 ns.', shownBy: 'clock' },
    { ask: 'You know the number of your own connection. What does it tell of your neighbour\'s, opened at the same instant?', answer: 'Nothing: his 4-tuple counts from another, secret place.', shownBy: 'elsewhere' },
    { ask: 'The server\'s side is in TIME-WAIT, and a new SYN comes. Which number does the server begin with?', answer: 'One beyond everything it has used: the old one plus 65539 here.', shownBy: 'beyond' },
  ],
};
