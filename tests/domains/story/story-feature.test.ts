import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OutageError } from '../../../domains/core/outage-error.ts';
import type { Reply } from '../../../domains/core/reply.ts';
import type { ActionShape } from '../../../domains/core/ui-payload.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 0 });
});
afterEach(() => crowd.close());

const ANN = 11;
/** Of the first screen of the first story. */
const FIRST = 1;

function act(action: ActionShape): Promise<Reply> {
  return crowd.first.router.act(ANN, action);
}

/** Such as `shown: story` or `refused story.refused.stale: story`. */
function summary(reply: Reply): string {
  const why = reply.kind === 'refused' ? ` ${reply.notice.key}` : '';
  return `${reply.kind}${why}: ${reply.payload.screen}`;
}

async function beginPrologue(): Promise<void> {
  await act({ action: 'lobby.new' });
  await crowd.first.router.handleText(ANN, { asks: 'name', typed: 'Ann' });
  await act({ action: 'onboarding.gender', value: 'female' });
  await act({ action: 'onboarding.archetype', value: 'warrior' });
  await act({ action: 'onboarding.confirm' });
}

const choose = (seq: number): ActionShape => ({
  action: 'story.choose',
  value: { key: 'prologue', seq, index: 0 },
});

describe('in a story', () => {
  beforeEach(beginPrologue);

  test('the story is the current screen, and the menu once it is set aside', async () => {
    expect(summary(await act({ action: 'home' }))).toBe('shown: story');
    expect(summary(await act({ action: 'story.pause', value: FIRST }))).toBe('shown: arena');
    expect(summary(await act({ action: 'home' }))).toBe('shown: arena');
    expect(summary(await act({ action: 'story.resume', value: FIRST }))).toBe('shown: story');
  });

  test('a tap on Skip right after Later is refused, and the story goes on where it was', async () => {
    await act({ action: 'story.pause', value: FIRST });
    const skipped = await act({ action: 'story.skip', value: FIRST });
    expect(summary(skipped)).toBe('refused story.refused.paused: arena');
    expect(summary(await act({ action: 'story.resume', value: FIRST }))).toBe('shown: story');
  });

  test('an old key is refused, and the present screen shown', async () => {
    expect(summary(await act(choose(FIRST)))).toBe('shown: story');
    expect(summary(await act(choose(FIRST)))).toBe('refused story.refused.stale: story');
    const old = { action: 'story.points', value: { seq: FIRST, given: '000000000' } };
    expect(summary(await act(old))).toBe('refused story.refused.stale: story');
  });

  test('the arena stays usable while the database is away', async () => {
    const down = new OutageError('away');
    vi.spyOn(crowd.repositories.journeys, 'read').mockRejectedValue(down);
    vi.spyOn(crowd.repositories.journeys, 'step').mockRejectedValue(down);
    expect(summary(await act({ action: 'home' }))).toBe('shown: arena');
    expect(summary(await act(choose(FIRST)))).toBe('refused account.notice.away: arena');
    expect(summary(await act({ action: 'arena.join', mode: '1v1' }))).toBe('shown: search');
  });

  test('a battle that cannot begin while the arena is drained says so, and keeps its key', async () => {
    await crowd.first.drain.set(true);
    // The third choice leads into the first battle.
    await act(choose(FIRST));
    await act(choose(FIRST + 1));
    expect(summary(await act(choose(FIRST + 2)))).toBe('refused arena.notice.draining: story');
    const fight = { action: 'story.fight', value: FIRST + 3 };
    expect(summary(await act(fight))).toBe('refused arena.notice.draining: story');
    await crowd.first.drain.set(false);
    expect(summary(await act(fight))).toBe('shown: battle');
  });

  test('a search that has taken over is what the player sees', async () => {
    await act({ action: 'arena.join', mode: '1v1' });
    expect(summary(await act({ action: 'home' }))).toBe('shown: search');
    expect(summary(await act(choose(FIRST)))).toBe('refused account.notice.busy: search');
  });
});

test('a key of a story without a character is refused', async () => {
  expect(summary(await act(choose(FIRST)))).toBe('refused arena.notice.no_character: lobby');
});
