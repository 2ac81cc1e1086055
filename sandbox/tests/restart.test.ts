import { expect, test } from 'vitest';
import { keyboard, openSandbox } from './sandbox-fixture.ts';
import { SteppedTime } from './stepped-time.ts';

async function withAnn() {
  const time = new SteppedTime();
  const fixture = await openSandbox({ now: time.now, wait: time.wait });
  const ann = await fixture.started();
  const send = (text: string) =>
    fixture.call('sendMessage', { chat_id: ann.id, text, reply_markup: keyboard('Go:go') });
  /* A client finds out that its idle connection was broken only by using it. */
  const again = (method: string, parameters = {}) =>
    fixture.call(method, parameters).catch(() => fixture.call(method, parameters));
  return { ...fixture, time, ann, send, again };
}

test('a restart refuses connections for as long as was asked for', async () => {
  const { sandbox, call, again, time } = await withAnn();
  const restarted = sandbox.restart({ downMs: 2000 });
  await time.until(2000);
  await expect(call('getMe')).rejects.toThrow();
  await time.passMs(2000);
  await restarted;
  expect((await again('getMe')).status).toBe(200);
});

test('after a restart the port and the state are the same', async () => {
  const { sandbox, call, ann, send, again } = await withAnn();
  await call('setMyName', { name: 'Duel' });
  await send('Arena');
  const tap = ann.tap('Go');
  await sandbox.restart();
  expect(ann.lastScreen()?.text).toBe('Arena');
  expect((await again('getMyName')).body.result).toEqual({ name: 'Duel' });
  expect((await call('getUpdates')).body.result).toMatchObject([
    { callback_query: { id: tap.callbackQueryId, data: 'go' } },
  ]);
  await call('answerCallbackQuery', { callback_query_id: tap.callbackQueryId, text: 'Hello' });
  expect((await tap.answered()).text).toBe('Hello');
});

test('a restart ends the current poll, and the bot loses no update', async () => {
  const { sandbox, call, ann, time } = await withAnn();
  const poll = call('getUpdates', { timeout: 30 }).catch(() => 'broken');
  await time.until(30_000);
  const restarted = sandbox.restart({ downMs: 1000 });
  expect(await poll).toBe('broken');
  await time.until(1000);
  ann.say('meanwhile');
  await time.passMs(1000);
  await restarted;
  expect((await call('getUpdates')).body.result).toMatchObject([
    { message: { text: 'meanwhile' } },
  ]);
});

test('a second request during a restart shares it', async () => {
  const { sandbox, again, time } = await withAnn();
  const restarts = [sandbox.restart({ downMs: 1000 }), sandbox.restart({ downMs: 9000 })];
  await time.until(1000);
  await time.passMs(1000);
  await Promise.all(restarts);
  expect((await again('getMe')).status).toBe(200);
});

test('close during a restart leaves the port closed', async () => {
  const { sandbox, call, time } = await withAnn();
  const restarted = sandbox.restart({ downMs: 1000 });
  await time.until(1000);
  await sandbox.close();
  await restarted;
  await expect(call('getMe')).rejects.toThrow();
});

test('POST restarts answers before the restart', async () => {
  const { sandbox, url, call, again, time } = await withAnn();
  const body = JSON.stringify({ down_ms: 500 });
  const answer = await fetch(`${url}/sandbox/restarts`, { method: 'POST', body });
  expect([answer.status, await answer.json()]).toEqual([200, { down_ms: 500 }]);
  await time.until(500);
  await expect(call('getMe')).rejects.toThrow();
  const back = sandbox.restart();
  await time.passMs(500);
  await back;
  expect((await again('getMe')).status).toBe(200);
});
