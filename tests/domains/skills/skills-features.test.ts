import { beforeEach, describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import type { Reply } from '../../../domains/core/reply.ts';
import type { ActionShape } from '../../../domains/core/ui-payload.ts';
import { tasksOf } from '../../../domains/skills/board.ts';
import { languages } from '../../../resources/texts/index.ts';
import { lineOf } from '../../support/account-taps.ts';
import { characterRow } from '../../support/character-row.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryJourneys } from '../../support/memory-journeys.ts';
import { DAY, NOON_MS, give, keyOf, skillsFeatures } from '../../support/skills-features.ts';

const CHAR = 1;
const english = new Translator('en', { clientTime: false });

const linesOf = ({ payload }: Reply) =>
  [payload.title, ...payload.body].map((one) => (one === null ? '' : english.html(one)));
const labelsOf = ({ payload }: Reply) =>
  payload.buttons.map((row) => row.map(({ label }) => english.plain(label)));
const noticeOf = (reply: Reply) => (reply.kind === 'refused' ? english.plain(reply.notice) : null);

let store: MemoryJourneys;
let open: ReturnType<typeof skillsFeatures>;
beforeEach(async () => {
  const clock = new FixedClock(NOON_MS);
  store = new MemoryJourneys(() => Promise.resolve(characterRow({ character_id: CHAR })), clock);
  open = skillsFeatures([store], CHAR);
  await open.begin();
});

const tap = (action: ActionShape | string) =>
  open.act(typeof action === 'string' ? { action } : action);

/** Level 3 with two points, 60 gold and enough uses to learn a technique. */
const giveLevel3 = () =>
  give(store, CHAR, { xp: 90, gold: 60, uses: { onslaught: 61, breath: 5 } });

describe('the points screen', () => {
  test('has a key for each attribute, three in a row, with its own points', async () => {
    await giveLevel3();
    const screen = await tap('points');
    expect(labelsOf(screen)).toEqual([
      ['💪 11 ➕', '🦶 8 ➕', '🫀 11 ➕'],
      ['🧠 5 ➕', '🦉 6 ➕', '🧘 8 ➕'],
      ['👁 8 ➕', '🎭 9 ➕', '🍀 6 ➕'],
      ['⬅️ Character'],
    ]);
    expect(linesOf(screen)[0]).toBe('➕ <b>Attribute points: 2</b>');
  });

  test('spends each point but the last at once, and asks before the last', async () => {
    await giveLevel3();
    const second = await tap(keyOf(await tap('points'), 'points.spend', 8));
    expect(linesOf(second)).toContain('🍀 Luck <b>7</b> · critical hits');
    const asked = await tap(keyOf(second, 'points.last', 2));
    expect(linesOf(asked)[0]).toBe('➕ <b>🫀 Endurance: 11 → 12?</b>');
    expect((await store.read(CHAR))?.journey.points).toBe(1);
    const spent = await tap(keyOf(asked, 'points.spend'));
    expect(labelsOf(spent)).toEqual([['⬅️ Character']]);
    const attributes = await open.accounts.getAttributes(CHAR);
    expect(attributes).toMatchObject({ luck: 7, endurance: 12 });
  });

  test('raises the maximum of health with endurance in the live session', async () => {
    await give(store, CHAR, { xp: 30 });
    const before = await open.accounts.getStats(CHAR);
    await tap(keyOf(await tap(keyOf(await tap('points'), 'points.last', 2)), 'points.spend'));
    const after = await open.accounts.getStats(CHAR);
    expect(after?.hp.max).toBeGreaterThan(before?.hp.max ?? 0);
  });

  test('does not ask for the last point with a key of an older screen', async () => {
    await give(store, CHAR, { xp: 30 });
    const key = keyOf(await tap('points'), 'points.last');
    await give(store, CHAR, { id: 'battle:a:0' });
    expect(lineOf(await tap(key))).toBe('points !skills.notice.stale');
  });
});

describe('the techniques screen', () => {
  test('shows uses and medals, and nothing to choose as long as no other is known', async () => {
    await giveLevel3();
    const screen = await tap('techniques');
    const lines = linesOf(screen);
    expect(lines[0]).toBe('✨ <b>Techniques for battles</b> · 3/3');
    expect(lines.find((one) => one.includes('Onslaught'))).toMatch(/^✅ <b>.*<\/b> 🥈 61 — /u);
    expect(lines.find((one) => one.includes('Breath'))).toMatch(/^✅ <b>.*<\/b> · 5 — /u);
    expect(labelsOf(screen)).toEqual([['🎓 Learn a technique'], ['⬅️ Character']]);
  });

  test('learns a technique, and swaps it for another one in two taps', async () => {
    await giveLevel3();
    const learning = await tap(keyOf(await tap('techniques'), 'techniques.learning'));
    expect(linesOf(learning)).toContain('It costs 60 💰; you have 60.');
    const learned = await tap(keyOf(learning, 'techniques.learn', 2));
    expect(linesOf(learned).find((one) => one.includes('Feint'))).toMatch(/^▫️ /u);
    const [first = []] = labelsOf(learned);
    expect(first).toEqual(['✅ Crushing blow', '✅ Onslaught']);

    const draft = await tap(keyOf(learned, 'techniques.draft', 2));
    expect(labelsOf(draft).flat()).toEqual([
      ...['✅ Crushing blow', '✅ Onslaught', '▫️ War cry', '▫️ Feint'],
      ...['↩️ As before', '⬅️ Character'],
    ]);
    expect((await store.read(CHAR))?.loadout).not.toContain('feint');
    const saved = await tap(keyOf(draft, 'techniques.save', 1));
    expect(linesOf(saved)[0]).toContain('3/3');
    const session = await open.accounts.getFullAccount(CHAR);
    expect(session?.loadout).toEqual(['crushing_blow', 'onslaught', 'feint', 'breath']);
    expect(session?.skills).toMatchObject({ war_cry: 1, feint: 1 });
  });

  test('takes off two techniques before it takes on two', async () => {
    await giveLevel3();
    await tap(keyOf(await tap('techniques.learning'), 'techniques.learn', 2));
    const one = await tap({
      action: 'techniques.draft',
      value: { first: 'onslaught', second: null },
    });
    expect(linesOf(one)[0]).toContain('1/3');
    const two = await tap(keyOf(one, 'techniques.draft', 3));
    expect(linesOf(two)[0]).toContain('2/3');
    expect(lineOf(await tap(keyOf(two, 'techniques.save')))).toBe('techniques');
  });

  test('refuses a choice that is not balanced', async () => {
    await giveLevel3();
    const value = { first: 'onslaught', second: 'war_cry', third: 'siphon', version: 1 };
    const reply = await tap({ action: 'techniques.save', value });
    expect(lineOf(reply)).toBe('techniques !skills.notice.no_loadout');
  });
});

describe('the board', () => {
  const tasks = tasksOf({ charId: CHAR, archetype: 'warrior' }, DAY);

  /** A won duel and a won fight against the Shadow, with many uses of each technique. */
  async function giveBattles(times: number) {
    const uses = { onslaught: 20, breath: 20, crushing_blow: 20, war_cry: 20 };
    for (let n = 0; n < times; n += 1)
      for (const isShadow of [false, true]) {
        const battle = { result: 'won' as const, isShadow };
        await give(store, CHAR, { id: `battle:${String(isShadow)}${n}:0`, uses, battle });
      }
  }

  test('has three open tasks, their reward, and when the next ones come', async () => {
    const screen = await tap('board');
    const lines = linesOf(screen);
    expect(lines[0]).toBe('📜 <b>Board</b> · 0/3');
    for (const [index, { times }] of tasks.entries())
      expect(lines[index + 1]).toMatch(new RegExp(`^▫️ .* · 0/${times}$`, 'u'));
    expect(lines.at(-1)).toBe('🕛 New tasks 00:00:00 UTC');
    expect(labelsOf(screen)).toEqual([['⬅️ Character']]);
  });

  test('pays what is done, tells what it paid, and gives an item for all three', async () => {
    await giveBattles(3);
    let screen = await tap('board');
    expect(labelsOf(screen).slice(0, 3)).toEqual(
      [1, 2, 3].map((place) => [`🎁 Claim: task ${place}`]),
    );
    screen = await tap(keyOf(screen, 'board.claim', 1));
    expect(linesOf(screen)).toContain('✨ +12 experience · +10 💰');
    expect(linesOf(screen)[2]).toMatch(/^✅ /u);
    screen = await tap(keyOf(screen, 'board.claim'));
    expect(linesOf(screen).join('\n')).not.toContain('an item');
    screen = await tap(keyOf(screen, 'board.claim'));
    expect(linesOf(screen)).toContain(
      '🔹 And for all of today’s tasks: an item. It is in your bag.',
    );
    expect(linesOf(screen)).toContain(
      '🎉 Level 2! You have an attribute point to spend: see your character.',
    );
    const earnings = await store.read(CHAR);
    expect(earnings?.journey).toMatchObject({ xp: 36, gold: 30, level: 2, points: 1 });
    expect(earnings?.items).toHaveLength(1);
  });

  test('pays no task that is not done, whatever the key says', async () => {
    const reply = await tap({ action: 'board.claim', value: { place: 1, day: DAY, version: 0 } });
    expect(lineOf(reply)).toBe('board !skills.notice.unfinished');
  });

  test('of yesterday pays nothing, and today begins without what was fought yesterday', async () => {
    await giveBattles(3);
    const key = keyOf(await tap('board'), 'board.claim');
    open.clock.advance(12 * 3_600_000);
    const reply = await tap(key);
    expect(lineOf(reply)).toBe('board !skills.notice.day');
    expect(
      linesOf(reply)
        .slice(1, 4)
        .every((line) => line.includes('· 0/')),
    ).toBe(true);
    expect((await store.read(CHAR))?.journey.xp).toBe(0);
  });
});

describe('every change is refused', () => {
  const changes: readonly ActionShape[] = [
    { action: 'points.spend', value: { attribute: 'luck', version: 1 } },
    { action: 'techniques.learn', value: { technique: 'feint', version: 1 } },
    {
      action: 'techniques.save',
      value: { first: 'crushing_blow', second: 'onslaught', third: 'war_cry', version: 1 },
    },
    { action: 'board.claim', value: { place: 1, day: DAY, version: 1 } },
  ];

  test.each(changes)('while the character searches or fights: $action', async (action) => {
    await giveLevel3();
    open.state.isBusy = true;
    const reply = await tap(action);
    expect(noticeOf(reply)).toBe('Not now: this character is searching or fighting.');
    expect((await store.read(CHAR))?.journey.version).toBe(1);
  });

  test.each(changes)('with the version of an older screen: $action', async (action) => {
    await giveLevel3();
    await give(store, CHAR, { id: 'battle:a:0', gold: 1 });
    expect(noticeOf(await tap(action))).toBe(
      'Something has changed meanwhile. This is how it is now.',
    );
    expect((await store.read(CHAR))?.journey.version).toBe(2);
  });

  const screens = ['points', 'techniques', 'techniques.learning', 'board'];
  test.each([...changes, ...screens.map((action) => ({ action }))])(
    'while the database is away: $action',
    async (action) => {
      store.read = () => Promise.reject(new OutageError('down'));
      store.step = () => Promise.reject(new OutageError('down'));
      expect(noticeOf(await tap(action))).toMatch(/^The archive is not responding/u);
    },
  );

  test.each(languages)('with a text of its own for each reason in %s', (language) => {
    const reasons = [
      'stale',
      'no_points',
      'limit',
      'not_learnable',
      'level',
      'uses',
      'gold',
    ] as const;
    const translator = new Translator(language, { clientTime: false });
    const texts = reasons.map((reason) => translator.plain({ key: `skills.notice.${reason}` }));
    expect(new Set(texts).size).toBe(reasons.length);
    for (const one of texts) expect(one.length).toBeLessThanOrEqual(200);
  });
});
