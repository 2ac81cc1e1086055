import { describe, expect, test } from 'vitest';
import { battleReport } from '../../bot/battle-report.ts';
import { DamagedBattleError } from '../../domains/combat/battle-archive.ts';
import { archivedBattle, wildBattle } from '../support/archived-battles.ts';

const archiveWith = (battle: ReturnType<typeof archivedBattle> | null) => ({
  find: () => Promise.resolve(battle),
});

/** Fought to the end by two players, fought against a Shadow, and surrendered. */
const kinds = [1, 7, 10] as const;

describe('the report of a stored battle', () => {
  test.each(kinds)('has a screen of each player for each turn and the result (%i)', async (n) => {
    const battle = archivedBattle(n);
    const archive = archiveWith(battle);
    const pages = await battleReport({ archive, id: battle.id, language: 'en' });
    const people = battle.sides.filter(({ charId }) => charId !== null);
    expect(pages).toHaveLength((battle.inputs.length + 1) * people.length);
    expect(pages?.[0]).toContain(`Screen of ${battle.sides[0].name}`);
    expect(pages?.[0]).toMatch(/round 1 of/);
    expect(pages?.at(-1)).toMatch(/Victory|Defeat|Draw/);
  });

  test('shows the exchange of a turn on the screens of the next one', async () => {
    const battle = archivedBattle(1);
    const pages = await battleReport({ archive: archiveWith(battle), id: '', language: 'en' });
    const [, , ann, bob] = pages ?? [];
    expect(ann).toMatch(/round 2 of/);
    // The same blows, each from its own side.
    expect(ann).toContain('🟢');
    expect(ann?.split('\n').length).toBe(bob?.split('\n').length);
    expect(ann).not.toBe(bob);
  });

  test.each(['en', 'ru'] as const)(
    'has only the screens of the character in the wild (%s)',
    async (language) => {
      const battle = wildBattle('marsh_hag');
      const pages = await battleReport({ archive: archiveWith(battle), id: '', language });
      expect(pages).toHaveLength(battle.inputs.length + 1);
      for (const page of pages ?? []) {
        expect(page).toContain(language === 'en' ? 'Marsh hag' : 'Болотная карга');
        expect(page).not.toMatch(/Shadow|Тень|GearScore/);
      }
    },
  );

  test('is in the language that is asked for', async () => {
    const battle = archivedBattle(1);
    const pages = await battleReport({ archive: archiveWith(battle), id: '', language: 'ru' });
    expect(pages?.[0]).toContain(`Экран бойца ${battle.sides[0].name}`);
    expect(pages?.join('')).not.toMatch(/Round|Screen|Victory|Defeat/);
  });

  test('is null without such a battle, and an error if the replay has another outcome', async () => {
    expect(await battleReport({ archive: archiveWith(null), id: 'x', language: 'en' })).toBeNull();
    const { outcome, ...battle } = archivedBattle(1);
    const winner = outcome.winner === 0 ? 1 : 0;
    const damaged = archiveWith({ ...battle, outcome: { ...outcome, winner } });
    await expect(battleReport({ archive: damaged, id: battle.id, language: 'en' })).rejects.toThrow(
      DamagedBattleError,
    );
  });
});
