/** Labs stepped through with keys that are pressed at once: every lab takes it, nothing is changed by it. */
import pc from 'picocolors';
import type { Keys } from '../../../../src/cli/lab/keys.js';
import { LadderSpectator } from '../../../../src/cli/lab/ladder-spectator.js';
import { Stepper } from '../../../../src/cli/lab/stepper.js';
import { LABS } from '../../../../src/labs/all.js';
import type { Lab } from '../../../../src/labs/lab.js';
import { type LabReport, reportOf } from '../../../../src/labs/report.js';
import { runLab, Stopped } from '../../../../src/labs/run.js';
import { TEXTS } from '../../../../src/labs/text/catalog.js';

interface Stepped {
  readonly report: LabReport;
  readonly printed: string;
  readonly asked: number;
  /** Packets that were not off stage. */
  readonly shown: number;
}

/** @param press the nth key, from 1 */
async function stepThrough(lab: Lab, press: (n: number) => string | null = () => '', immediate = false): Promise<Stepped> {
  let printed = '';
  let asked = 0;
  const keys: Keys = { immediate, next: () => Promise.resolve(press(++asked)), close: () => undefined };
  const common = { lab, text: TEXTS.en[lab.id], language: 'en' as const, terminal: { width: 100, colors: pc.createColors(false), live: true }, write: (text: string) => void (printed += text) };
  const spectator = new LadderSpectator({ ...common, setting: 'sim', verbose: false, pacer: new Stepper({ ...common, keys }) });
  const report = reportOf(await runLab(lab, { setting: 'sim', spectator }));
  spectator.finish();
  return { report, printed, asked, shown: spectator.packets };
}

test.each(LABS.map((lab) => [lab.id, lab] as const))('%s: the same as without stopping, and each packet is announced', async (_, lab) => {
  const result = await runLab(lab, { setting: 'sim' });
  const plain = reportOf(result);
  const { report, asked, printed, shown } = await stepThrough(lab);
  expect(report).toEqual(plain);
  expect(shown).toBe(result.stage.seen.filter(({ hidden }) => !hidden).length);
  expect(asked).toBeGreaterThanOrEqual(shown);
  expect(printed.split('\n').filter((line) => line.startsWith('▸ ') && line.includes('?')).join()).toBe('');
}, 60_000);

const lab = (id: string): Lab => LABS.find((candidate) => candidate.id === id) as Lab;

test('what is announced is drawn next, ours and theirs, and says why', async () => {
  const { printed } = await stepThrough(lab('close-four'));
  const lines = printed.split('\n').filter((line) => /^▸|►|◄/.test(line));
  expect(lines.map((line) => (line.startsWith('▸') ? 'announced' : 'drawn')).join(' ')).toBe(Array(7).fill('announced drawn').join(' '));
  expect(printed).toMatch(/▸ server \(glasstcp\) is about to send ACK seq=1 ack=2[^▸]*ESTABLISHED → CLOSE-WAIT[^▸]*\[RFC 9293/);
});

test('an injected segment is announced as what it is, before it is drawn', async () => {
  const { printed } = await stepThrough(lab('open-stale-syn'));
  expect(printed).toMatch(/▸ the lab puts on the line, as if the client \(glasstcp\) sent it now: SYN[^►]*SYN seq=0 win=65535 ─+►[^▸]*INJECTED/);
});

test('c goes on without asking', async () => expect((await stepThrough(lab('close-four'), (n) => (n === 2 ? 'c' : ''))).asked).toBe(2));

test.each(['q', null])('%j leaves', async (key) => expect(stepThrough(lab('close-four'), () => key)).rejects.toThrow(Stopped));

test('? helps and asks again; other keys of a terminal are ignored', async () => {
  const { printed, asked } = await stepThrough(lab('close-four'), (n) => ['?', 'x', '', 'c'][n - 1], true);
  expect(asked).toBe(4);
  expect(printed.match(/this help/g)).toHaveLength(1);
});

test('on a terminal the announcement makes room for the segment', async () => {
  const { printed } = await stepThrough(lab('close-four'), (n) => (n === 1 ? '' : 'c'), true);
  expect(printed).toContain('\r\u001b[4A\u001b[J  0.000000 SYN-SENT');
});
