import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openSandbox, SENT } from '../../sandbox/tests/sandbox-fixture.ts';
import { renderScreen } from '../../bot/screen-renderer.ts';
import { Translator } from '../../bot/translator.ts';
import { archetypes } from '../../domains/account/account-context.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { battleScreen } from '../../domains/combat/battle-screen.ts';
import { opponentScreen } from '../../domains/combat/opponent-screen.ts';
import type { Language } from '../../resources/texts/index.ts';
import { freshBattle, freshSide } from '../support/battle-setup.ts';
import { crowdedBattle, crowds, roundsOf } from '../support/crowded-battle.ts';
import { playedLanguages } from '../support/repetitions.ts';
import { packAction } from '../support/shipped-codec.ts';
import { describeInBrowser, openScreen } from './browser.ts';

const MAX_LINES = 12;
const MAX_ROWS = 5;
/** Of a key with one line of text. */
const KEY_HEIGHT = 40;
const EMOJI = /\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|\ufe0f)*/gu;
/** As wide as an emoji, because a machine without their font shows narrow boxes. */
const EMOJI_WIDTH = 'ЮI';
/** 16 letters of usual width, and of the greatest. */
const names = { usual: 'Константинополец', widest: 'Щ'.repeat(16) };

const layoutSchema = z.strictObject({
  /** Without empty lines. */
  lines: z.int(),
  isInView: z.boolean(),
  /** Left, top, width and height of each key of each row. */
  keys: z.array(z.array(z.array(z.number()))),
});
type Layout = z.infer<typeof layoutSchema>;

/** A chat on a phone; `show` edits its one message and answers how it looks. */
async function openPhone(language: Language) {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  ann.change({ languageCode: language });
  const sent = await fixture.ok('sendMessage', { chat_id: ann.id, text: 'Ready' }, SENT);
  const { page, screenshot } = await openScreen(fixture.url, { width: 390, height: 844 });
  await page.getByText('Ready', { exact: true }).waitFor();
  const translator = new Translator(language, { clientTime: true });
  const message = (screen: UiPayload) => {
    const { html, keyboard } = renderScreen(screen, {
      translator,
      pack: packAction,
    });
    const rows = keyboard.inline_keyboard.map((row) =>
      row.map((key) => ({ ...key, text: key.text.replaceAll(EMOJI, EMOJI_WIDTH) })),
    );
    return {
      chat_id: ann.id,
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: rows },
      text: html.replaceAll(EMOJI, EMOJI_WIDTH),
    };
  };
  const show = async (
    record: BattleRecord,
    screenOf: (record: BattleRecord, side: 0 | 1) => UiPayload = battleScreen,
  ): Promise<Layout> => {
    const edit = message(screenOf(record, 0));
    await fixture.ok('editMessageText', { ...edit, message_id: sent.message_id }, SENT);
    await page.locator('article').last().getByText(lastWords(edit.text)).waitFor();
    return layoutOf(page);
  };
  return { show, screenshot };
}

/** The end of a screen, which tells it from the one before. */
function lastWords(html: string): string {
  const last = html.split('\n').at(-1) ?? '';
  return (
    last
      .split(/<[^>]*>/)
      .at(-1)
      ?.slice(-20) ?? ''
  );
}

/** Runs in the page. */
const MEASURE = `(() => {
  const article = [...document.querySelectorAll('article')].at(-1);
  const keyboard = article.querySelector('.keyboard');
  const top = article.querySelector('.bubble').getBoundingClientRect().top;
  const keys = keyboard.getBoundingClientRect();
  const log = article.closest('[role=log]').getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(article.querySelector('.text'));
  const pieces = [...range.getClientRects()].filter(({ width }) => width > 1);
  return {
    lines: new Set(pieces.map(({ bottom }) => Math.round(bottom / 10))).size,
    isInView: top >= log.top && keys.bottom <= log.bottom,
    keys: [...keyboard.querySelectorAll('.keyboard-row')].map((row) =>
      [...row.querySelectorAll('.key')].map((key) => {
        const { x, y, width, height } = key.getBoundingClientRect();
        return [x, y, width, height].map(Math.round);
      }),
    ),
  };
})()`;

async function layoutOf(page: Page): Promise<Layout> {
  return layoutSchema.parse(await page.evaluate(MEASURE));
}

describeInBrowser('the battle screen on a phone of 390×844', () => {
  test.each(playedLanguages('ru'))(
    'fits without scrolling, and no key moves or wraps in %s',
    async (language) => {
      const { show, screenshot } = await openPhone(language);
      for (const [width, name] of Object.entries(names)) {
        for (const crowd of crowds) {
          const [first, ...later] = roundsOf(crowdedBattle(crowd, name));
          if (first === undefined) throw new Error('no battle');
          const before = await show(first);
          expect(before.keys.length).toBeLessThanOrEqual(MAX_ROWS);
          const heights = before.keys.flat().map(([, , , height]) => height);
          expect(new Set(heights)).toEqual(new Set([KEY_HEIGHT]));
          const layouts = [before];
          for (const record of later) layouts.push(await show(record));
          for (const { keys, lines, isInView } of layouts) {
            expect({ keys, isInView }).toEqual({ keys: before.keys, isInView: true });
            // Names of the widest letters take a line more each.
            expect(lines).toBeLessThanOrEqual(width === 'usual' ? MAX_LINES : MAX_LINES + 2);
          }
          await screenshot(`battle-${language}-${width}-${crowd.archetype}`);
        }
      }
    },
  );

  test.each(playedLanguages('ru'))('fits before the first round in %s', async (language) => {
    const { show, screenshot } = await openPhone(language);
    const standing = { won: 122, lost: 111, drawn: 12, streak: 12 };
    for (const second of [...archetypes, 'novice', 'apprentice'] as const) {
      const isShadow = second === 'novice' || second === 'apprentice';
      const opponent = isShadow
        ? second
        : { ...freshSide(2, second), name: names.usual, gender: 'female' as const, standing };
      const rating = { mu: 30, sigma: 3, lifetime: 40 };
      const known = { rating, searchedMs: 44_000 };
      const battle = freshBattle({
        first: { ...freshSide(1), ...known },
        second: typeof opponent === 'string' ? opponent : { ...opponent, ...known },
        matching: isShadow ? null : { window: 0.6, chance: 0.1, isCalibrated: false },
      });
      const [one, other] = battle.sides;
      // The longest line of a levelled duel; against the Shadow there is none.
      const sides: typeof battle.sides = isShadow
        ? battle.sides
        : [
            { ...one, pointsRemoved: 14 },
            { ...other, pointsRemoved: 22 },
          ];
      const record = { ...battle, sides, turnEndsAtMs: Date.now() + 39_000 };
      const { lines, isInView } = await show(record);
      await screenshot(`battle-${language}-opening-${second}`);
      expect({ lines: lines <= MAX_LINES ? 'few' : lines, isInView }).toEqual({
        lines: 'few',
        isInView: true,
      });
      expect((await show(record, opponentScreen)).isInView).toBe(true);
      await screenshot(`battle-${language}-card-${second}`);
    }
  });
});
