import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../start-sandbox.ts';
import type { Sandbox, SandboxOptions } from '../start-sandbox.ts';
import type { SandboxPerson } from '../people/sandbox-person.ts';

export const TOKEN = '4242:sandbox';
/** 14 November 2023, 22:13:20 UTC. */
export const START_S = 1_700_000_000;

const ANSWER = z.looseObject({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
});

export interface Answered {
  readonly status: number;
  readonly body: z.infer<typeof ANSWER>;
  readonly headers: Headers;
}

export interface Fixture {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: FakeClock;
  /** Calls a method with a JSON body. */
  readonly call: (method: string, parameters?: object) => Promise<Answered>;
  /** The result of a call that must succeed. */
  readonly ok: <T>(method: string, parameters: object, schema: z.ZodType<T>) => Promise<T>;
  /** The description of a call that must fail. */
  readonly refused: (method: string, parameters?: object) => Promise<string>;
  /** A person who has started the bot, without pending updates. */
  readonly started: (firstName?: string) => Promise<SandboxPerson>;
}

export class FakeClock {
  nowMs = START_S * 1000;

  passS(seconds: number): void {
    this.nowMs += seconds * 1000;
  }
}

/** A sandbox for one test, with a clock that stands still. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Fixture> {
  const clock = new FakeClock();
  const sandbox = await startSandbox({ token: TOKEN, now: () => clock.nowMs, ...options });
  onTestFinished(() => sandbox.close());
  const call = (method: string, parameters: object = {}) =>
    post(`${sandbox.url}/bot${TOKEN}/${method}`, parameters);
  return {
    sandbox,
    url: sandbox.url,
    clock,
    call,
    ok: async (method, parameters, schema) => {
      const { body } = await call(method, parameters);
      if (!body.ok) throw new Error(`${method}: ${body.description ?? ''}`);
      return schema.parse(body.result);
    },
    refused: async (method, parameters) => {
      const { status, body } = await call(method, parameters);
      if (body.ok || status !== body.error_code) throw new Error(JSON.stringify({ status, body }));
      return `${status} ${body.description ?? ''}`;
    },
    started: async (firstName = 'Ann') => {
      const person = sandbox.people.add({ firstName, languageCode: 'en' });
      person.say('/start');
      await call('deleteWebhook', { drop_pending_updates: true });
      return person;
    },
  };
}

export async function post(url: string, parameters: object): Promise<Answered> {
  return read(
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    }),
  );
}

export async function read(response: Response): Promise<Answered> {
  const body = ANSWER.parse(await response.json());
  return { status: response.status, body, headers: response.headers };
}

export const SENT = z.looseObject({ message_id: z.number(), text: z.string().optional() });

/** `keyboard('A:a B:b | C:c')`: labels with their callback data, a bar between rows. */
export function keyboard(rows: string): { inline_keyboard: object[][] } {
  const cells = (row: string) =>
    row
      .trim()
      .split(/\s+/)
      .map((cell) => {
        const [text = '', data = text] = cell.split(':');
        return { text, callback_data: data };
      });
  return { inline_keyboard: rows === '' ? [] : rows.split('|').map(cells) };
}

/** Waits that end when the test says so. */
export class ManualWaits {
  #release: (() => void) | null = null;
  #asked: ((ms: number) => void) | null = null;
  #pendingMs: number | null = null;

  readonly wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      this.#release = resolve;
      this.#pendingMs = ms;
      signal.addEventListener('abort', () => {
        resolve();
      });
      this.#asked?.(ms);
    });

  /** Resolves with its length as soon as somebody waits. */
  begun(): Promise<number> {
    if (this.#pendingMs !== null) return Promise.resolve(this.#pendingMs);
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }

  /** Lets the wait end. */
  end(): void {
    this.#pendingMs = null;
    this.#release?.();
  }
}
