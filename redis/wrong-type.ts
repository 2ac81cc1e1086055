import { Command } from 'ioredis';
import { z } from 'zod';
import { isReplyError } from './documents/reply-error.ts';

export interface WrongType {
  /** The keys of the command with their prefix: one of them, or one that a script built from them. */
  readonly keys: readonly string[];
  readonly command: string;
  readonly cure: string;
}

export const CURE = 'another program writes this key: set REDIS_PREFIX, or delete the key';

const repliesTo = z.object({
  command: z.object({ name: z.string(), args: z.array(z.unknown()) }),
});

/** Null for every other failure. Returns keys and no other arguments, which may hold players' data. */
export function wrongTypeOf(error: unknown): WrongType | null {
  if (!isReplyError(error) || !/\bWRONGTYPE\b/.test(error.message)) return null;
  const { data } = repliesTo.safeParse(error);
  if (data === undefined) return { keys: [], command: 'unknown', cure: CURE };
  const { name, args } = data.command;
  return { keys: keysOf(name, args.map(String)), command: name.toLowerCase(), cure: CURE };
}

/** ioredis does not know the keys of module commands. */
function keysOf(name: string, args: string[]): string[] {
  if (/^json\./i.test(name)) return args.slice(0, 1);
  return new Command(name, args).getKeys().map(String);
}
