import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { battlePage } from '../../../domains/admin/battle-pages.ts';
import { type ArchivedBattle, DamagedBattleError } from '../../../domains/combat/battle-archive.ts';
import { archivedBattle } from '../../support/archived-battles.ts';

const archiveOf = (battle: ArchivedBattle | null) => ({ find: () => Promise.resolve(battle) });

async function pageOf(battle: ArchivedBattle, step: number, language: 'en' | 'ru' = 'en') {
  const page = await battlePage(archiveOf(battle), { battleId: battle.id, step });
  if (typeof page === 'string') throw new Error(page);
  const translator = new Translator(language, { clientTime: false });
  const written = [page.title, ...page.body].map((line) => line && translator.plain(line));
  return { text: written.join('\n'), keys: page.buttons.flat() };
}

describe('the pages of a stored battle', () => {
  const battle = archivedBattle(1);
  const last = battle.inputs.length + 1;

  test.each(['en', 'ru'] as const)(
    'have each turn as both players saw it, in %s',
    async (language) => {
      const { text } = await pageOf(battle, 2, language);
      for (const { name } of battle.sides)
        expect(text).toContain(language === 'en' ? `Screen of ${name}` : `Экран бойца ${name}`);
      expect(text.match(language === 'en' ? /[Rr]ound 2 of/gu : /[Рр]аунд 2 из/gu)).toHaveLength(2);
    },
  );

  test('end with both results, also if a later page is asked for', async () => {
    const { text } = await pageOf(battle, 999);
    expect(text).toContain(`page ${last} of ${last}`);
    expect(text).toMatch(/Victory[^]*Defeat|Defeat[^]*Victory/u);
  });

  test('lead to the first, the previous, the next and the last one, and to both players', async () => {
    const { keys } = await pageOf(battle, 2);
    const steps = keys.flatMap((key) => (key.action === 'admin.battle' ? [key.value.step] : []));
    expect(steps).toEqual([1, 1, 3, last]);
    const players = keys.flatMap((key) => (key.action === 'admin.player' ? [key.value] : []));
    expect(players).toEqual(battle.sides.map(({ userId }) => userId));
  });

  test('against a Shadow have one screen', async () => {
    const { text, keys } = await pageOf(archivedBattle(7), 1);
    expect(text.match(/Screen of/gu)).toHaveLength(1);
    expect(keys.filter(({ action }) => action === 'admin.player')).toHaveLength(1);
  });

  test('are refused without such a battle, and if it is damaged', async () => {
    const asked = { battleId: battle.id, step: 1 };
    const unknown = 'admin.notice.unknown_battle';
    expect(await battlePage(archiveOf(null), asked)).toBe(unknown);
    expect(await battlePage(archiveOf(battle), { ...asked, battleId: 'No id' })).toBe(unknown);
    const damaged = 'admin.notice.damaged_battle';
    const breaksOff = { ...battle, inputs: battle.inputs.slice(1) };
    expect(await battlePage(archiveOf(breaksOff), asked)).toBe(damaged);
    const find = () => Promise.reject(new DamagedBattleError(battle.id, null));
    expect(await battlePage({ find }, asked)).toBe(damaged);
  });
});
