/** Two HTTP requests over one connection, and over two: what each costs in segments (RFC 9112 §9.3). */
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { type Pair, pairUp } from '../stage/pair.js';
import type { Stage } from '../stage/stage.js';

const BODIES: Readonly<Record<string, string>> = { '/one': 'first answer', '/two': 'second answer' };
const PATHS = Object.keys(BODIES);
const ALL = PATHS.map((path) => BODIES[path]);
const END = '\r\n\r\n';

/** @param more header lines, each with its end */
const request = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: example.org\r\n${more}\r\n`;

/** The server's program: one request, one answer. */
async function serve(stage: Stage, socket: LabSocket): Promise<void> {
  let read = '';
  await stage.until(() => (read += socket.receive()).endsWith(END));
  const body = BODIES[read.split(' ')[1]] ?? '';
  socket.send(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
}

/** The client's program reads as far as Content-Length says. @returns the body */
async function answerTo(stage: Stage, { client, server }: Pair, text: string): Promise<string> {
  client.send(text);
  await serve(stage, server);
  let read = '';
  const body = (): string => read.slice(read.indexOf(END) + END.length);
  await stage.until(() => (read += client.receive()).includes(END) && body().length >= Number(/Content-Length: (\d+)/.exec(read)?.[1]));
  return body();
}

async function close(stage: Stage, { client, server }: Pair): Promise<void> {
  client.close();
  await stage.until(() => server.receive() === '' && server.ended);
  server.close();
  await stage.pause(60_000);
}

interface Cost {
  readonly bodies: readonly string[];
  readonly syns: number;
  readonly fins: number;
  readonly segments: number;
}

async function cost(stage: Stage, fetch: () => Promise<readonly string[]>): Promise<Cost> {
  const { length } = stage.seen;
  const bodies = await fetch();
  const seen = stage.seen.slice(length);
  const count = (flag: 'SYN' | 'FIN'): number => seen.filter(({ view }) => view.flags.includes(flag) && !view.again).length;
  return { bodies, syns: count('SYN'), fins: count('FIN'), segments: seen.length };
}

const right = ({ bodies }: Cost): boolean => bodies.join() === ALL.join();

export const netHttp: Lab = {
  id: 'net-http',
  section: 'H',
  entries: [85],
  glass: 'client',
  musts: ['one', 'one-handshake', 'two', 'two-handshakes', 'saved'],
  lasts: 2,
  citations: ['RFC 9112 §9.3', 'RFC 9112 §9.6', 'RFC 9293 §3.5'],
  play: async (stage) => {
    const listener = stage.server.listen(80);
    stage.say('one');
    const persistent = await cost(stage, async () => {
      const pair = await pairUp(stage, listener, 80);
      const bodies = [await answerTo(stage, pair, request(PATHS[0])), await answerTo(stage, pair, request(PATHS[1]))];
      await close(stage, pair);
      return bodies;
    });
    stage.must('one', right(persistent), persistent.bodies.join(', '));
    stage.must('one-handshake', persistent.syns === 2, `${persistent.syns} SYNs`);
    stage.say('two');
    const separate = await cost(stage, async () => {
      const bodies: string[] = [];
      for (const path of PATHS) {
        const pair = await pairUp(stage, listener, 80);
        bodies.push(await answerTo(stage, pair, request(path, 'Connection: close\r\n')));
        await close(stage, pair);
      }
      return bodies;
    });
    stage.must('two', right(separate), separate.bodies.join(', '));
    stage.must('two-handshakes', separate.syns === 4 && separate.fins === 4, `${separate.syns} SYNs, ${separate.fins} FINs`);
    stage.must('saved', persistent.segments < separate.segments, `${persistent.segments} and ${separate.segments} segments`, { one: persistent.segments, two: separate.segments });
    stage.show({
      kind: 'table', key: 'cost', columns: ['way', 'handshakes', 'SYN', 'FIN', 'segments'],
      rows: [['persistent', persistent.syns / 2, persistent.syns, persistent.fins, persistent.segments], ['separate', separate.syns / 2, separate.syns, separate.fins, separate.segments]],
    });
  },
};
