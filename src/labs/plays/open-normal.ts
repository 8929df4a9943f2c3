/** The handshake as everybody draws it: three segments, two sequence numbers (RFC 9293 §3.5, Figure 6). */
import type { Lab } from '../lab.js';
import { pathText } from '../stage/opening.js';
import { segment } from '../stage/seen.js';

const PORT = 80;

export const openNormal: Lab = {
  id: 'open-normal',
  section: 'A',
  entries: [1, 4, 5, 6, 20],
  glass: 'client',
  musts: ['syn', 'syn-ack', 'ack', 'client-first', 'states', 'client-states'],
  citations: ['RFC 9293 §3.5, Figure 6', 'RFC 9293 §3.4.1'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT);
    stage.say('begin');
    const socket = client.connect(PORT);
    const syn = await stage.see('syn', segment('client', 'SYN', { seq: 0 }));
    const synAck = await stage.see('syn-ack', segment('server', 'SYN,ACK', { seq: 0, ack: 1 }));
    const ack = await stage.see('ack', segment('client', 'ACK', { seq: 1, ack: 1, length: 0 }));
    await stage.until(() => listener.accept() !== null);
    const established = (role: 'client' | 'server', here: number, there: number): number => stage.path(role, here, there).find((s) => s.state === 'ESTABLISHED')?.at ?? NaN;
    const [clientAt, serverAt] = [established('client', socket.port, PORT), established('server', PORT, socket.port)];
    stage.must('client-first', clientAt < serverAt, `client at ${clientAt} µs, server at ${serverAt} µs`, { lead: Math.round((serverAt - clientAt) / 1000) });
    const path = stage.path('server', PORT, socket.port).map((s) => s.state).join(' ');
    const before = stage.path('server', PORT, 0)[0]?.state;
    stage.must('states', before === 'LISTEN' && path === 'SYN-RECEIVED ESTABLISHED' && syn.at < synAck.at && synAck.at < ack.at, `the server went through ${path}`);
    const ours = pathText(stage, 'client', socket.port, PORT);
    const listened = stage.states.client.all().some((sight) => sight.path.some(({ state }) => state === 'LISTEN'));
    stage.must('client-states', ours === 'SYN-SENT ESTABLISHED' && !listened, `the client went through ${ours}`);
  },
};
