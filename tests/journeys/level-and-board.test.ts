import { describe, expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { dayOf } from '../../domains/core/day.ts';
import type { Grant } from '../../domains/inventory/journey.ts';
import { tasksOf } from '../../domains/skills/board.ts';
import { FixedClock } from '../support/clock.ts';
import { makeCharacter, screenWith, search, surrender, withAction } from '../support/duel-steps.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';
import { give } from '../support/skills-features.ts';

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    level: /Level 3 · 0\/90 {3}💰 60 {3}🔩 0\n➕ Attribute points to spend: 2\n/u,
    gearScore: /GearScore (\d+)/,
    last: /Strength: 15 → 16\?/,
    spent: /Strength 16 · /,
    learned: /✅ .*Crushing blow.*\n[^]*▫️ .*Feint/u,
    loadout: /✨ ⚡\d+ Crushing blow, [^\n]*Feint/u,
    busy: /this character is searching or fighting/,
    stale: /Something has changed meanwhile/,
    board: /^📜 Board · 0\/3\n[^]*New tasks/u,
    paid: /^📜 Board · 1\/3\n[^]*\+12 experience · \+10 💰/u,
    wallet: /💰 30 /u,
  },
  ru: {
    names: ['Анна', 'Богдан'],
    level: /Уровень 3 · 0\/90 {3}💰 60 {3}🔩 0\n➕ Свободных очков характеристик: 2\n/u,
    gearScore: /Мощь (\d+)/,
    last: /Сила: 15 → 16\?/,
    spent: /Сила 16 · /,
    learned: /✅ .*Сокрушение.*\n[^]*▫️ .*Финт/u,
    loadout: /✨ ⚡\d+ Сокрушение, [^\n]*Финт/u,
    busy: /этот персонаж ищет соперника или сражается/,
    stale: /Тем временем что-то изменилось/,
    board: /^📜 Доска заданий · 0\/3\n[^]*Новые задания/u,
    paid: /^📜 Доска заданий · 1\/3\n[^]*\+12 опыта · \+10 💰/u,
    wallet: /💰 30 /u,
  },
} as const;

describe.each(playedLanguages('ru'))('in %s', (language) => {
  const seen = words[language];

  /** Ann and Bob in the main menu, and a way to give Ann's character what it has earned. */
  async function openWithTwo() {
    const clock = new FixedClock();
    const repositories = memoryRepositories(clock);
    const open = await openArena({}, { clock, repositories });
    const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
    await makeCharacter(ann, { name: seen.names[0] });
    await makeCharacter(bob, { name: seen.names[1], gender: 'male', archetype: 'duelist' });
    const charId = (await repositories.characters.listOf(ann.id)).at(0)?.character_id ?? 0;
    const giveAnn = (given: Partial<Grant>) => give(repositories.journeys, charId, given);
    return { open, clock, charId, ann, bob, giveAnn };
  }

  async function character(who: TestPlayer): Promise<string> {
    await who.tap(withAction('character'));
    return (await screenWith(who, 'techniques')).text;
  }

  const gearScoreIn = (screen: string) => Number(seen.gearScore.exec(screen)?.[1]);

  test('points and a learned technique go into the next duel, and wait while it lasts', async () => {
    const { open, ann, bob, giveAnn } = await openWithTwo();
    await giveAnn({ xp: 60, gold: 40, uses: { onslaught: 20 } });
    const before = await character(ann);
    expect(before).toMatch(seen.level);
    await ann.tap(withAction('points'));
    await ann.tap(withAction('points.spend||strength'));
    await ann.tap(withAction('points.last||strength'));
    await ann.sees(seen.last);
    await ann.tap(withAction('points.spend||strength'));
    await ann.sees(seen.spent);
    const after = await character(ann);
    expect(gearScoreIn(after)).toBeGreaterThan(gearScoreIn(before));

    await ann.tap(withAction('techniques'));
    await ann.tap(withAction('techniques.learning'));
    await ann.tap(withAction('techniques.learn||feint'));
    await ann.sees(seen.learned);
    await ann.tap(withAction('techniques.draft||crushing_blow|onslaught'));
    await ann.tap(withAction(/^techniques\.save\|.*\|feint\|/));
    await ann.sees(/3\/3/);
    await ann.tap(withAction('character'));
    await ann.tap(withAction('home'));

    await Promise.all([search(ann), search(bob)]);
    expect((await screenWith(bob, 'battle.strike')).text).toMatch(seen.loadout);
    await surrender(bob);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('nothing can be spent with the key of an older screen, nor while searching', async () => {
    const { open, ann, giveAnn } = await openWithTwo();
    await giveAnn({ xp: 60 });
    await character(ann);
    await ann.tap(withAction('points'));
    await screenWith(ann, 'points.spend');
    await giveAnn({ id: 'battle:a:0', gold: 1 });
    await ann.tap(withAction('points.spend||luck'));
    await ann.seesNotice(seen.stale);

    const screen = await screenWith(ann, 'points.spend||luck|4');
    const data = screen.buttons.flat().find(withAction('points.spend||luck'))?.data ?? '';
    await ann.tap(withAction('character'));
    await ann.tap(withAction('home'));
    await search(ann);
    await screenWith(ann, 'arena.cancel');
    ann.client.tap(data, { force: true });
    await ann.seesNotice(seen.busy);
    await screenWith(ann, 'arena.cancel');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('a task of the board that is done is paid by a tap', async () => {
    const { open, clock, charId, ann, giveAnn } = await openWithTwo();
    await character(ann);
    await ann.tap(withAction('board'));
    await ann.sees(seen.board);
    const [task] = tasksOf({ charId, archetype: 'warrior' }, dayOf(clock.now()));
    const uses = { onslaught: 20, breath: 20, crushing_blow: 20, war_cry: 20 };
    for (const isShadow of [true, false])
      for (const n of [1, 2, 3])
        await giveAnn({
          id: `battle:${n}${String(isShadow)}:0`,
          uses,
          battle: { result: 'won', isShadow },
        });
    await ann.tap(withAction('character'));
    await ann.tap(withAction('board'));
    await ann.tap(withAction(`board.claim||${task?.place ?? 0}|`));
    await ann.sees(seen.paid);
    await ann.tap(withAction('character'));
    await ann.sees(seen.wallet);
    expect(loggedProblems(open)).toEqual([]);
  });
});
