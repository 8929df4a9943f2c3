/** What yargs itself says in Chinese, where its own zh_CN leaves something out or is not Chinese enough. */

const both = (sentence: string): { readonly one: string; readonly other: string } => ({ one: sentence, other: sentence });

const words = {
  'Show help': '显示帮助',
  'default:': '默认值：',
  'choices:': '可选值：',
  'Positionals:': '参数：',
  'Unknown argument: %s': both('未知选项：%s'),
  'Unknown command: %s': both('未知命令：%s。'),
  'Not enough arguments following: %s': '--%s 后面需要一个值。',
  'Not enough non-option arguments: got %s, need at least %s': both('缺少参数：给出了 %s 个，至少需要 %s 个。'),
  'Too many non-option arguments: got %s, maximum of %s': both('参数过多：给出了 %s 个，至多 %s 个。'),
  'Missing required argument: %s': both('缺少必需的参数：%s。'),
  'Argument: %s, Given: %s, Choices: %s': '--%s 不能是 %s；可选值：%s。',
} as const;

/** For updateStrings, whose types know nothing of plurals. */
export const parserWords = words as unknown as Readonly<Record<string, string>>;
