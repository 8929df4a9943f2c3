/** `glasstcp prove`: what is proved, what it prints, and its exit status; all in virtual time. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { prove as command } from '../../../src/cli/commands/prove.js';
import { Failure } from '../../../src/cli/failure.js';
import { choose } from '../../../src/cli/prove/choose.js';
import { prove, type Proof, type ProofOptions } from '../../../src/cli/prove/proof.js';
import { proofText, segmentLine } from '../../../src/cli/prove/proof-lines.js';
import { labsThatAnswer } from '../../../src/labs/claims/answers.js';
import { CLAIMS, sectionOf } from '../../../src/labs/claims/all.js';
import { verdictOf } from '../../../src/labs/claims/claim.js';
import type { Language } from '../../../src/labs/text/language.js';

jest.setTimeout(120_000);

const options = (language: Language = 'en', more: Partial<ProofOptions> = {}): ProofOptions => ({ setting: 'sim', seed: 1, language, all: false, played: new Map(), ...more });
const folder = mkdtempSync(join(tmpdir(), 'prove-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as the command line would. */
async function glasstcp(claims: readonly string[], more: Readonly<Record<string, unknown>> = {}): Promise<{ status: unknown; out: string }> {
  let text = '';
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((said) => Boolean((text += String(said))));
  const before = process.exitCode;
  try {
    await command.handler({ claims, list: false, all: false, sim: true, seed: '1', json: false, _: [], $0: '', ...more });
    return { status: process.exitCode, out: text };
  } finally {
    process.exitCode = before;
    out.mockRestore();
  }
}

async function told(name: string, language: Language = 'en'): Promise<string> {
  const [chosen] = choose([name], undefined);
  return proofText(await prove(chosen, options(language)), language, { width: 400, colors: pc.createColors(false), live: false });
}

/** Claims that are to be corrected: the wire has to show it, unless they are a footnote. */
const CORRECTED = CLAIMS.filter((claim) => ['wrong', 'imprecise'].includes(verdictOf(claim)) && (sectionOf(claim) !== 'H' || labsThatAnswer(claim).length > 0));

test('most of the corrections are about TCP', () => expect(CORRECTED.length).toBeGreaterThan(40));

test.each(CORRECTED.map((claim) => [claim.number, verdictOf(claim), claim] as const))('entry %d (%s) is shown on the wire', async (_, verdict, claim) => {
  const proof = await prove({ claim, note: undefined }, options());
  expect(proof.labs.map(({ lab, failure }) => ({ lab, failure }))).toEqual(proof.labs.map(({ lab }) => ({ lab, failure: null })));
  expect(proof.labs.length).toBeGreaterThan(0);
  expect(proof.verdict).toBe(verdict);
  for (const { evidence } of proof.labs) {
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.map(({ sentence }) => sentence).filter((sentence) => /^$|\{\w+\}/.test(sentence))).toEqual([]);
  }
  expect(proof.labs.flatMap(({ evidence }) => evidence.flatMap(({ segments }) => segments)).length).toBeGreaterThan(0);
});

describe('what it prints', () => {
  test('S4-64: no descriptor is held in TIME-WAIT', async () => {
    const text = await told('S4-64');
    for (const words of ['S4-64  ✗ wrong', '✗ S4 “而TIME_WAIT和CLOSE_WAIT两种状态', 'True of CLOSE-WAIT only.', 'Read: RFC 9293 §3.3.2', 'Evidence: lab wait-no-descriptor', '✓ 12 connections in TIME-WAIT, 0 descriptors']) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/client ──▶ server {2}SYN +seq=0 len=0/);
  });

  test('S0-21: the note\'s right half, and its wrong one', async () => {
    const text = await told('S0-21');
    expect(text).toMatch(/✓ S0 “直到重传次数超过限制[^]*✗ S0 “发送方发送 SYN 时/);
    expect(text).toMatch(/1000\.0 ms {2}client ──▶ server {2}SYN +seq=0 len=0/);
    expect(text).toContain('lost');
  });

  test('S1-7 in Chinese', async () => {
    const text = await told('S1-7', 'zh');
    for (const words of ['S1-7  ✗ 错误', '实际情况', '出处：RFC 9293 §3.10.7.3，第四步、第五步', '证据：实验 open-bare-ack', '客户端 ◀── 服务器  ACK', '伪造或旧的']) expect(text).toContain(words);
    expect(text.slice(text.indexOf('说法'))).not.toMatch(/client|server|Evidence|What is true|fourth/);
  });

  test('only the words of the note that is asked for', async () => {
    expect(await told('S0-5')).not.toContain('S4 “');
    expect(await told('S0-5')).toContain('S0-5  ✓ right');
    expect(await told('5')).toMatch(/5 {2}✗ wrong[^]*✓ S0 “[^]*✗ S4 “/);
  });

  test('87 is a footnote', async () => {
    const text = await told('87');
    expect(text).toContain('87  * a footnote');
    expect(text).toContain('A footnote: no lab is needed for this.');
    expect(text).not.toContain('Evidence');
  });

  test('9 is in no note', async () => {
    const text = await told('9');
    expect(text).toContain('no note says anything of it');
    expect(text).toContain('Evidence: lab open-simultaneous');
  });

  test('a segment, with what became of it', () => {
    const line = { at: 12_345_678, from: 'server', flags: 'RST,ACK', seq: 0, ack: 1, length: 0, window: 0, fate: 'injected', arrived: [] } as const;
    expect(segmentLine(line, 'en', pc.createColors(false))).toBe('     12.3 s  client ◀── server  RST,ACK   seq=0 ack=1 len=0  forged or old');
  });
});

test('evidence is what passed between one must and the next, however much of it was left out of the ladder', async () => {
  const { labs: [{ evidence }] } = await prove(choose(['S1-53'], undefined)[0], options());
  const by = (key: string): readonly string[] => evidence.find((one) => one.key === key)?.segments.map(({ from, flags }) => `${from} ${flags}`) ?? [];
  expect(by('fin')).toEqual(['client SYN', 'server SYN,ACK', 'client ACK', 'client FIN,ACK']);
  expect(by('ack')).toEqual(['server ACK']);
  expect(by('half')).toEqual([]);
  expect(by('fin-back')).toEqual(['server FIN,ACK']);
  expect(by('last-ack')).toEqual(['client ACK']);
});

test('a lab that answers several claims is played once', async () => {
  const [one, two] = choose(['S0-52', 'S1-53'], undefined);
  const shared = options();
  const [first, second] = [await prove(one, shared), await prove(two, shared)];
  expect(first.labs.map(({ lab }) => lab)).toEqual(['close-four']);
  expect(second.labs[0]).toBe(first.labs[0]);
});

test('all labs that answer it, on demand', async () => {
  const [chosen] = choose(['65'], undefined);
  expect((await prove(chosen, options())).furtherLabs).toEqual([]);
  expect((await prove(choose(['5'], undefined)[0], options())).furtherLabs).toEqual(['open-normal']);
  const all = await prove(choose(['5'], undefined)[0], options('en', { all: true }));
  expect(all.labs.map(({ lab }) => lab).sort()).toEqual(['open-delayed-ack-instant', 'open-normal']);
  expect(all.furtherLabs).toEqual([]);
});

describe('the command', () => {
  test('several at once: status 0, and how many a run has shown', async () => {
    const { status, out } = await glasstcp(['S1-7', '87']);
    expect(status).toBe(0);
    expect(out).toContain('S1-7  ✗ wrong');
    expect(out).toContain('1 of 2 shown by a run\n');
  });

  test('a section', async () => {
    const { out } = await glasstcp([], { section: 'b' });
    for (const number of [21, 22, 23, 24, 25, 26, 27]) expect(out).toMatch(new RegExp(`^${number}  `, 'm'));
  });

  test('JSON: an object for each claim', async () => {
    const { out } = await glasstcp(['S0-24'], { json: true });
    const proof = JSON.parse(out) as Proof;
    expect(proof).toMatchObject({ name: 'S0-24', entry: 24, section: 'B', verdict: 'wrong', labs: [{ lab: 'lost-third-ack-expired', setting: 'sim', passed: true, failure: null }] });
    expect(proof.labs[0].evidence[0].segments[0]).toMatchObject({ from: 'client', flags: 'SYN' });
  });

  test('the same each time', async () => {
    expect((await glasstcp(['S4-5'])).out).toBe((await glasstcp(['S4-5'])).out);
  });

  test('a capture: each lab an interface, each packet with its reason', async () => {
    const capture = join(folder, 'proof.pcapng');
    const { out } = await glasstcp(['S1-7', 'S4-5'], { capture });
    expect(out).toMatch(/^\d+ packets in .*proof\.pcapng: open it in Wireshark\.$/m);
    const text = readFileSync(capture).toString('latin1');
    for (const words of ['glasstcp prove', 'open-bare-ack', 'open-delayed-ack-instant', 'RFC 9293']) expect(text).toContain(words);
  });

  test('the list, and the list as data', async () => {
    const { out } = await glasstcp([], { list: true });
    expect(out.split('\n').filter((line) => /^ *\d+ {2}/.test(line))).toHaveLength(87);
    expect(out).toMatch(/^ 64 {2}S4 +✗ wrong/m);
    const data = (await glasstcp([], { list: true, json: true, section: 'H' })).out.trim().split('\n').map((line) => JSON.parse(line) as { entry: number });
    expect(data.map(({ entry }) => entry)).toEqual([81, 82, 83, 84, 85, 86, 87]);
  });

  test('a whole note, in its own words and with its own verdicts; or all', async () => {
    const { out } = await glasstcp(['s1'], { list: true });
    expect(out).toMatch(/^ +6 {2}S1 +~ imprecise/m);
    expect(out).not.toContain('S2');
    expect(choose(['S1'], undefined).map(({ note }) => note)).toEqual(Array.from({ length: 15 }, () => 'S1'));
    expect(choose(['all'], undefined)).toHaveLength(87);
  });

  test.each([
    [['S1-64'], 'Entry 64 is not in S1, but in S4.', 'glasstcp prove S4-64'],
    [['S0-9'], 'Entry 9 is in no note: it is missing from all of them.', 'glasstcp prove 9'],
    [['S5-1'], 'There is no claim "S5-1": the notes are S0 to S4, the entries 1 to 87.', 'glasstcp prove --list'],
    [['88'], 'There is no claim "88": the notes are S0 to S4, the entries 1 to 87.', 'glasstcp prove --list'],
    [['0'], 'There is no claim "0": the notes are S0 to S4, the entries 1 to 87.', 'glasstcp prove --list'],
    [['time-wait'], 'There is no claim "time-wait": the notes are S0 to S4, the entries 1 to 87.', 'glasstcp prove --list'],
    [[], 'Which claim? Name one: S4-64, or 64.', 'glasstcp prove --list'],
  ])('%j is refused', async (claims, message, mend) => {
    const refused = await glasstcp(claims).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Failure);
    expect(refused).toMatchObject({ message, mend, status: 2 });
  });

  test('a lab that shows something else: status 1, and what was seen instead', async () => {
    const play = jest.spyOn(labsThatAnswer(CLAIMS[6])[0], 'play').mockResolvedValue();
    try {
      const { status, out } = await glasstcp(['S1-7']);
      expect(status).toBe(1);
      expect(out).toMatch(/✗ [^]*seen instead: the play ended without it/);
    } finally {
      play.mockRestore();
    }
  });
});
