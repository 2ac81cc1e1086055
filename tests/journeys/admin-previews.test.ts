import { describe, expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { screenWith, withAction } from '../support/duel-steps.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { actionsIn, openWithOperator } from '../support/open-with-operator.ts';

const keys = { broadcast: /broadcast_.*all/u, announcement: /announce_.*\b3\b/u } as const;

/** The operator types a message; answers the data of a key below its preview. */
async function broadcastPreview(operator: TestPlayer, message: string): Promise<string> {
  operator.say('/admin broadcast');
  await operator.sees(/Type the message/u);
  operator.say(message);
  return keyOf(operator, { message, key: keys.broadcast });
}

/** The same text in both languages. */
async function announcementPreview(operator: TestPlayer, message: string): Promise<string> {
  operator.say('/admin');
  await operator.tap(withAction(/^admin\.announce\|/u));
  await operator.sees(/Type the announcement: .*Русский/u);
  operator.say(message);
  await operator.sees(/Type the announcement: .*English/u);
  operator.say(message);
  return keyOf(operator, { message, key: keys.announcement });
}

async function keyOf(
  operator: TestPlayer,
  { message, key }: { readonly message: string; readonly key: RegExp },
): Promise<string> {
  const { buttons } = await operator.sees(new RegExp(`this\\?[^]*${message}`, 'u'));
  return buttons.flat().find(withAction(key))?.data ?? '';
}

async function tapIsTooLate(operator: TestPlayer, data: string): Promise<void> {
  operator.client.tap(data, { force: true });
  await operator.sees(/Too long ago[^]*\/admin find/u);
}

describe('a key below a preview that another one has followed', () => {
  test('sends neither of two broadcasts, and the last preview can still be sent', async () => {
    const durable = await openWithOperator('en');
    const { open, operator } = durable;
    const first = await broadcastPreview(operator, 'The first');
    const second = await broadcastPreview(operator, 'The second');
    await tapIsTooLate(operator, first);
    expect(await actionsIn(durable)).toEqual([]);
    operator.client.tap(second, { force: true });
    await operator.sees(/on its way/u);
    expect(await actionsIn(durable)).toMatchObject([{ action: 'broadcast' }]);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('starts neither of two announcements, and the last one can still be started', async () => {
    const durable = await openWithOperator('en');
    const { open, operator } = durable;
    const first = await announcementPreview(operator, 'The first');
    const second = await announcementPreview(operator, 'The second');
    await tapIsTooLate(operator, first);
    expect(await actionsIn(durable)).toEqual([]);
    operator.client.tap(second, { force: true });
    await operator.sees(/Announced\.[^]*read by 0/u);
    expect(loggedProblems(open)).toEqual([]);
  });
});

test.each(['admin.broadcast_send||all', 'admin.announce_start||3'])(
  'a key of an earlier release below a preview, %s, changes nothing and says so',
  async (data) => {
    const durable = await openWithOperator('en');
    const { operator } = durable;
    await (data.includes('announce') ? announcementPreview : broadcastPreview)(operator, 'News');
    await tapIsTooLate(operator, data);
    await screenWith(operator, 'admin.broadcast');
    expect(await actionsIn(durable)).toEqual([]);
  },
);
