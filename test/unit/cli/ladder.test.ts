import pc from 'picocolors';
import stringWidth from 'string-width';
import { Ladder } from '../../../src/cli/ladder.js';
import { geometryOf, renderFate, renderMoment } from '../../../src/cli/ladder-lines.js';
import { SegmentReader } from '../../../src/observe/segment-view.js';
import type { Moment } from '../../../src/trace/moment.js';
import { Story } from '../../../src/trace/story.js';
import {
  ACK, AckDelayed, fateOf, FIN_ACK, IRS, ISS, NewData, opens, packet, PSH_ACK, RST_ACK, StrayReset, SYN, SynAcked, synAckIn, synOut, TimeWaitOver,
  TookData, transfers, variables,
} from '../trace/conversation.js';

const plain = pc.createColors(false);

interface Setup {
  width?: number;
  colors?: boolean;
  live?: boolean;
  verbose?: boolean;
}

function ladderOf({ width = 100, colors = false, live = false, verbose = false }: Setup = {}) {
  let text = '';
  const later: (() => void)[] = [];
  const ladder = new Ladder({
    left: 'glasstcp 192.0.2.2:7',
    right: 'Linux kernel 192.0.2.1:40312',
    terminal: { width, colors: pc.createColors(colors), live },
    write: (t) => void (text += t),
    verbose,
    soon: (callback) => void later.push(callback),
  });
  const soon = (): void => later.splice(0).forEach((callback) => callback());
  return { ladder, story: new Story((m) => ladder.moment(m)), text: () => text, lines: () => text.split('\n').slice(0, -1), soon };
}

const firstData = () => packet('out', { flags: PSH_ACK, seq: ISS + 1, ack: IRS + 1, length: 12 });

/** A bit of everything: opening, losses both ways, bulk, a retransmission, TIME-WAIT, a stray. */
function everything({ ladder, story }: ReturnType<typeof ladderOf>): void {
  ladder.note('glasstcp connects; the kernel serves.');
  opens(story);
  ladder.fate(fateOf(synAckIn(), 'in', 'lost', 'the 1st SYN,ACK, by script', 1_000_400));
  story.segment(1, 1_000_900, 'out', firstData(), 20, NewData, 12, 0, 0);
  story.settled(1, 1_000_900, variables());
  ladder.fate(fateOf(firstData(), 'out', 'lost', 'the 1st data segment, by script', 1_000_900));
  transfers(story, 40);
  story.segment(1, 1_500_000, 'out', firstData(), 20, NewData, 12, 0, 0);
  story.settled(1, 1_500_000, variables());
  story.decision(1, 1_600_000, AckDelayed, 40, 0, 0);
  story.settled(1, 1_600_000, variables());
  story.segment(1, 1_700_000, 'in', packet('in', { flags: FIN_ACK, seq: IRS + 1, ack: ISS + 1 }), 20, 0, 0, 0, 0);
  story.state(1, 1_700_000, 'FIN-WAIT-2', 'TIME-WAIT', TookData);
  story.settled(1, 1_700_000, variables());
  story.state(1, 61_700_000, 'TIME-WAIT', 'CLOSED', TimeWaitOver);
  story.settled(1, 61_700_000, variables({ state: 'CLOSED' }));
  story.segment(0, 62_000_000, 'in', packet('in', { flags: SYN, seq: 77, options: { mss: 1460 } }), 20, 0, 0, 0, 0);
  story.segment(0, 62_000_100, 'out', packet('out', { flags: RST_ACK, seq: 0, ack: 78, wnd: 0 }), 20, StrayReset, 7, 0, 0);
  story.flush();
  ladder.finish();
}

describe.each([60, 100, 160, 200])('at %d columns', (width) => {
  test.each([false, true])('every line fits and both lifelines stand straight (colours: %s)', (colors) => {
    const setup = ladderOf({ width, colors });
    everything(setup);
    const { gutter } = geometryOf(width);
    const lines = setup.lines();
    const rows = lines.slice(lines.findIndex((l) => l.includes('┬')));
    expect(rows.length).toBeGreaterThan(30);
    const escape = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
    for (const row of rows) {
      expect(stringWidth(row)).toBe(width);
      const bare = row.replace(escape, '');
      expect(bare[gutter]).toMatch(/[│├┤┬┴┆◆·]/);
      expect(bare[width - 1]).toMatch(/[│├┤┬┴┆]/);
    }
  });

  test('says the essentials', () => {
    const setup = ladderOf({ width });
    everything(setup);
    const text = setup.text();
    // Wrapped text, put together again without the lifelines and the gutter.
    const flat = setup.lines().map((l) => l.slice(geometryOf(width).gutter).replace(/[│┆]/g, ' ')).join(' ').replace(/\s+/g, ' ');
    expect(text).toContain('glasstcp 192.0.2.2:7');
    expect(text).toContain('Linux kernel 192.0.2.1:40312');
    expect(flat).toContain('SYN seq=0 win=64240 <mss 1460,sackOK,ws 7>');
    expect(flat).toContain('An active OPEN sends a SYN with our initial number 4294967280. [RFC 9293 §3.10.1, MUST]');
    expect(flat).toContain('LOST ON THE LINK: the 1st SYN,ACK, by script');
    expect(flat).toContain('LOST ON THE LINK: the 1st data segment, by script');
    expect(flat).toContain('… 37 more data segments out, 37 acks in (54,020 octets, 3.65 ms) …');
    expect(flat).toContain('(again)');
    expect(flat).toContain('2MSL have passed since the last FIN');
    expect(flat).toContain('RST,ACK seq=1 ack=1 win=0');
    expect(text).toMatch(/→ CLOSED/);
  });
});

describe('the exact look', () => {
  const read = (m: Moment, width: number): string[] => {
    const view = m.bytes === undefined ? undefined : new SegmentReader().read(m.bytes);
    return renderMoment(m, { terminal: { width, colors: plain }, start: 1_000_000, view });
  };
  const moments: Moment[] = [];
  opens(new Story((m) => moments.push(m)));

  test('with room for a state column', () => {
    expect(read(moments[1], 100)).toEqual([
      '  0.000210 SYN-SENT        │◄────────────── SYN,ACK seq=0 ack=1 win=65535 <mss 1460,sackOK,ws 8> ──┤',
      '           → ESTABLISHED   │  Our SYN is acknowledged (ack=1): the connection is established.      │',
      '                           │  [RFC 9293 §3.10.7.3, MUST]                                           │',
    ]);
  });

  test('without room for it; options move to the next line', () => {
    expect(read(moments[1], 60)).toEqual([
      '0.000210 │◄─────────────── SYN,ACK seq=0 ack=1 win=65535 ──┤',
      '         │  <mss 1460,sackOK,ws 8>                         │',
      '         │  SYN-SENT → ESTABLISHED                         │',
      '         │  Our SYN is acknowledged (ack=1): the           │',
      '         │  connection is established.                     │',
      '         │  [RFC 9293 §3.10.7.3, MUST]                     │',
    ]);
  });

  test('a packet that was lost on its way to us ends in a cross', () => {
    const view = new SegmentReader().read(synOut().toBytes());
    const fate = fateOf(synOut(), 'in', 'lost', 'burst', 1_000_000);
    expect(renderFate(fate, { terminal: { width: 100, colors: plain }, start: 1_000_000, view })).toEqual([
      '  0.000000                 │                  ✗────── SYN seq=0 win=64240 <mss 1460,sackOK,ws 7> ──┤',
      '                           │  LOST ON THE LINK: burst                                              │',
    ]);
  });

  test('a decision without a packet has no arrow', () => {
    const events: Moment[] = [];
    const story = new Story((m) => events.push(m));
    story.decision(1, 1_500_000, AckDelayed, 40, 0, 0);
    story.settled(1, 1_500_000, variables());
    const lines = read(events[0], 100);
    expect(lines[0]).toMatch(/^ {2}0\.500000 ESTABLISHED {5}· {2}The acknowledgement waits up to 40 ms/);
    expect(lines.join('')).not.toMatch(/[►◄─]/);
  });

  test('a packet that cannot be read is still drawn', () => {
    const line = renderMoment({ ...(moments[0]), states: [] }, { terminal: { width: 100, colors: plain }, start: 0 })[0];
    expect(line).toContain('unreadable packet');
  });
});

describe('colours', () => {
  test('none without them', () => {
    const setup = ladderOf({ colors: false });
    everything(setup);
    expect(setup.text()).not.toContain('\x1b');
  });

  test('reasons are dim, losses red', () => {
    const setup = ladderOf({ colors: true });
    everything(setup);
    expect(setup.text()).toContain(pc.createColors(true).dim('Our SYN is acknowledged (ack=1): the connection is established.'));
    expect(setup.text()).toContain(pc.createColors(true).red('LOST ON THE LINK: the 1st SYN,ACK, by script'));
  });
});

describe('folding', () => {
  const arrows = (text: string): number => (text.match(/[►◄]/g) ?? []).length;

  test('draws the first few of a kind, counts the rest', () => {
    const { ladder, story, text } = ladderOf();
    transfers(story, 100);
    ladder.finish();
    expect(arrows(text())).toBe(6);
    expect(text()).toContain('… 97 more data segments out, 97 acks in (141,620 octets, 9.65 ms) …');
  });

  test('two are not worth it', () => {
    const { ladder, story, text } = ladderOf();
    transfers(story, 4);
    ladder.finish();
    expect(arrows(text())).toBe(8);
    expect(text()).not.toContain('…');
  });

  test('verbose draws everything and says which variables changed', () => {
    const { ladder, story, text } = ladderOf({ verbose: true });
    transfers(story, 100);
    ladder.finish();
    expect(arrows(text())).toBe(200);
    expect(text()).toContain('snd.nxt 1461→2921, pipe 0→1460');
  });

  test('a retransmission is always drawn, and ends the fold before it', () => {
    const { ladder, story, text } = ladderOf();
    transfers(story, 20);
    story.segment(1, 2_000_000, 'out', packet('out', { flags: ACK, seq: ISS + 1, ack: IRS + 1, length: 1460 }), 20, NewData, 1460, 0, 0);
    story.settled(1, 2_000_000, variables());
    ladder.flush();
    const folded = text().indexOf('17 more data segments');
    expect(folded).toBeGreaterThan(0);
    expect(text().indexOf('(again)')).toBeGreaterThan(folded);
  });

  test('a segment lost on the link is always drawn', () => {
    const { ladder, story, text } = ladderOf();
    transfers(story, 20);
    const p = packet('out', { flags: ACK, seq: ISS + 1 + 20 * 1460, ack: IRS + 1, length: 1460 });
    story.segment(1, 2_000_000, 'out', p, 20, NewData, 1460, 0, 0);
    story.settled(1, 2_000_000, variables());
    ladder.fate(fateOf(p, 'out', 'lost', '5 %'));
    expect(text()).toContain('─✗');
  });

  test('a sentence said often enough is not repeated, but why a segment is sent always is', () => {
    const { ladder, story, lines } = ladderOf();
    for (let i = 0; i < 3; i++) {
      story.decision(1, i, AckDelayed, 40, 0, 0);
      story.segment(1, i, 'out', packet('out', { flags: PSH_ACK, seq: ISS + 1 + i, ack: IRS + 1, length: 1 }), 20, NewData, 1, 0, 0);
      story.settled(1, i, variables());
    }
    ladder.finish();
    expect(lines().filter((l) => l.includes('The acknowledgement waits'))).toHaveLength(2);
    expect(lines().filter((l) => l.includes('1 octets are ready'))).toHaveLength(3);
  });

  test('nor with other numbers, unless it moved the state', () => {
    const { ladder, story, text } = ladderOf();
    for (let i = 0; i < 4; i++) {
      story.segment(1, i, 'in', synAckIn(), 20, 0, 0, 0, 0);
      story.decision(1, i, AckDelayed, 10 + i, 0, 0);
      story.decision(1, i, SynAcked, 20 + i, 0, 0);
      if (i === 3) story.state(1, i, 'SYN-SENT', 'ESTABLISHED', SynAcked);
      story.settled(1, i, variables());
    }
    ladder.finish();
    expect([...text().matchAll(/waits up to (\d+)/g)].map((m) => m[1])).toEqual(['10', '11']);
    expect([...text().matchAll(/ack=(\d\d)\)/g)].map((m) => m[1])).toEqual(['20', '21', '23']);
  });
});

describe('live', () => {
  test('a segment sent is drawn soon, when the link has had its say', () => {
    const { ladder, story, text, soon } = ladderOf();
    story.segment(1, 0, 'out', firstData(), 20, NewData, 12, 0, 0);
    story.settled(1, 0, variables());
    expect(text()).not.toContain('PSH');
    ladder.fate(fateOf(firstData(), 'out', 'lost', 'L'));
    expect(text()).toContain('LOST ON THE LINK: L');
    story.segment(1, 1, 'out', packet('out', { flags: PSH_ACK, seq: ISS + 13, ack: IRS + 1, length: 1 }), 20, NewData, 1, 0, 0);
    story.settled(1, 1, variables());
    expect(text()).not.toContain('seq=13');
    soon();
    expect(text().match(/►/g)).toHaveLength(1);
  });

  test('sides begins another ladder, and time goes on', () => {
    const { ladder, story, lines } = ladderOf();
    opens(story);
    ladder.sides('glasstcp 192.0.2.2:40000', 'Linux kernel 192.0.2.1:7');
    opens(story, 3_000_000);
    ladder.finish();
    expect(lines().filter((l) => l.includes('┬'))).toHaveLength(2);
    expect(lines().filter((l) => l.includes('┴'))).toHaveLength(2);
    expect(lines().some((l) => l.includes('Linux kernel 192.0.2.1:7'))).toBe(true);
    expect(lines().some((l) => l.startsWith('  2.000210'))).toBe(true);
  });

  test('names that do not fit side by side go on two lines', () => {
    const { ladder, lines } = ladderOf({ width: 60 });
    ladder.sides('glasstcp [2001:db8::2]:7', 'Linux kernel [2001:db8::1]:40312');
    ladder.note('IPv6');
    expect(lines()[0]).toBe('         glasstcp [2001:db8::2]:7');
    expect(lines()[1]).toBe('                            Linux kernel [2001:db8::1]:40312');
  });
});

describe('countdown', () => {
  test('a few plain lines on a pipe', () => {
    const { ladder, lines } = ladderOf();
    for (let s = 60; s >= 0; s--) ladder.countdown(s);
    expect(lines().map((l) => l.trim().replace(/[▰▱]+/, '').replace(/\s+/g, ' '))).toEqual([
      'TIME-WAIT 60 s of 60 s left', 'TIME-WAIT 30 s of 60 s left', 'TIME-WAIT 15 s of 60 s left',
    ]);
  });

  test('a short wait is told in tenths', () => {
    const { ladder, lines } = ladderOf();
    for (const left of [1.996, 1.4, 0.98, 0.43, 0]) ladder.countdown(left);
    expect(lines().map((l) => /\d.*$/.exec(l)?.[0])).toEqual(['2.0 s of 2.0 s left', '1.0 s of 2.0 s left', '0.5 s of 2.0 s left']);
  });

  test('one line that is rewritten on a terminal, and gone before anything else is printed', () => {
    const { ladder, story, text } = ladderOf({ live: true });
    ladder.countdown(2);
    ladder.countdown(1);
    expect(text()).not.toContain('\n');
    expect(text().split('\r\x1b[K')).toHaveLength(3);
    const before = text().length;
    story.state(1, 0, 'TIME-WAIT', 'CLOSED', TimeWaitOver);
    story.settled(1, 0, variables({ state: 'CLOSED' }));
    expect(text().slice(before).startsWith('\r\x1b[K')).toBe(true);
    ladder.countdown(0);
    expect(text().endsWith('\n')).toBe(true);
  });
});
