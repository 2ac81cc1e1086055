import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { type Language, languages } from '../../resources/texts/index.ts';
import { findChromium } from '../../tests/support/find-program.ts';
import { launchChromium } from '../../tests/support/launch-chromium.ts';
import { Camera, type Size, sizes } from './camera.ts';
import { openGame } from './open-game.ts';
import { addPlayers, playStory } from './play-story.ts';

const FOLDER = fileURLToPath(new URL('../../sandbox/pictures/', import.meta.url));

/** Those of README.md: language, screen and size, with the name of the file. */
const chosen: Readonly<Record<string, string>> = {
  'en-round-desktop': 'two-phones',
  'en-drawer-desktop': 'drawer',
  'en-character-phone': 'character',
  'en-round-phone': 'battle',
  'en-result-opponent-phone': 'victory',
  'ru-round-phone': 'battle-ru',
  'en-village-phone': 'village',
  'en-wild-phone': 'wild',
  'ru-monster-phone': 'monster-ru',
};

/** The path of a picture that is wanted, or null. */
type PathOf = (name: string) => string | null;

async function takePictures(browser: Browser, language: Language, pathOf: PathOf): Promise<void> {
  const game = await openGame();
  try {
    const players = addPlayers(game, language);
    const camera = await Camera.open(browser, { game, language });
    const look = async (screen: string, { id: personId }: { id: number }) => {
      for (const size of Object.keys(sizes) as Size[]) {
        const name = `${language}-${screen}-${size}`;
        const path = pathOf(name);
        if (path === null) continue;
        const flaws = await camera.take({ personId, size, path, hasDrawer: screen === 'drawer' });
        process.stdout.write(`${[name, ...flaws].join('  ')}\n`);
      }
    };
    await playStory(players, { game, look });
  } finally {
    await game.close();
  }
}

/** `npm run pictures`: those of README.md; `-- --all folder`: every screen, in each language and size. */
async function main(): Promise<void> {
  const { all: folder } = parseArgs({ options: { all: { type: 'string' } } }).values;
  const chromium = findChromium();
  if (chromium === null)
    throw new Error('Chromium is missing on the PATH: apt-get install chromium');
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const browser = await launchChromium(chromium);
  try {
    for (const language of languages) {
      await takePictures(browser, language, (name) => {
        if (folder !== undefined) return `${folder}/${name}.png`;
        return chosen[name] === undefined ? null : `${FOLDER}${chosen[name]}.png`;
      });
    }
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`No pictures. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
