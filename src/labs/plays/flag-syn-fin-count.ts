/** SYN and FIN take one sequence number each, on both sides; octets of text take one each; nothing else does (RFC 9293 §3.4). */
import { otherRole, type Role, ROLES } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const TEXTS = { client: 'hello', server: 'hi!' } as const;

/** What takes numbers in one direction: where it begins, how many it takes, and the first ack that covers it. */
function countOf(stage: Stage, from: Role): (readonly [string, string, number, number, number])[] {
  const mine = stage.seen.filter((seen) => seen.from === from && (seen.view.length > 0 || /SYN|FIN/.test(seen.flags)));
  return mine.map(({ view, flags }) => {
    const takes = view.length + (/SYN|FIN/.test(flags) ? 1 : 0);
    const ack = stage.seen.find((seen) => seen.from === otherRole(from) && (seen.view.ack ?? 0) >= view.seq + takes)?.view.ack ?? NaN;
    return [from, view.length > 0 ? `${flags}+${view.length}` : flags, view.seq, takes, ack] as const;
  });
}

export const flagSynFinCount: Lab = {
  id: 'flag-syn-fin-count',
  section: 'D',
  entries: [31, 33, 40],
  glass: 'client',
  setUp: { glass: { 'glasstcp.msl': 100_000 } },
  musts: ['syn', 'syn-ack', 'text', 'fin', 'fin-ack', 'other-fin', 'sum'],
  lasts: 1,
  citations: ['RFC 9293 §3.4', 'RFC 9293 §3.10.4', 'RFC 9293 §4 (FIN, SYN)'],
  play: async (stage) => {
    stage.say('begin');
    const pair = await establish(stage, 80);
    await stage.see('syn', segment('server', 'SYN,ACK', { seq: 0, ack: 1 }));
    await stage.see('syn-ack', segment('client', 'ACK', { seq: 1, ack: 1, length: 0 }));

    stage.say('text');
    for (const role of ROLES) pair[role].send(TEXTS[role]);
    const textEnds = { client: 1 + TEXTS.client.length, server: 1 + TEXTS.server.length };
    const acked = (role: Role): boolean => stage.seen.some(({ from, view }) => from === otherRole(role) && view.ack === textEnds[role]);
    await stage.wait('text', () => acked('client') && acked('server'));
    for (const role of ROLES) pair[role].receive(); // a close with unread text would be a RST

    stage.say('close');
    pair.client.close();
    await stage.see('fin', segment('client', 'FIN,ACK', { seq: textEnds.client, length: 0 }), undefined, { last: textEnds.client - 1, u: textEnds.client });
    await stage.see('fin-ack', segment('server', 'ACK', { ack: textEnds.client + 1, length: 0 }), undefined, { ack: textEnds.client + 1 });
    pair.server.close();
    await stage.see('other-fin', (seen) => segment('client', 'ACK', { ack: textEnds.server + 1 })(seen) && stage.seen.some(segment('server', 'FIN,ACK', { seq: textEnds.server })));
    const rows = ROLES.flatMap((role) => countOf(stage, role));
    const taken = (role: Role): number => rows.filter(([from]) => from === role).reduce((sum, [, , , takes]) => sum + takes, 0);
    const last = (role: Role): number => stage.seen.findLast(({ from, view }) => from === otherRole(role) && view.ack !== undefined)?.view.ack ?? NaN;
    const right = ROLES.every((role) => taken(role) === TEXTS[role].length + 2 && last(role) === taken(role));
    stage.show({ kind: 'table', key: 'count', columns: ['from', 'segment', 'seq', 'takes', 'ack'], rows });
    stage.must('sum', right, ROLES.map((role) => `${role}: ${taken(role)} numbers, the last ack ${last(role)}`).join('; '), { client: taken('client'), server: taken('server') });
  },
};
