import { Api } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Manner, ScreenOutbox } from '../../bot/screen-outbox.ts';
import type { Action } from '../../bot/callback-data.ts';
import type { MemoStore } from '../../domains/core/memo-store.ts';
import { type Text, text } from '../../domains/core/text.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import type { SandboxPerson } from '../../sandbox/people/sandbox-person.ts';
import { RecordingLog } from '../support/recording-log.ts';

const TOKEN = '77:token-of-an-outbox-on-this-machine';

class MemoryMemos implements MemoStore {
  readonly #memos = new Map<string, unknown>();

  read(kind: string, id: string): Promise<unknown> {
    return Promise.resolve(this.#memos.get(`${kind}:${id}`) ?? null);
  }

  write(kind: string, id: string, { value }: { readonly value: unknown }): Promise<void> {
    this.#memos.set(`${kind}:${id}`, value);
    return Promise.resolve();
  }

  erase(kind: string, id: string): Promise<void> {
    this.#memos.delete(`${kind}:${id}`);
    return Promise.resolve();
  }
}

interface Bench {
  readonly sandbox: Sandbox;
  readonly ann: SandboxPerson;
  readonly outbox: ScreenOutbox;
  readonly log: RecordingLog;
  show(title: Text, manner?: Manner): Promise<void>;
  sent(): string[];
}

async function openBench(): Promise<Bench> {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const ann = sandbox.people.add({ firstName: 'Ann' });
  ann.say('/start');
  const log = new RecordingLog();
  const api = new Api(TOKEN, { apiRoot: sandbox.url });
  const players = { getLanguage: () => Promise.resolve('en' as const) };
  const outbox = new ScreenOutbox({
    api,
    memos: new MemoryMemos(),
    players,
    log,
    clientTime: true,
  });
  return {
    sandbox,
    ann,
    outbox,
    log,
    show: (title, manner = 'quiet') => outbox.show(ann.id, screen(title), manner),
    sent: () => sandbox.calls.list().map(({ method }) => method),
  };
}

function screen(title: Text): UiPayload<Action> {
  return { screen: 'test', title, body: [], buttons: [[{ label: title, action: 'home' }]] };
}

const named = (name: string) => text('account.button.enter', { name });
const botMessages = (ann: SandboxPerson) => ann.chat().messages.filter((one) => one.from === 'bot');

describe('the screen of a chat', () => {
  test('is one message, edited in place', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    await bench.show(named('B'));
    expect(botMessages(bench.ann).map((one) => one.text)).toEqual(['▶️ B']);
    expect(bench.sent()).toEqual(['sendMessage', 'editMessageText']);
  });

  test('that looks the same is not sent again', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    await bench.show(named('A'));
    expect(bench.sent()).toEqual(['sendMessage']);
  });

  test('comes anew, with a sound, when it is to be heard; the old one leaves', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    await bench.show(named('A'), 'fresh');
    await bench.outbox.drain();
    const [only, ...others] = botMessages(bench.ann);
    expect(others).toEqual([]);
    expect(only?.isSilent).toBe(false);
    expect(bench.sent()).toEqual(['sendMessage', 'sendMessage', 'deleteMessage']);
  });

  test('comes anew, silently, when the message to edit is gone', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    bench.ann.deleteMessage(botMessages(bench.ann)[0]?.messageId ?? 0);
    await bench.show(named('B'));
    expect(botMessages(bench.ann).map((one) => [one.text, one.isSilent])).toEqual([['▶️ B', true]]);
    expect(bench.log.lines).toEqual([]);
  });

  test('that is edited a second time by mistake counts as shown', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    const { messageId } = botMessages(bench.ann)[0] ?? { messageId: 0 };
    bench.sandbox.faults.add({
      method: 'editMessageText',
      kind: 'error',
      errorCode: 400,
      description:
        'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    });
    await bench.show(named('B'));
    expect(await bench.outbox.isPresent(bench.ann.id, messageId)).toBe(true);
    expect(bench.log.lines).toEqual([]);
  });
});

describe('a lane', () => {
  test('lets the newest screen win: those in between are never sent', async () => {
    const bench = await openBench();
    await Promise.all(['A', 'B', 'C', 'D'].map((name) => bench.show(named(name))));
    expect(bench.sent()).toEqual(['sendMessage', 'editMessageText']);
    expect(botMessages(bench.ann).map((one) => one.text)).toEqual(['▶️ D']);
  });

  test('keeps the sound of a screen that a newer one overtook', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    await Promise.all([
      bench.show(named('B')),
      bench.show(named('C'), 'fresh'),
      bench.show(named('D')),
    ]);
    await bench.outbox.drain();
    expect(botMessages(bench.ann).map((one) => [one.text, one.isSilent])).toEqual([
      ['▶️ D', false],
    ]);
  });

  test('repeats the beginning of a match that a broken connection swallowed', async () => {
    const bench = await openBench();
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'reset', when: 'before' });
    await bench.show(named('A'), 'fresh');
    expect(botMessages(bench.ann).map((one) => [one.text, one.isSilent])).toEqual([
      ['▶️ A', false],
    ]);
  });

  test('does not repeat another send whose effect it cannot know', async () => {
    const bench = await openBench();
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'reset', when: 'after' });
    await expect(bench.show(named('A'), 'below')).rejects.toThrow();
    expect(botMessages(bench.ann)).toHaveLength(1);
  });

  test('waits out a flood, and shows the newest screen then', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    bench.sandbox.faults.add({
      method: 'editMessageText',
      kind: 'flood',
      retryAfterS: 1,
      times: 4,
    });
    const shown = bench.show(named('B'));
    void bench.show(named('C'));
    await shown;
    expect(botMessages(bench.ann).map((one) => one.text)).toEqual(['▶️ C']);
  }, 15_000);

  test('goes on after a failure', async () => {
    const bench = await openBench();
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'error', errorCode: 400 });
    await expect(bench.show(named('A'))).rejects.toThrow();
    await bench.show(named('B'));
    expect(botMessages(bench.ann).map((one) => one.text)).toEqual(['▶️ B']);
  });
});

describe('somebody who cannot be reached', () => {
  test('is no error', async () => {
    const bench = await openBench();
    bench.ann.block();
    await bench.show(named('A'));
    expect(bench.log.lines.map((line) => line.level)).toEqual(['info']);
  });
});

describe('a Bot API server that does not know <tg-time>', () => {
  test('gets times as text from then on, and the player misses nothing', async () => {
    const bench = await openBench();
    bench.sandbox.faults.add({
      method: 'sendMessage',
      kind: 'error',
      errorCode: 400,
      description:
        'Bad Request: can\'t parse entities: Unsupported start tag "tg-time" at byte offset 22',
    });
    await bench.show(text('battle.clock', { at: { atMs: 0 } }));
    await bench.show(text('arena.search.since', { at: { atMs: 0 } }));
    expect(botMessages(bench.ann)[0]?.html).toBe('⏱ Search began: 00:00:00 UTC');
    expect(bench.log.lines.map((line) => line.level)).toEqual(['warn']);
  });
});
