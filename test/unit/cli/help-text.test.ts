import type { Argv } from 'yargs';
import { commandLine, describeCommands } from '../../../src/cli/command-line.js';
import { explainFailure, usageError } from '../../../src/cli/failure.js';
import { languageAsked } from '../../../src/cli/language-asked.js';
import { translateCall } from '../../../src/cli/translating.js';
import { errors } from '../../../src/cli/zh/errors.js';
import { help } from '../../../src/cli/zh/help.js';
import { errorInChinese } from '../../../src/cli/zh/phrases.js';

const HAN = /\p{Script=Han}/u;

/** Every sentence that a command says of itself, those of commands within commands too. */
function sentencesOfAll(): string[] {
  const said = new Set<string>();
  const note = (sentence: string): string => {
    said.add(sentence);
    return sentence;
  };
  const recorder: Argv = new Proxy({} as Argv, {
    get: (_, method) => (...args: readonly unknown[]): Argv => {
      const read = (build: (yargs: Argv) => unknown): ((yargs: Argv) => unknown) => {
        build(recorder);
        return build;
      };
      translateCall(String(method), args, note, read);
      return recorder;
    },
  });
  describeCommands(recorder);
  return [...said];
}

const helpOf = (words: readonly string[], language: 'en' | 'zh'): Promise<string> => new Promise((resolve) => {
  void commandLine(words, { language, version: '0', width: 110 }).parse([...words, '--help'], {}, (_error, _args, text) => resolve(text));
});

describe('the help in Chinese', () => {
  const said = sentencesOfAll();

  test('has every sentence of every command, and none besides', () => {
    expect(said.length).toBeGreaterThan(70);
    expect(said.filter((sentence) => !(sentence in help))).toEqual([]);
    expect(Object.keys(help).filter((sentence) => !said.includes(sentence))).toEqual([]);
  });

  test('is Chinese, wherever there is more than a command to type', () => {
    for (const [english, chinese] of Object.entries(help)) {
      expect(chinese).toMatch(HAN);
      const options = (text: string): string[] => [...new Set(text.match(/--[a-z-]+|\$0 \w+/g) ?? [])].sort();
      expect(options(chinese)).toEqual(options(english));
    }
  });

  test.each(['', 'demo', 'read', 'capture', 'compare', 'calls', 'doctor', 'script', 'lab', 'lab run', 'prove'])('glasstcp %s --help has no English sentence', async (command) => {
    const words = command.split(' ').filter((word) => word !== '');
    const text = await helpOf(words, 'zh');
    expect(text).toContain('显示帮助');
    expect(text).toContain('选项：');
    // What is typed, quoted or named so is left out.
    const prose = text.replace(/"[^"]*"|\$?glasstcp [\w-]+.*|sudo .*|tcpdump .*|Linux cooked|kernel violates|glasstcp violates|both allowed|not compared|\[default: .*?\]|--[a-z-]+/g, '');
    expect(prose.match(/\b(the|of|and|with|which|each|only|write|print|show|to)\b/gi) ?? []).toEqual([]);
  });

  test('a value that is no choice is told with those that are, in English too', () => {
    const line = commandLine(['doctor', '--lang', 'fr'], { language: 'en', version: '0', width: 80 }).exitProcess(false);
    expect(() => line.parse()).toThrow('--lang takes one of "en", "zh"; it was given "fr".');
  });

  test('English stays English', async () => {
    const text = await helpOf(['demo'], 'en');
    expect(text).toContain('Where to write the capture (pcapng); --no-capture for none');
    expect(text).toContain('Options:');
    expect(text).toContain('The language: en or zh [default: as LANG says]');
  });
});

describe('what is wrong with a command line, in Chinese', () => {
  const refusal = async (...args: string[]): Promise<string> => {
    try {
      await commandLine(args, { language: 'zh', version: '0', width: 80 }).exitProcess(false).parseAsync();
    } catch (error) {
      return explainFailure(error, 'zh');
    }
    return '';
  };

  test.each([
    [[], '错误：缺少命令：capture、'],
    [['demo', '--colour'], '错误：未知选项：--colour。\n  解决办法：glasstcp demo --help\n'],
    [['dance'], '错误：未知命令：dance。\n'],
    [['demo', '--seed'], '错误：--seed 后面需要一个值。'],
    [['script'], '错误：缺少参数：给出了 0 个，至少需要 1 个。'],
    [['doctor', '--lang', 'fr'], '错误：--lang 不能是 "fr"；可选值："en", "zh"。\n'],
    [['demo', '--msl', '0', '--lang', 'zh'], '错误：--msl 应为：秒数，0.1 到 120，可以是小数；给出的是 "0"。\n'],
    [['lab', 'run', 'no-such'], '错误：没有名为 "no-such" 的实验。\n  解决办法：glasstcp lab list\n'],
  ])('%j', async (args, words) => expect(await refusal(...args)).toContain(words));
});

describe('errors in Chinese', () => {
  test.each([
    ['--quiet and --verbose contradict each other.', '--quiet 与 --verbose 互相矛盾。'],
    ['--capture takes a file name, or --no-capture; it was given nothing.', '--capture 应为：文件名，或用 --no-capture；什么也没有给出。'],
    ['there is no private network for the kernel here: user namespaces are not allowed here (unshare failed).', '这里没有可供 内核 使用的私有网络：这里不允许用户命名空间（unshare failed）。'],
    ['The capture file a.pcapng cannot be written: it is a folder.', '无法写入抓包文件 a.pcapng：它是文件夹。'],
    ['Nobody has ever seen this one.', 'Nobody has ever seen this one.'],
  ])('%s', (english, chinese) => expect(errorInChinese(english)).toBe(chinese));

  test('every one is Chinese and has the same values', () => {
    const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [english, chinese] of Object.entries(errors)) {
      expect(chinese).toMatch(HAN);
      expect(places(chinese)).toEqual(places(english));
    }
  });

  test('a value with a dollar sign stays as it is', () => expect(errorInChinese("There is no lab \"$&$'\".")).toBe("没有名为 \"$&$'\" 的实验。"));

  test('a bug is told as one', () => {
    expect(explainFailure(new RangeError('x is 3'), 'zh')).toMatch(/^错误：x is 3\n {2}这是 glasstcp 的一个缺陷（RangeError.*）。\n$/);
    expect(explainFailure(usageError('leave one of them out', ''), 'zh')).toBe('错误：去掉其中一个\n');
  });
});

test.each([
  [['demo'], { LANG: 'zh_CN.UTF-8' }, 'zh'],
  [['demo'], { LANG: 'de_DE.UTF-8' }, 'en'],
  [['demo'], { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
  [['demo', '--lang', 'zh'], {}, 'zh'],
  [['--lang=en', 'demo'], { LANG: 'zh_TW.UTF-8' }, 'en'],
  [['demo', '--lang', 'zh', '--lang=en'], {}, 'en'],
  [['demo', '--lang', 'fr'], { LANG: 'zh_CN' }, 'zh'],
  [['script', '--', '--lang', 'zh'], {}, 'en'],
])('%j with %j speaks %s', (args, env, language) => expect(languageAsked(args, env)).toBe(language));
