import { describe, expect, test } from 'vitest';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { choose, markSettled, surrender } from '../../../domains/combat/battle-session.ts';
import { latestEmote, offeredEmotes, withEmote } from '../../../domains/combat/emotes.ts';
import { emotes } from '../../../domains/combat/battle.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';

const now = { nowMs: BATTLE_START_MS, rules: turnRules };

function round(record: BattleRecord): BattleRecord {
  return ([0, 1] as const).reduce((current, side) => {
    const choice = { strike: 'legs', guard: 'belly-legs' } as const;
    const reply = choose(current, { side, turn: record.battle.turn, choice }, now);
    return reply.kind === 'changed' ? reply.record : current;
  }, record);
}

function said(record: BattleRecord, emote: (typeof emotes)[number], exchange: number) {
  const sent = withEmote(record, 0, { emote, exchange });
  if (sent === null) throw new Error('The emote was refused');
  return sent;
}

describe('an emote', () => {
  test('can be sent once an exchange by each side', () => {
    const sent = said(freshBattle(), 'thumbs_up', 1);
    expect(sent.version).toBe(2);
    expect(withEmote(sent, 0, { emote: 'gg', exchange: 1 })).toBeNull();
    expect([offeredEmotes(sent, 0), offeredEmotes(sent, 1)]).toEqual([[], emotes]);
    expect(said(round(sent), 'gg', 2).sides[0].emote).toEqual({ emote: 'gg', exchange: 2 });
  });

  test('of another exchange is refused', () => {
    expect(withEmote(round(freshBattle()), 0, { emote: 'gg', exchange: 1 })).toBeNull();
    expect(withEmote(freshBattle(), 0, { emote: 'gg', exchange: 2 })).toBeNull();
  });

  test('is shown in its exchange and in the next one', () => {
    let record = said(freshBattle(), 'sweat', 1);
    const shown = [latestEmote(record, 0)];
    for (let n = 0; n < 2; n += 1) {
      record = round(record);
      shown.push(latestEmote(record, 0));
    }
    expect(shown).toEqual(['sweat', 'sweat', null]);
    expect(latestEmote(record, 1)).toBeNull();
  });

  test('changes nothing of the exchange', () => {
    const { battle, inputs } = round(said(freshBattle(), 'anger', 1));
    expect({ battle, inputs }).toEqual({
      battle: round(freshBattle()).battle,
      inputs: round(freshBattle()).inputs,
    });
  });

  test('is not sent to a Shadow', () => {
    const record = freshBattle({ second: 'master' });
    expect(offeredEmotes(record, 0)).toEqual([]);
    expect(withEmote(record, 0, { emote: 'gg', exchange: 1 })).toBeNull();
  });

  test('after the end is gg alone, once the battle is settled', () => {
    const spoken = said(freshBattle(), 'thumbs_up', 1);
    const ended = surrender(spoken, 1, BATTLE_START_MS) ?? spoken;
    expect(offeredEmotes(ended, 0)).toEqual([]);
    const settled = markSettled(ended);
    expect(offeredEmotes(settled, 0)).toEqual(['gg']);
    expect(withEmote(settled, 0, { emote: 'anger', exchange: 2 })).toBeNull();
    const sent = said(settled, 'gg', 2);
    expect(offeredEmotes(sent, 0)).toEqual([]);
    expect({ ...sent, sides: null, version: 0 }).toEqual({ ...settled, sides: null, version: 0 });
  });
});
