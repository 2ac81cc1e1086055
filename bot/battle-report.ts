import { type BattleView, battleViews } from '../domains/arena/battle-views.ts';
import { type BattleArchive, DamagedBattleError } from '../domains/combat/battle-archive.ts';
import { replayArchived } from '../domains/combat/replay.ts';
import type { Language } from '../resources/texts/index.ts';
import { Translator } from './translator.ts';

export interface BattleReportDeps {
  readonly archive: Pick<BattleArchive, 'find'>;
  readonly id: string;
  readonly language: Language;
}

/**
 * What each player saw in a stored battle: their screen at the beginning of each turn, and the result, in Telegram's
 * HTML. Clocks, emotes, records and ratings are not stored. null: there is no such battle. Raises DamagedBattleError.
 */
export async function battleReport({
  archive,
  id,
  language,
}: BattleReportDeps): Promise<string[] | null> {
  const archived = await archive.find(id);
  if (archived === null) return null;
  const steps = replayArchived(archived);
  if (steps === null) throw new DamagedBattleError(id, 'the replay has another outcome');
  const translator = new Translator(language, { clientTime: false });
  const written = (view: BattleView) =>
    view.map((line) => (line === null ? '' : translator.html(line))).join('\n');
  return battleViews(archived, steps).flat().map(written);
}
