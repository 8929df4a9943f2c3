import * as glasstcp from '../../../src/index.js';

it('has the public surface', () => {
  expect(Object.keys(glasstcp)).toEqual(expect.arrayContaining([
    'Host', 'Socket', 'Server', 'NetError', 'openTun', 'createPipe', 'Netem', 'Recorder', 'RealClock', 'PcapngWriter', 'ExplainedCapture', 'Story',
    'explainMoment', 'allRules', 'defaultConfig', 'rfcConfig',
  ]));
});

it('is enough for two hosts that talk and explain themselves', async () => {
  const clock = new glasstcp.RealClock();
  const [left, right] = glasstcp.createPipe({ clock });
  const told: string[] = [];
  const story = new glasstcp.Story((moment) => told.push(glasstcp.explainMoment(moment)));
  const server = new glasstcp.Host({ device: left, addresses: ['192.0.2.1'], clock });
  const client = new glasstcp.Host({ device: right, addresses: ['192.0.2.2'], clock, tracer: story });
  server.createServer((socket) => socket.pipe(socket)).listen(7);
  let echo = '';
  await new Promise<void>((resolve) => {
    const socket = client.connect({ host: '192.0.2.1', port: 7 }, () => socket.end('hello'));
    socket.on('data', (text: Buffer) => {
      echo += text.toString();
    });
    socket.on('close', () => resolve());
  });
  client.close();
  server.close();
  expect(echo).toBe('hello');
  expect(told.join('\n')).toContain('RFC 9293');
});
