import pc from 'picocolors';
import { LadderSpectator } from '../../../src/cli/lab/ladder-spectator.js';
import { LABS } from '../../../src/labs/all.js';
import { TEXTS } from '../../../src/labs/text/catalog.js';
import type { Language } from '../../../src/trace/language.js';
import { synOut } from '../trace/conversation.js';

/** What a lab's ladder says of a note and of a SYN that an accident strikes. */
function told(language: Language, label: string): string {
  const [lab] = LABS;
  const text = { ...TEXTS[language][lab.id], says: { 'begin': language === 'zh' ? '开始。' : 'It begins.', 'syn-lost': language === 'zh' ? '第一个 SYN' : 'the first SYN' } };
  let printed = '';
  const spectator = new LadderSpectator({
    lab, text, language, setting: 'kernel', verbose: false, terminal: { width: 100, colors: pc.createColors(false), live: false }, write: (more) => void (printed += more),
  });
  spectator.say('begin', {});
  spectator.sent({ serial: 0, from: lab.glass === 'client' ? 'server' : 'client', at: 5, octets: synOut().toBytes(), fate: 'lost', label });
  spectator.finish();
  return printed;
}

test('in Chinese', () => {
  const printed = told('zh', 'syn-lost');
  for (const words of ['Linux 内核', '开始。', '链路上丢失：第一个 SYN']) expect(printed).toContain(words);
  expect(printed).not.toMatch(/kernel|client|server|seconds/);
});

test('in English', () => {
  const printed = told('en', 'syn-lost');
  for (const words of ['Linux kernel', 'It begins.', 'LOST ON THE LINK: the first SYN']) expect(printed).toContain(words);
});

test('a label that is no key is told as it is', () => expect(told('en', 'every third SYN')).toContain('LOST ON THE LINK: every third SYN'));
