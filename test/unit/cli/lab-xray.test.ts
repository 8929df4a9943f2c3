/** The X-ray view: both ends' news at every packet, from one run in virtual time. */
import pc from 'picocolors';
import { SAMPLE_WORDS, Samples, callText, variablesText } from '../../../src/cli/lab/xray-samples.js';
import { XraySpectator } from '../../../src/cli/lab/xray-spectator.js';
import { LABS } from '../../../src/labs/all.js';
import type { EndState } from '../../../src/labs/ends/end.js';
import { runLab } from '../../../src/labs/run.js';
import { TEXTS } from '../../../src/labs/text/catalog.js';
import type { Language } from '../../../src/trace/language.js';

async function xrayed(id: string, language: Language = 'en'): Promise<string> {
  const lab = LABS.find((candidate) => candidate.id === id) ?? LABS[0];
  let printed = '';
  const spectator = new XraySpectator({ lab, text: TEXTS[language][id], language, setting: 'sim', terminal: { width: 200, colors: pc.createColors(false), live: false }, write: (text) => void (printed += text) });
  const { passed } = await runLab(lab, { setting: 'sim', spectator });
  spectator.finish();
  expect(passed).toBe(true);
  return printed;
}

test('states, tcp_info, timers, variables and calls of both ends stand beside the segments', async () => {
  const printed = await xrayed('close-four');
  for (const words of ['SYN-SENT, rto 1000ms', 'timer: retransmission 1000ms', 'snd.nxt 0→1', 'connect(192.0.2.2:80) EINPROGRESS', 'SYN-SENT → ESTABLISHED, rto 1000ms→220ms', 'rtt 0ms→20ms',
    'ESTABLISHED → FIN-WAIT-1', 'FIN-WAIT-1 → FIN-WAIT-2', 'ESTABLISHED → CLOSE-WAIT', 'timer: time-wait', 'accept()', 'close()', 'SYN,ACK seq 0 ack 1']) expect(printed).toContain(words);
});

test('glasstcp stands on the left, and what the other end does on the right', async () => {
  const lines = (await xrayed('close-four')).split('\n');
  expect(lines.find((line) => line.includes('FIN-WAIT-1 →'))?.indexOf('FIN-WAIT-1')).toBeLessThan(100);
  expect(lines.find((line) => line.includes('CLOSE-WAIT'))?.indexOf('CLOSE-WAIT')).toBeGreaterThan(100);
});

test('in Chinese, too', async () => {
  const printed = await xrayed('close-four', 'zh');
  for (const words of ['客户端', '定时器', '服务器']) expect(printed).toContain(words);
});

test('a sample tells what is not as it was, and names sockets where there are several', () => {
  const samples = new Samples(SAMPLE_WORDS.en);
  const one: EndState = { localPort: 80, remotePort: 5000, state: 'ESTABLISHED', info: { tcpi_snd_cwnd: 10 }, timers: [{ name: 'retransmission', due: 200_000 }] };
  expect(samples.changes([one])).toEqual(['ESTABLISHED, snd_cwnd 10, timer: retransmission 200ms']);
  expect(samples.changes([one])).toEqual([]);
  expect(samples.changes([{ ...one, info: { tcpi_snd_cwnd: 11 }, timers: [] }])).toEqual(['snd_cwnd 10→11, timer: none']);
  expect(samples.changes([{ localPort: 80, remotePort: 5001, state: 'SYN-RECEIVED' }])).toEqual([':80→:5001 SYN-RECEIVED', ':80→:5000 ESTABLISHED → CLOSED']);
  expect(samples.changes([{ localPort: 80, remotePort: 0, state: 'LISTEN' }])).toEqual(['SYN-RECEIVED → CLOSED']);
});

test('calls that only ask, or find nothing, are not told', () => {
  const result = { value: 0, errno: 0 };
  expect(callText({ name: 'getsockname', fd: 3 }, result)).toBe('');
  expect(callText({ name: 'recv', fd: 3, length: 10, flags: 0 }, { value: -1, errno: 11 })).toBe('');
  expect(callText({ name: 'recv', fd: 3, length: 10, flags: 0 }, { value: 4, errno: 0 })).toBe('recv() = 4');
  expect(callText({ name: 'connect', fd: 3, address: { family: 2, address: '192.0.2.2', port: 80 } }, { value: -1, errno: 111 })).toBe('connect(192.0.2.2:80) ECONNREFUSED');
  expect(variablesText([{ name: 'snd.una', from: 0, to: 1 }, { name: 'cwnd', from: 1, to: 2 }])).toBe('snd.una 0→1');
});
