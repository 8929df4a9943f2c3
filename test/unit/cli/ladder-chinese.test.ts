import pc from 'picocolors';
import stringWidth from 'string-width';
import { Ladder } from '../../../src/cli/ladder.js';
import { geometryOf } from '../../../src/cli/ladder-lines.js';
import { R } from '../../../src/trace/book.js';
import { Story } from '../../../src/trace/story.js';
import { fateOf, IRS, ISS, packet, PSH_ACK, synAckIn, synOut, transfers, variables } from '../trace/conversation.js';

/** An opening in which a segment is lost, a bulk transfer, a decision, a TIME-WAIT that counts down. */
function played(width: number, verbose: boolean): string {
  let text = '';
  const ladder = new Ladder({
    left: '客户端（glasstcp）', right: '服务器（Linux 内核）', terminal: { width, colors: pc.createColors(false), live: false },
    write: (t) => void (text += t), verbose, language: 'zh', soon: () => undefined,
  });
  const story = new Story((m) => ladder.moment(m));
  ladder.note('客户端发起连接：第一个 SYN,ACK 在链路上丢失，随后由重传超时补救。');
  story.decision(1, 1_000_000, R.OpenActive, ISS, 0, 0);
  story.segment(1, 1_000_000, 'out', synOut(), 20, R.SendSyn, 1460, 7, 0);
  story.state(1, 1_000_000, 'CLOSED', 'SYN-SENT', R.OpenActive);
  story.settled(1, 1_000_000, variables({ state: 'SYN-SENT' }));
  ladder.fate(fateOf(synAckIn(), 'in', 'lost', '', 1_000_400));
  story.segment(1, 2_000_000, 'in', synAckIn(), 20, 0, 0, 0, 0);
  story.decision(1, 2_000_000, R.Established, IRS, 0, 0);
  story.state(1, 2_000_000, 'SYN-SENT', 'ESTABLISHED', R.Established);
  story.settled(1, 2_000_000, variables());
  for (let i = 0; i < 2; i++) {
    story.segment(1, 2_000_900, 'out', packet('out', { flags: PSH_ACK, seq: ISS + 1, ack: IRS + 1, length: 12 }), 20, R.SendLast, 12, 1, 0);
    story.settled(1, 2_000_900, variables());
  }
  transfers(story, 40);
  story.decision(1, 3_600_000, R.CwndFull, 4000, 14_600, 14_600);
  story.settled(1, 3_600_000, variables());
  story.flush();
  ladder.countdown(60);
  ladder.finish();
  return text;
}

describe.each([60, 100])('at %d columns', (width) => {
  test.each([false, true])('every line fits, and both lifelines stand straight (verbose: %s)', (verbose) => {
    const { gutter } = geometryOf(width);
    const lines = played(width, verbose).trimEnd().split('\n').filter((line) => !line.includes('TIME-WAIT  '));
    for (const line of lines.slice(lines.findIndex((l) => l.includes('┬')))) {
      expect(stringWidth(line)).toBe(width);
      expect([...line].at(-1)).toMatch(/[│├┤┬┴┆]/);
      expect(line[gutter]).toMatch(/[│├┤┬┴┆◆· ]|\p{Script=Han}/u);
    }
  });

  test('all its words are Chinese', () => {
    const text = played(width, true);
    const folded = played(width, false);
    // Put together again without the gutter's times and states, the lifelines and the line breaks.
    const flat = (all: string): string => all.replace(/^[^│┆├┤◆·┬┴]*/gm, '').replace(/[│┆\s]/g, '');
    expect(text).toMatch(/秒.*┬/);
    if (width === 100) expect(text).toContain('我方状态');
    expect(flat(text)).toContain('请求建立连接：可接收的报文段最大1460字节，窗口扩大2^7倍[RFC9293§3.10.1,MUST]');
    expect(flat(text)).toContain('链路上丢失');
    expect(text).toContain('（重传）');
    expect(flat(text)).toContain('snd.nxt0→1，');
    expect(flat(folded)).toContain('…又发出37个数据报文段，收到37个ACK（54,020字节，3.65毫秒）…');
    expect(text).toContain('还剩 60 秒，共 60 秒');
    expect(text).not.toMatch(/ON THE LINK|seconds|\(again\)| left/);
  });
});
