import { expect, onTestFinished, test, vi } from 'vitest';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';

/** A second mode, as `domains/core/mode.ts` would list it. */
vi.mock('../../../domains/core/mode.ts', async (actual) => {
  const { z } = await import('zod');
  const modes = ['1v1', '2v2'] as const;
  return { ...(await actual<object>()), modes, modeSchema: z.enum(modes) };
});

test('with two modes the menu leads to the menu of each, and there to its queue', async () => {
  const crowd = await openMultiBotArena({ bots: 1, characters: 1 });
  onTestFinished(() => crowd.close());
  const { arena, sessions } = crowd.first;
  const [charId = 0] = crowd.ids;
  const menu = (await arena.getMainMenu(charId)).payload;
  const actions = menu.buttons.flat().map(({ action, mode }) => `${action} ${mode ?? ''}`);
  expect(actions.slice(0, 3)).toEqual(['arena.mode 1v1', 'arena.mode 2v2', 'character ']);
  const { payload } = await arena.getModeMenu(charId, '1v1');
  expect(payload).toMatchObject({ screen: 'mode', mode: '1v1' });
  expect(payload.buttons.flat()).toMatchObject([{ action: 'arena.join', mode: '1v1' }, {}]);
  await arena.joinQueue(charId, '1v1');
  expect((await sessions.getQueueStatus(charId)).kind).toBe('waiting');
});
