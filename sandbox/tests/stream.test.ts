import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { keyboard, openSandbox } from './sandbox-fixture.ts';

interface News {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

const AT = z.object({ at: z.string() });

/** Reads a stream one event at a time. */
class Listener {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #rest = '';

  constructor(response: Response) {
    const body = response.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>();
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event, or null at the end. */
  async next(): Promise<News | null> {
    for (;;) {
      const end = this.#rest.indexOf('\n\n');
      if (end >= 0) {
        const block = this.#rest.slice(0, end);
        this.#rest = this.#rest.slice(end + 2);
        return parse(block);
      }
      const { value, done } = await this.#reader.read();
      if (done) return null;
      this.#rest += value;
    }
  }

  async nextOf(event: string): Promise<News> {
    for (;;) {
      const news = await this.next();
      if (news === null) throw new Error(`the stream ended without ${event}`);
      if (news.event === event) return news;
    }
  }
}

function parse(block: string): News {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2)];
    }),
  );
  const data: unknown = JSON.parse(fields.get('data') ?? 'null');
  return { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data };
}

async function withStream() {
  const fixture = await openSandbox();
  const leave = new AbortController();
  onTestFinished(() => {
    leave.abort();
  });
  const listen = async (query = '', headers = {}) => {
    const url = `${fixture.url}/sandbox/stream${query}`;
    return new Listener(await fetch(url, { headers, signal: leave.signal }));
  };
  return { ...fixture, listen };
}

describe('the event stream', () => {
  test('sends the events of all chats and the calls of the bot', async () => {
    const { listen, sandbox, call } = await withStream();
    const stream = await listen();
    expect(await stream.next()).toMatchObject({ event: 'hello' });
    const ann = sandbox.people.add({ firstName: 'Ann' });
    expect(await stream.next()).toMatchObject({
      event: 'person',
      data: { id: ann.id, first_name: 'Ann', has_started: false },
    });
    ann.say('/start');
    expect(await stream.next()).toMatchObject({
      event: 'chat',
      data: {
        person_id: ann.id,
        event: { event_id: 1, kind: 'sent', message: { text: '/start' } },
      },
    });
    await call('sendMessage', { chat_id: ann.id, text: '<b>x</b>', parse_mode: 'HTML' });
    expect(await stream.nextOf('chat')).toMatchObject({
      data: { event: { message: { entities: [{ type: 'bold', offset: 0, length: 1 }] } } },
    });
    expect(await stream.nextOf('call')).toMatchObject({
      data: { method: 'sendMessage', status: 200, fault: null },
    });
  });

  test('sends a person after a new name and after a block', async () => {
    const { listen, started } = await withStream();
    const ann = await started();
    const stream = await listen();
    ann.change({ firstName: 'Anna' });
    expect(await stream.nextOf('person')).toMatchObject({ data: { first_name: 'Anna' } });
    ann.block();
    expect(await stream.nextOf('person')).toMatchObject({ data: { has_blocked_bot: true } });
  });

  test('sends a reply keyboard', async () => {
    const { listen, started, call } = await withStream();
    const ann = await started();
    const stream = await listen();
    const markup = { keyboard: [['Yes', 'No']] };
    await call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup: markup });
    await stream.nextOf('chat');
    expect(await stream.nextOf('chat')).toMatchObject({
      data: { event: { kind: 'keyboard', labels: [['Yes', 'No']] } },
    });
  });

  test.each([
    ['getUpdates', {}],
    ['setWebhook', { url: 'http://127.0.0.1:1/' }],
  ])('says once that the bot has started, after its first %s', async (method, parameters) => {
    const { listen, url, call } = await withStream();
    const isStarted = async () => (await fetch(`${url}/sandbox/bot`)).json();
    const stream = await listen();
    await call('getMe');
    expect(await isStarted()).toMatchObject({ is_started: false });
    await call(method, parameters);
    await call('deleteWebhook');
    await call(method, parameters);
    expect(await stream.nextOf('bot')).toMatchObject({ data: {} });
    expect(await isStarted()).toMatchObject({ is_started: true });
    expect(await stream.next()).toMatchObject({ event: 'call', data: { method } });
    expect(await stream.next()).toMatchObject({ data: { method: 'deleteWebhook' } });
    expect(await stream.next()).toMatchObject({ event: 'call', data: { method } });
  });

  test('sends faults after a change and after a hit', async () => {
    const { listen, url, call } = await withStream();
    const stream = await listen();
    const fault = { method: 'getMe', kind: 'flood', retry_after: 1 };
    await fetch(`${url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect(await stream.nextOf('faults')).toMatchObject({ data: {} });
    await call('getMe');
    expect(await stream.nextOf('call')).toMatchObject({ data: { fault: 'flood', status: 429 } });
    expect(await stream.next()).toMatchObject({ event: 'faults' });
  });

  test.each(['header', 'query'])('continues after the last event id in the %s', async (how) => {
    const { listen, started, call } = await withStream();
    const ann = await started();
    const first = await listen();
    await call('sendMessage', { chat_id: ann.id, text: 'seen', reply_markup: keyboard('A') });
    const { id } = await first.nextOf('chat');
    await call('sendMessage', { chat_id: ann.id, text: 'missed' });
    const again = how === 'header' ? listen('', { 'last-event-id': id }) : listen(`?after=${id}`);
    const second = await again;
    expect(await second.next()).toMatchObject({ event: 'hello' });
    expect(await second.nextOf('chat')).toMatchObject({
      data: { event: { message: { text: 'missed' } } },
    });
  });

  test.each(['other-1', 'nonsense', 'OWN-999999'])(
    'sends reset for the unknown event id %j',
    async (bookmark) => {
      const { listen } = await withStream();
      const { at } = AT.parse((await (await listen()).next())?.data);
      const after = bookmark.replace('OWN', at.split('-')[0] ?? '');
      expect(await (await listen(`?after=${after}`)).next()).toMatchObject({ event: 'reset' });
    },
  );

  test('ends when the sandbox closes', async () => {
    const { listen, sandbox } = await withStream();
    const stream = await listen();
    await stream.next();
    await sandbox.close();
    expect(await stream.next()).toBeNull();
  });
});
