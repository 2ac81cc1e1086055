import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PNG } from './photo-fixture.ts';
import { startAlone, startScript } from './package-process.ts';
import { post, read } from './sandbox-fixture.ts';

const PERSON = z.looseObject({ id: z.number() });
const CHAT = z.looseObject({ drawn: z.array(z.string()) });

/** Acts as a person over HTTP, as another process does. */
function personAt(url: string) {
  const act = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}/sandbox/people${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return response.json();
  };
  return {
    add: async (first_name: string) => PERSON.parse(await act('', { first_name })).id,
    say: (id: number, text: string) => act(`/${id}/messages`, { text }),
    tap: (id: number, button: string) => act(`/${id}/taps`, { button }),
    drawn: async (id: number) => {
      const response = await fetch(`${url}/sandbox/people/${id}/chat`);
      return CHAT.parse(await response.json()).drawn.join('\n');
    },
  };
}

describe('the sandbox started alone', () => {
  test('runs the example bot: /start, a tap and an echo', async () => {
    const { url, token } = await startAlone();
    startScript('examples/grammy-bot.js', [token, url]);
    const { add, say, tap, drawn } = personAt(url);
    const ann = await add('Ann');
    await say(ann, '/start');
    await expect.poll(() => drawn(ann)).toContain('[Roll a die]');
    await tap(ann, 'Roll a die');
    await expect.poll(() => drawn(ann)).toMatch(/\(toast: You rolled [1-6]\)/);
    await say(ann, 'hello');
    await expect.poll(() => drawn(ann)).toContain('bot: hello');
  });

  test('takes an upload with a parameter that no method has, as Telegraf sends it', async () => {
    const { url, token } = await startAlone();
    const { add, say } = personAt(url);
    const ann = await add('Ann');
    await say(ann, '/start');
    const body = new FormData();
    body.set('method', 'sendPhoto');
    body.set('chat_id', String(ann));
    body.set('photo', new Blob([PNG]), 'photo.png');
    const sent = await read(await fetch(`${url}/bot${token}/sendPhoto`, { method: 'POST', body }));
    expect(sent.body.ok).toBe(true);
  });

  test('refuses such a parameter when started with --strict', async () => {
    const { url, token } = await startAlone('--strict');
    const { status, body } = await post(`${url}/bot${token}/getMe`, { suppress: true });
    expect([status, body.description]).toEqual([
      400,
      'Bad Request: the sandbox knows no parameter "suppress" of getMe',
    ]);
  });

  test('has another token at every start', async () => {
    const [first, second] = [await startAlone(), await startAlone()];
    expect(first.token).toMatch(/^\d+:[\w-]{32}$/);
    expect(second.token).not.toBe(first.token);
  });

  test('is the bot that its options describe', async () => {
    const { url } = await startAlone('--token', '7:x', '--username', 'die_bot', '--name', 'Die');
    const { body } = await post(`${url}/bot7:x/getMe`, {});
    expect(body.result).toMatchObject({ id: 7, username: 'die_bot', first_name: 'Die' });
  });

  test('ends with 0 after SIGTERM', async () => {
    const { child } = await startAlone();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
