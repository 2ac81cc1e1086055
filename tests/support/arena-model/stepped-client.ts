import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { Redis } from 'ioredis';
import type { ScriptCall } from './arena-model.ts';

export interface Command {
  readonly label: string;
  readonly script: ScriptCall | null;
}

/** Scripts of the timers of battles, which the model does not have. */
const ofTimers = new Set(['lease-checks', 'postpone-check']);

export type Step = (command: Command, send: () => Promise<unknown>) => Promise<unknown>;

function digestOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

const folder = new URL('../../../redis/scripts/', import.meta.url);
const stemByDigest = new Map(textsIn(folder).map(({ stem, text }) => [digestOf(text), stem]));

function textsIn(where: URL): { readonly stem: string; readonly text: string }[] {
  return readdirSync(where)
    .filter((name) => name.endsWith('.lua'))
    .map((name) => ({
      stem: name.replace(/\.lua$/, ''),
      text: readFileSync(new URL(name, where), 'utf8'),
    }));
}

/** A client whose commands wait for `step`, so that other processes or a crash can come first. */
export function steppedClient(client: Redis, step: Step): Redis {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      // Events of the connection are no commands.
      if (name === 'on') return () => target;
      if (name === 'pipeline' || name === 'multi') return () => steppedBatch(target, name, step);
      return (...args: unknown[]) => {
        const send = () => Promise.resolve<unknown>(Reflect.apply(value, target, args));
        return step(commandOf(name, args.map(String)), send);
      };
    },
  });
}

function steppedBatch(client: Redis, kind: 'pipeline' | 'multi', step: Step) {
  const batch = client[kind]();
  const exec = batch.exec.bind(batch);
  return Object.assign(batch, { exec: () => step({ label: kind, script: null }, () => exec()) });
}

function commandOf(name: string, args: readonly string[]): Command {
  const [which = '', count = '0', ...rest] = args;
  if (!name.startsWith('eval'))
    return { label: [name, ...args.slice(0, 2)].join(' '), script: null };
  const stem = stemByDigest.get(name === 'eval' ? digestOf(which) : which);
  if (stem === undefined) throw new Error(`script is not in redis/scripts: ${which}`);
  if (ofTimers.has(stem)) return { label: stem, script: null };
  const keys = rest.slice(0, Number(count));
  const script = { stem, keys, args: rest.slice(Number(count)) };
  return { label: `${stem} ${script.args[0] ?? ''}`, script };
}
