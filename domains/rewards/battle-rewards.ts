import type { ArchivedBattle } from '../combat/battle-archive.ts';
import type { BattleHandler } from '../combat/battle-handler.ts';
import { battleReward, unpaidReasons } from '../combat/battle-reward.ts';
import { usesInBattle } from '../combat/uses-in-battle.ts';
import { isWild, kindOfBattle } from '../combat/side-kind.ts';
import type { RewardReader } from '../combat/standings.ts';
import { type Text, text } from '../core/text.ts';
import { materialsText } from '../exploration/materials-text.ts';
import { itemLine } from '../inventory/item-texts.ts';
import type { GrantContents, JourneyStore } from '../inventory/journey-store.ts';
import { type Change, type Grant, type Journey, placedGrant } from '../inventory/journey.ts';

/** What the database knows of a fighter before the battle is counted. */
export interface RewardFacts {
  readonly charId: number;
  readonly journey: Journey;
  /** Whether this battle has paid already. */
  readonly isGranted: boolean;
  /** Battles that paid on the UTC day of this one's end. */
  readonly countedToday: number;
  /** Battles of the same two characters in the PAIR_WINDOW_H before this one's end. */
  readonly earlierOfPair: number;
}

export interface Reward {
  readonly charId: number;
  /** Before the change. */
  readonly journey: Journey;
  readonly change: Change;
  readonly atMs: number;
}

/** Experience, gold and counted uses of techniques for each character. Giving up pays nothing, and of wild battles nothing counts here. */
export const battleRewardsHandler: BattleHandler<readonly RewardFacts[], readonly Reward[]> = {
  name: 'battle_rewards',
  apply: (ended, before) =>
    before.flatMap((facts) => {
      const side = ended.sides.findIndex(({ charId }) => charId === facts.charId);
      if (side < 0 || facts.isGranted || isWild(ended)) return [];
      // A battle of the arena gives no items, so the room for them does not matter.
      const grant = placedGrant(grantOf(ended, side, facts), []);
      const { charId, journey } = facts;
      return [{ charId, journey, change: { grants: [grant] }, atMs: ended.endedAtMs }];
    }),
};

/** The id of what a battle gives to a side. */
export function battleGrantId(battleId: string, side: number): string {
  return `battle:${battleId}:${side}`;
}

/** Reads what battles have paid. */
export function rewardReader(journeys: Pick<JourneyStore, 'findGrant'>): RewardReader {
  return {
    async rewardOf(battleId, side) {
      const grant = await journeys.findGrant(battleGrantId(battleId, side));
      if (grant === null) return null;
      const { xp, gold, newLevel, note } = grant;
      const unpaid = unpaidReasons.find((one) => one === note) ?? null;
      return { xp, gold, newLevel, unpaid, found: foundLines(grant) };
    },
  };
}

/** Items and materials, and the scrap that items without room became. */
function foundLines({ items, materials, scrap }: GrantContents): Text[] {
  const list = materialsText(materials);
  return [
    ...items.map((item) => text('battle.result.item', { item: itemLine(item) })),
    ...(scrap > 0 ? [text('battle.result.no_room', { scrap })] : []),
    ...(list === null ? [] : [text('world.materials', { list })]),
  ];
}

function grantOf(ended: ArchivedBattle, side: number, facts: RewardFacts): Grant {
  const isShadow = kindOfBattle(ended) === 'shadow';
  const result = ended.sides[side]?.result ?? 'lost';
  const ending = { hasGivenUp: gaveUp(ended, side), isStopped: isStopped(ended) };
  const { unpaid, ...paid } = battleReward({ ...facts, ...ending, result, isShadow });
  const id = battleGrantId(ended.id, side);
  const uses = usesInBattle(ended, side);
  return { id, ...paid, note: unpaid, items: [], uses, battle: { result, isShadow } };
}

function gaveUp({ inputs }: ArchivedBattle, side: number): boolean {
  const last = inputs.at(-1);
  return last?.kind === 'forfeit' && (last.side === null || last.side === side);
}

function isStopped({ inputs }: ArchivedBattle): boolean {
  const last = inputs.at(-1);
  return last?.kind === 'forfeit' && last.reason === 'operator';
}
