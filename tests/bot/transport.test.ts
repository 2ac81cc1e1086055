import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { AbortController } from 'abort-controller';
import { HttpError } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { failureOf } from '../../bot/api-errors.ts';
import { createApi } from '../../bot/create-bot.ts';
import { type ProxySettings, openTransport } from '../../bot/transport.ts';
import { silentLog } from '../support/silent-log.ts';
import { freePort } from '../support/redis-server.ts';

const TOKEN = '4646:token-of-a-transport-on-this-machine';

function openApi(apiRoot: string, proxy: ProxySettings = {}) {
  const { fetch, close } = openTransport(apiRoot, proxy);
  onTestFinished(close);
  return { api: createApi(TOKEN, { apiRoot, fetch, log: silentLog }).api, close };
}

interface Listening {
  readonly root: string;
  readonly server: Server;
  /** Every connection that was opened. */
  readonly lines: Socket[];
}

async function listen(answer: RequestListener): Promise<Listening> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  const lines: Socket[] = [];
  server.on('connection', (line) => lines.push(line));
  await once(server, 'listening');
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { root: `http://127.0.0.1:${port}`, server, lines };
}

/** A proxy that knows one server, whatever name is asked for. */
async function openProxy({ port }: URL) {
  const proxy = await listen((_, response) => response.writeHead(405).end());
  const tunnels: string[] = [];
  proxy.server.on('connect', (request: IncomingMessage, line: Socket) => {
    tunnels.push(request.url ?? '');
    const target = connect(Number(port), '127.0.0.1', () => {
      line.write('HTTP/1.1 200 Connected\r\n\r\n');
      target.pipe(line).pipe(target);
    });
    target.on('error', () => line.destroy());
    line.on('error', () => target.destroy());
  });
  return { url: proxy.root, tunnels };
}

const succeed: RequestListener = (_, response) => {
  response.end(JSON.stringify({ ok: true, result: true }));
};

async function failed(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable('The call has succeeded'),
    (error: unknown) => error,
  );
}

describe('openTransport', () => {
  test('sends calls and returns responses in any script over connections that stay open', async () => {
    const asked: string[] = [];
    const { root, lines } = await listen((request, response) => {
      void request.setEncoding('utf8').once('data', (body: string) => {
        asked.push(`${request.url ?? ''} ${body}`);
        response.end(JSON.stringify({ ok: true, result: { message_id: 7, text: 'Привет ⚔️' } }));
      });
    });
    const { api } = openApi(`${root}/behind/a/door`);
    for (let chatId = 1; chatId <= 20; chatId += 1) {
      expect(await api.sendMessage(chatId, 'Привет ⚔️')).toMatchObject({ text: 'Привет ⚔️' });
    }
    expect(asked[0]).toBe(
      `/behind/a/door/bot${TOKEN}/sendMessage {"chat_id":1,"text":"Привет ⚔️"}`,
    );
    // A call may come just before the connection of the last one is free again.
    expect(lines.length).toBeLessThanOrEqual(2);
  });

  test('calls go through the proxy, unless NO_PROXY names the server or it is on this machine', async () => {
    const { root } = await listen(succeed);
    const proxy = await openProxy(new URL(root));
    const settings = { HTTPS_PROXY: proxy.url, NO_PROXY: null };
    await openApi('http://telegram.invalid/behind', settings).api.sendChatAction(1, 'typing');
    expect(proxy.tunnels).toEqual(['telegram.invalid:80']);
    await openApi(root, settings).api.sendChatAction(1, 'typing');
    const direct = { ...settings, NO_PROXY: 'localhost,.invalid' };
    const call = openApi('http://telegram.invalid', direct).api.sendChatAction(1, 'typing');
    expect(failureOf(await failed(call))).toBe('unsent');
    expect(proxy.tunnels).toHaveLength(1);
  });

  test('a refused call rejects with Telegram’s description', async () => {
    const sandbox = await startSandbox({ token: TOKEN });
    onTestFinished(() => sandbox.close());
    const { api } = openApi(sandbox.url);
    await expect(api.sendMessage(1, 'to nobody')).rejects.toMatchObject({
      error_code: 400,
      description: 'Bad Request: chat not found',
    });
  });

  test('a call fails as unsent when nothing listens or the name does not resolve', async () => {
    const port = await freePort();
    for (const host of ['127.0.0.1', 'localhost']) {
      const error = await failed(openApi(`http://${host}:${port}`).api.sendChatAction(1, 'typing'));
      expect(error).toBeInstanceOf(HttpError);
      expect(failureOf(error)).toBe('unsent');
    }
    const nowhere = openApi('http://no-such-host.invalid').api.sendChatAction(1, 'typing');
    expect(failureOf(await failed(nowhere))).toBe('unsent');
  });

  test('a call fails as unknown when the connection breaks or the response is not JSON', async () => {
    const answers: RequestListener[] = [
      (request) => request.socket.resetAndDestroy(),
      (request) => request.socket.end(),
      (_, response) => response.writeHead(502).end('<html>Bad Gateway</html>'),
      (_, response) => {
        response.writeHead(200, { 'Content-Length': 100 }).write('{"ok":', () => {
          response.socket?.destroy();
        });
      },
    ];
    for (const answer of answers) {
      const { api } = openApi((await listen(answer)).root);
      expect(failureOf(await failed(api.sendChatAction(1, 'typing')))).toBe('unknown');
    }
  });

  test('an error does not contain the token', async () => {
    const { api } = openApi(`http://127.0.0.1:${await freePort()}`);
    const error = await failed(api.sendChatAction(1, 'typing'));
    expect(error instanceof Error && error.message).not.toContain(TOKEN);
  });

  test('an aborted call closes its connection before and during the response', async () => {
    const beginnings: RequestListener[] = [
      () => null,
      (_, response) => response.writeHead(200, { 'Content-Length': 100 }).write('{"ok":'),
    ];
    for (const begin of beginnings) {
      const { root, lines, server } = await listen(begin);
      const asked = once(server, 'request');
      const given = new AbortController();
      const call = failed(openApi(root).api.sendMessage(1, 'hallo', {}, given.signal));
      await asked;
      given.abort();
      expect(failureOf(await call)).toBe('unknown');
      await expect.poll(() => lines[0]?.destroyed).toBe(true);
    }
  });

  test('a call that was aborted before it began is not made', async () => {
    const { root, lines } = await listen(succeed);
    const given = new AbortController();
    given.abort();
    const call = openApi(root).api.sendMessage(1, 'hallo', {}, given.signal);
    expect(failureOf(await failed(call))).toBe('unsent');
    expect(lines).toHaveLength(0);
  });

  test('calls do not wait for each other or for the long poll', async () => {
    const { root } = await listen((request, response) => {
      if (request.url?.endsWith('getUpdates') === false) succeed(request, response);
    });
    const { api } = openApi(root);
    void api.getUpdates({ timeout: 30 }).catch(() => null);
    const calls = Array.from({ length: 300 }, (_, id) => api.sendChatAction(id + 1, 'typing'));
    expect(await Promise.all(calls)).toHaveLength(300);
  });

  test('close() aborts running calls', async () => {
    const { root, lines, server } = await listen(() => null);
    const asked = once(server, 'request');
    const { api, close } = openApi(root);
    const poll = failed(api.getUpdates({ timeout: 30 }));
    await asked;
    await close();
    expect(await poll).toBeInstanceOf(HttpError);
    await expect.poll(() => lines.map((line) => line.destroyed)).toEqual([true]);
  });
});
