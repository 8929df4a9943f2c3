/**
 * yargs in another language: what a command says of itself (descriptions, usage, examples) is looked up as it is handed over, so
 * that commands are written in one language and know nothing of the other.
 */
import type { Argv, CommandModule } from 'yargs';

export type Translate = (sentence: string) => string;
type Builder = (yargs: Argv) => unknown;

/** Which arguments of yargs' methods are sentences for people. */
const SENTENCES: Readonly<Record<string, readonly number[]>> = { usage: [0], example: [1], epilogue: [0], demandCommand: [2, 3] };

/** A yargs that translates whatever it is told, in the builders of commands too. */
export function translating(yargs: Argv, translate: Translate): Argv {
  const translated: Argv = new Proxy(yargs, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        const within = (build: Builder): Builder => (inner) => {
          build(translating(inner, translate));
          return inner;
        };
        const result: unknown = (member as (...all: unknown[]) => unknown).apply(target, translateCall(String(name), args, translate, within));
        return result === target ? translated : result;
      };
    },
  });
  return translated;
}

/**
 * The arguments of one call, translated.
 * @param within what to make of the builder of a command
 */
export function translateCall(method: string, args: readonly unknown[], translate: Translate, within: (build: Builder) => Builder): unknown[] {
  const say = (value: unknown): unknown => (typeof value === 'string' ? translate(value) : value);
  const described = (value: unknown): unknown => translateOption(value, say);
  switch (method) {
    case 'option':
    case 'positional':
      return [args[0], described(args[1])];
    case 'options':
      return [Object.fromEntries(Object.entries(args[0] as object).map(([name, option]) => [name, described(option)]))];
    case 'command':
      return translateCommand(args, say, within);
    default:
      return args.map((value, i) => (SENTENCES[method]?.includes(i) === true ? say(value) : value));
  }
}

const translateOption = (option: unknown, say: (value: unknown) => unknown): unknown =>
  (typeof option === 'object' && option !== null && 'describe' in option ? { ...option, describe: say(option.describe) } : option);

/** Given as a module, or as name, description, builder, handler. */
function translateCommand([first, describe, builder, ...rest]: readonly unknown[], say: (value: unknown) => unknown, within: (build: Builder) => Builder): unknown[] {
  if (typeof first !== 'object') return [first, say(describe), typeof builder === 'function' ? within(builder as Builder) : builder, ...rest];
  const module = first as CommandModule;
  return [{ ...module, describe: say(module.describe), builder: typeof module.builder === 'function' ? within(module.builder) : module.builder }];
}
