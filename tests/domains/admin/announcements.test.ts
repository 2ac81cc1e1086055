import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import type { Announcement } from '../../../domains/admin/announcement-store.ts';
import { Announcements } from '../../../domains/admin/announcements.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import type { Language } from '../../../resources/texts/index.ts';
import { FixedClock } from '../../support/clock.ts';
import { memoryAnnouncements } from '../../support/memory-admin.ts';
import { silentLog } from '../../support/silent-log.ts';

const HOUR_MS = 3_600_000;
const [ANN, BOB] = [1, 2];
const texts = { en: 'New <rules>', ru: 'Новые правила' };

function setUp({ language = 'en' }: { readonly language?: Language | null } = {}) {
  const clock = new FixedClock();
  const state: { present: Announcement | null; isAway: boolean; hasLanguage: boolean } = {
    present: { id: 7, texts, untilMs: clock.now() + HOUR_MS },
    isAway: false,
    hasLanguage: true,
  };
  const asked: string[] = [];
  const read = new Set<string>();
  const markRead = (id: number, userId: number) => {
    const one = `${id}:${userId}`;
    asked.push(one);
    if (state.isAway) return Promise.reject(new OutageError('away'));
    const isFirst = !read.has(one);
    read.add(one);
    return Promise.resolve(isFirst);
  };
  const present = () => Promise.resolve(state.present);
  const news = new Announcements({
    announcements: { ...memoryAnnouncements, present, markRead },
    languageOf: () =>
      state.hasLanguage ? Promise.resolve(language) : Promise.reject(new Error('away')),
    clock,
    log: silentLog,
  });
  const shown = async (userId: number) =>
    (await news.linesFor(userId)).map((line) =>
      new Translator('en', { clientTime: false }).html(line),
    );
  return { news, state, asked, read, clock, shown };
}

describe('an announcement', () => {
  test('is shown to each user once, with what the operator typed escaped', async () => {
    const { news, shown, asked } = setUp();
    expect(await shown(ANN)).toEqual([]);
    await news.refresh();
    const line = '📌 <b>From the operators:</b> New &lt;rules&gt;';
    expect([await shown(ANN), await shown(ANN), await shown(BOB)]).toEqual([[line], [], [line]]);
    expect(asked).toEqual(['7:1', '7:2']);
  });

  test.each([
    ['ru', /Новые правила/u],
    [null, /New/u],
  ] as const)('is in the language of the reader: %s', async (language, seen) => {
    const { news, shown } = setUp({ language });
    await news.refresh();
    expect((await shown(ANN)).join()).toMatch(seen);
  });

  test('is not shown by a second process, after its end, or once it is taken back', async () => {
    const { news, state, read, clock, shown } = setUp();
    await news.refresh();
    read.add('7:1');
    expect(await shown(ANN)).toEqual([]);
    clock.advance(HOUR_MS);
    expect(await shown(BOB)).toEqual([]);
    state.present = null;
    await news.refresh();
    clock.advance(-HOUR_MS);
    expect(await shown(BOB)).toEqual([]);
  });

  test('that follows another one is shown to those who have read that', async () => {
    const { news, state, clock, shown } = setUp();
    await news.refresh();
    await shown(ANN);
    state.present = { id: 8, texts: { en: 'More', ru: 'Ещё' }, untilMs: clock.now() + HOUR_MS };
    await news.refresh();
    expect((await shown(ANN)).join()).toMatch(/More/u);
  });

  test('is shown after an outage of the database, not during it', async () => {
    const { news, state, clock, shown } = setUp();
    await news.refresh();
    state.isAway = true;
    expect(await shown(ANN)).toEqual([]);
    state.isAway = false;
    clock.advance(60_000);
    expect(await shown(ANN)).toHaveLength(1);
  });

  test('is shown later if the language of the reader cannot be read', async () => {
    const { news, state, shown } = setUp();
    await news.refresh();
    state.hasLanguage = false;
    await expect(shown(ANN)).rejects.toThrow('away');
    state.hasLanguage = true;
    expect(await shown(ANN)).toHaveLength(1);
  });
});
