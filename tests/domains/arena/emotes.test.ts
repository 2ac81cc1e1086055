import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DuelService } from '../../../domains/arena/duel-service.ts';
import type { Emote } from '../../../domains/combat/battle.ts';
import { type Reply, refused } from '../../../domains/core/reply.ts';
import { text } from '../../../domains/core/text.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';
import { noStandings } from '../../support/unobserved.ts';
import { openBlockList } from '../../support/open-block-list.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
let battleId: string;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 2 });
});
afterEach(() => crowd.close());

async function startDuel(): Promise<void> {
  const { arena, sessions } = crowd.first;
  for (const charId of crowd.ids) await arena.joinQueue(charId, '1v1');
  const place = await sessions.getQueueStatus(1);
  battleId = place.kind === 'seated' ? place.battleId : '';
}

const home = { screen: 'home', title: text('account.button.home'), body: [], buttons: [] };

/** `isMuted`: whether the opponent has turned emotes off; null: the database is unavailable. */
async function send(
  emote: Emote,
  exchange: number,
  isMuted: boolean | null = false,
): Promise<Reply> {
  const players = { hasMutedEmotes: () => Promise.resolve(isMuted) };
  const duel = new DuelService({
    combat: crowd.first.combat,
    standings: noStandings,
    players,
    blockList: openBlockList(),
  });
  const player = {
    charId: 1,
    userId: 10_001,
    home: (notice: Parameters<typeof refused>[0]) => Promise.resolve(refused(notice, home)),
  };
  return duel.act(player, { action: 'battle.emote', value: { battleId, exchange, emote } });
}

function summary(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `refused ${reply.notice.key}: ${screen}`;
}

const saidBy = async (side: 0 | 1) =>
  (await crowd.first.combat.find(battleId))?.sides[side].emote ?? null;

/** The side of character 1. */
const ownSide = async () =>
  (await crowd.first.combat.find(battleId))?.sides[0].charId === 1 ? 0 : 1;

describe('an emote', () => {
  test('is stored, announced to the opponent at once, and the card says that it is sent', async () => {
    await startDuel();
    crowd.announced.length = 0;
    expect(summary(await send('thumbs_up', 1))).toBe('opponent');
    expect(await saidBy(await ownSide())).toEqual({ emote: 'thumbs_up', exchange: 1 });
    expect(crowd.announced).toEqual([{ userId: 10_002, screen: 'battle', mode: 'ambient' }]);
  });

  test('is refused a second time in the same round, and for another round', async () => {
    await startDuel();
    await send('thumbs_up', 1);
    expect(summary(await send('gg', 1))).toBe('refused battle.notice.emote: battle');
    expect(summary(await send('gg', 2))).toBe('refused battle.notice.emote: battle');
  });

  test.each([
    [true, 'battle.notice.muted'],
    [null, 'battle.notice.emote_away'],
  ])('is not sent if the opponent has muted emotes: %s', async (isMuted, notice) => {
    await startDuel();
    expect(summary(await send('gg', 1, isMuted))).toBe(`refused ${notice}: battle`);
    expect([await saidBy(0), await saidBy(1)]).toEqual([null, null]);
  });

  test('can be sent from the result, which the opponent sees', async () => {
    await startDuel();
    await crowd.first.combat.surrender(2, battleId);
    crowd.announced.length = 0;
    expect(summary(await send('anger', 2))).toBe('refused battle.notice.over: result');
    expect(summary(await send('gg', 2))).toBe('result');
    await expect
      .poll(() => crowd.announced)
      .toEqual([{ userId: 10_002, screen: 'result', mode: 'ambient' }]);
    expect((await crowd.first.combat.find(battleId))?.settled).toBe(true);
  });
});

describe('mute', () => {
  test('is kept for the user, and null while the database is unavailable', async () => {
    const { players } = crowd.first;
    expect(await players.hasMutedEmotes(7)).toBe(false);
    expect(await players.muteEmotes(7, true)).toBe(true);
    expect(await players.hasMutedEmotes(7)).toBe(true);
    await players.muteEmotes(7, false);
    expect(await players.hasMutedEmotes(7)).toBe(false);
  });
});

test('a battle between people stores their records, one against the Shadow none', async () => {
  const { records } = crowd.repositories;
  const spied: number[] = [];
  records.recordOf = (charId) => {
    spied.push(charId);
    return Promise.resolve({ won: charId, lost: 0, drawn: 0, streak: charId });
  };
  await crowd.first.arena.train(1, '1v1', 'novice');
  expect(spied).toEqual([]);
  const place = await crowd.first.sessions.getQueueStatus(1);
  if (place.kind === 'seated') await crowd.first.combat.surrender(1, place.battleId);
  await startDuel();
  const record = await crowd.first.combat.find(battleId);
  expect(record?.sides.map(({ standing }) => standing?.won).toSorted()).toEqual([1, 2]);
});
