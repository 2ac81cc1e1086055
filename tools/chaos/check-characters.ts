import type { SandboxPerson } from 'telegram-sandbox/testing';
import { characters, savedSessions, users } from '../../database/schema.ts';
import { type AccountContext, accountFormat } from '../../domains/account/account-context.ts';
import { versioned } from '../../domains/core/versioned.ts';
import { type OpenStores, readSession } from './check-arena.ts';
import { CHOSEN_LANGUAGE, actionOf, isInChosenLanguage } from './simulated-player.ts';
import { type Violation, violation } from './violation.ts';

export interface NamedPlayer {
  readonly person: SandboxPerson;
  /** The name that they gave their character. */
  readonly name: string;
  /** Whether they have ever finished a character: on a busy machine some have no time for it. */
  readonly hasReachedArena: boolean;
}

type CharacterRow = typeof characters.$inferSelect;
type Copy = Pick<AccountContext, 'bio'> | null;

/** Characters in the database, in live sessions and in saved ones against what their players chose. */
export async function checkCharacters(
  stores: OpenStores,
  players: readonly NamedPlayer[],
): Promise<Violation[]> {
  const rows = await stores.db.select().from(characters);
  const saved = await stores.db.select().from(savedSessions);
  const found: Violation[] = [];
  for (const { person, name, hasReachedArena } of players) {
    const own = rows.filter((row) => row.user_id === person.id);
    const ready = own.filter((row) => row.stage === 'ready');
    if (hasReachedArena && ready.length === 0) found.push(wrong(name, 'has no character'));
    for (const row of ready) {
      const context = saved.find((one) => one.character_id === row.id)?.context;
      const kept = context === undefined ? null : finished(versioned(accountFormat).parse(context));
      const copies = { live: await readSession(stores, row.id), saved: kept };
      found.push(...mismatches({ row, name, copies }).map((what) => wrong(name, what)));
    }
  }
  return found;
}

/** null: what was saved during onboarding is outdated, and no release reads it once that is finished. */
function finished(saved: AccountContext): Copy {
  return saved.state === 'ONBOARDING' ? null : saved;
}

function mismatches(of: {
  readonly row: CharacterRow;
  readonly name: string;
  readonly copies: Readonly<Record<string, Copy>>;
}): string[] {
  const { row, name, copies } = of;
  const chosen = JSON.stringify([name, row.gender, row.archetype]);
  const found = row.name === name ? [] : [`is stored as ${String(row.name)}`];
  for (const [where, copy] of Object.entries(copies)) {
    if (copy === null) continue;
    const said = JSON.stringify([copy.bio.name, copy.bio.gender, copy.bio.archetype ?? null]);
    if (said !== chosen) found.push(`is ${said} in the ${where} session`);
  }
  return found;
}

/** Screens that name the player's character have the keys of one of these lists; the first is the menu. */
const naming = [['character', 'lobby'], ['lobby.enter'], ['battle.strike'], ['battle.guard']];

/** Screens that name a character otherwise than its player did. */
export function checkScreens(players: readonly NamedPlayer[]): Violation[] {
  return players.flatMap(({ person, name }) => {
    const screen = person.lastScreen();
    const buttons = screen?.buttons.flat() ?? [];
    const keys = new Set(buttons.map(actionOf));
    const isNaming = naming.some((wanted) => wanted.every((key) => keys.has(key)));
    if (screen === null || !isNaming) return [];
    const shown = [screen.text, ...buttons.map(({ text }) => text)].join('\n');
    return shown.includes(name) ? [] : [wrong(name, `is not named on their screen:\n${shown}`)];
  });
}

/** The database and the last screen of players who chose another language than their Telegram's. */
export async function checkLanguages(
  { db }: Pick<OpenStores, 'db'>,
  players: readonly NamedPlayer[],
): Promise<Violation[]> {
  const rows = await db.select({ id: users.id, language: users.language }).from(users);
  return players.flatMap(({ person, name }) => {
    const stored = rows.find(({ id }) => id === person.id)?.language ?? null;
    const text = person.lastScreen()?.text ?? '';
    const found = [
      ...(stored === CHOSEN_LANGUAGE ? [] : [`is stored with ${String(stored)}`]),
      ...(isInChosenLanguage(text) ? [] : [`reads\n${text}`]),
    ];
    return found.map((what) => violation('every language as chosen', `${name} ${what}`));
  });
}

function wrong(name: string, what: string): Violation {
  return violation('every character as chosen', `${name} ${what}`);
}
