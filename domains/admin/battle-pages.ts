import { battleViews } from '../arena/battle-views.ts';
import {
  type ArchivedBattle,
  type BattleArchive,
  DamagedBattleError,
} from '../combat/battle-archive.ts';
import { battleIdSchema } from '../combat/combat-action.ts';
import { nameOf } from '../combat/fighter-lines.ts';
import { replayArchived } from '../combat/replay.ts';
import { type TextKey, text } from '../core/text.ts';
import { type AdminButton, type AdminPayload, backToAdmin } from './admin-payload.ts';

export interface AskedPage {
  readonly battleId: string;
  /** From 1; the last one if there are fewer. */
  readonly step: number;
}

/** A page of a stored battle: what both players saw at the beginning of a turn, or their results; or why there is none. */
export async function battlePage(
  battles: Pick<BattleArchive, 'find'>,
  { battleId, step }: AskedPage,
): Promise<AdminPayload | TextKey> {
  const archived = battleIdSchema.safeParse(battleId).success
    ? await readable(battles, battleId)
    : null;
  if (archived === null || archived === 'damaged') return refusals[archived ?? 'unknown'];
  const steps = replayArchived(archived);
  if (steps === null) return refusals.damaged;
  const pages = battleViews(archived, steps);
  const at = Math.min(step, pages.length);
  const [first = [], second = []] = pages[at - 1] ?? [];
  return {
    screen: 'admin.battle',
    title: text('admin.battle.title', { battleId, page: at, pages: pages.length }),
    body: [
      text('admin.battle.ended', { at: { atMs: archived.endedAtMs, as: 'date' } }),
      ...[null, ...first, null, ...second],
    ],
    buttons: [
      pageRow(battleId, at, pages.length),
      [{ label: text('admin.button.void'), action: 'admin.void', value: { battleId } }],
      playersRow(archived),
      [backToAdmin],
    ],
  };
}

const refusals = {
  unknown: 'admin.notice.unknown_battle',
  damaged: 'admin.notice.damaged_battle',
} as const;

function pageRow(battleId: string, at: number, count: number): AdminButton[] {
  const to = (key: 'first' | 'back' | 'on' | 'last', step: number): AdminButton => ({
    label: text(step === at ? 'history.button.nowhere' : `history.button.${key}`),
    action: 'admin.battle',
    value: { battleId, step },
  });
  const [back, on] = [Math.max(1, at - 1), Math.min(count, at + 1)];
  return [to('first', 1), to('back', back), to('on', on), to('last', count)];
}

/** To the cards of the players whose data is not erased. */
function playersRow({ sides }: ArchivedBattle): AdminButton[] {
  return sides.flatMap((side) =>
    side.userId === null
      ? []
      : [
          {
            label: text('admin.card.title', { name: nameOf(side) }),
            ...({ action: 'admin.player', value: side.userId } as const),
          },
        ],
  );
}

async function readable(
  battles: Pick<BattleArchive, 'find'>,
  battleId: string,
): Promise<ArchivedBattle | 'damaged' | null> {
  try {
    return await battles.find(battleId);
  } catch (error) {
    if (error instanceof DamagedBattleError) return 'damaged';
    throw error;
  }
}
