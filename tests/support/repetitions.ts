import { type Language, languages } from '../../resources/texts/index.ts';

/** `npm run test:full`. */
export function isFullRun(): boolean {
  return process.env['ARENA_TEST_MODE'] === 'full';
}

/** How often a statistical test repeats: `short` in `npm test`, `full` in `npm run test:full`. */
export function repetitions(count: { readonly short: number; readonly full: number }): number {
  return isFullRun() ? count.full : count.short;
}

/** Languages of a long journey: the first one in `npm test`, each in `npm run test:full`. */
export function playedLanguages(first: Language): readonly Language[] {
  const others = languages.filter((one) => one !== first);
  return [first, ...others.slice(0, repetitions({ short: 0, full: others.length }))];
}
