import { LEAVER_BATTLES, LEAVER_TURNS } from '../../resources/numbers/fair-play.ts';
import type { AccountAction } from '../account/account-action.ts';
import type { AccountContext } from '../account/account-context.ts';
import { archetypeName } from '../account/account-screens.ts';
import { characterSheet } from '../account/character-sheet.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { battleScreen } from '../combat/battle-screen.ts';
import type { Standing } from '../combat/standings.ts';
import type { CombatAction } from '../combat/combat-action.ts';
import { vitalLines } from '../combat/fighter-lines.ts';
import type { HistoryAction } from '../combat/history-action.ts';
import type { ProfileAction } from '../combat/profile-action.ts';
import type { WorldAction } from '../combat/world-action.ts';
import { type Mode, modes } from '../core/mode.ts';
import { type Text, genderArg, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { BagAction } from '../inventory/bag-action.ts';
import type { CharacterAction } from '../skills/character-action.ts';
import type { LadderAction } from '../rating/ladder-action.ts';
import type { ArenaAction } from './arena-action.ts';
import type { ArenaCounts } from './arena-counts.ts';
import type { RequestMeta } from './arena-session-service.ts';
import type { Forecast } from './search-forecast.ts';
import { resultScreen } from './result-screen.ts';

export type ArenaScreenAction =
  | ArenaAction
  | CombatAction
  | HistoryAction
  | CharacterAction
  | AccountAction
  | BagAction
  | WorldAction
  | LadderAction
  | ProfileAction;
export type ArenaPayload = UiPayload<ArenaScreenAction>;

/** The main menu: the character and what it can do. */
export function mainMenuScreen(
  account: AccountContext,
  offered: readonly Mode[] = modes,
): ArenaPayload {
  const { archetype, stats, gs } = characterSheet(account);
  const { name, gender } = account.bio;
  const isWounded = stats.hp.cur < stats.hp.max;
  return {
    screen: 'arena',
    title: text('arena.menu.title'),
    body: [
      text('arena.menu.character', {
        name: name ?? '',
        archetype: archetypeName(archetype ?? 'warrior', gender),
        gs,
      }),
      ...vitalLines(stats),
      null,
      isWounded
        ? text('arena.menu.wounded')
        : text('arena.menu.body', { gender: genderArg(gender) }),
    ],
    buttons: [...fightRows(offered), ...navigationRows(name ?? '')],
  };
}

export function modeMenuScreen(mode: Mode, facts: { gs: number; waiting: number }): ArenaPayload {
  return {
    screen: 'mode',
    mode,
    title: text(`arena.mode.${mode}.title`),
    body: [
      text(`arena.mode.${mode}.body`),
      null,
      text('arena.mode.gs', { gs: facts.gs }),
      text('arena.mode.waiting', { count: facts.waiting }),
    ],
    buttons: [
      [{ label: text('arena.button.search'), action: 'arena.join', mode, style: 'primary' }],
      [{ label: text('arena.button.back'), action: 'arena.menu' }],
    ],
  };
}

export function searchScreen(
  meta: RequestMeta,
  counts: ArenaCounts,
  forecast: Forecast = null,
): ArenaPayload {
  const { mode, gs, startTimeMs } = meta.request;
  return {
    screen: 'search',
    mode,
    title: text('arena.search.title'),
    body: [
      text('arena.search.window', {
        gs,
        min: Math.ceil(meta.minGs),
        max: Math.floor(meta.maxGs),
        percent: Math.round(meta.share * 100),
      }),
      text('arena.search.since', { at: { atMs: startTimeMs } }),
      text('arena.search.shadow', { at: { atMs: meta.shadowAtMs } }),
      text('arena.search.busy', { ...counts, searching: Math.max(counts.searching, 1) }),
      forecastLine(forecast),
      null,
      text('arena.search.body'),
    ],
    buttons: [
      [{ label: text('arena.button.shadow'), action: 'arena.shadow', mode, style: 'primary' }],
      [{ label: text('arena.button.cancel'), action: 'arena.cancel', mode, style: 'danger' }],
    ],
  };
}

/** Of the last hour; what may happen to this search nobody knows. */
function forecastLine(forecast: Forecast): Text {
  if (forecast === null) return text('arena.search.forecast.few');
  const { share, waitMs } = forecast;
  if (waitMs === null) return text('arena.search.forecast.shadow');
  const seconds = Math.max(1, Math.round(waitMs / 1000));
  const wait =
    seconds < 100
      ? text('arena.search.wait.seconds', { seconds })
      : text('arena.search.wait.minutes', { minutes: Math.round(seconds / 60) });
  return text('arena.search.forecast', { wait, percent: Math.round(share * 100) });
}

/** Of a user who left rated battles; training stays open. */
export function pausedScreen(mode: Mode, untilMs: number): ArenaPayload {
  return {
    screen: 'paused',
    mode,
    title: text('arena.paused.title'),
    body: [
      text('arena.paused.why', { count: LEAVER_BATTLES, turns: LEAVER_TURNS }),
      text('arena.paused.until', { at: { atMs: untilMs } }),
      null,
      text('arena.paused.body'),
    ],
    buttons: [
      [{ ...trainingButton(mode), style: 'primary' }],
      [{ label: text('arena.button.back'), action: 'arena.menu' }],
    ],
  };
}

/** A match is claimed. Version 0: the battle, which starts at version 1, replaces this screen. */
export function matchFoundScreen(battleId: string): ArenaPayload {
  return {
    screen: 'found',
    title: text('arena.found.title'),
    body: [text('arena.found.body')],
    buttons: [[{ label: text('arena.button.check'), action: 'home' }]],
    state: { of: battleId, version: 0 },
  };
}

/** The screen of a running battle, or its result once it has ended, with the own standing. */
export function duelScreen(
  record: BattleRecord,
  side: Side,
  standing: Standing | null = null,
): ArenaPayload {
  const screen =
    record.endedAtMs === null ? battleScreen(record, side) : resultScreen(record, side, standing);
  return { ...screen, state: { of: record.id, version: record.version } };
}

/** A single mode needs no menu of its own. */
function fightRows(offered: readonly Mode[]): Button<ArenaAction>[][] {
  const [only, ...others] = offered;
  if (only === undefined || others.length > 0)
    return offered.flatMap((mode) => [[modeButton(mode)], [trainingButton(mode)]]);
  const label = text('arena.button.search');
  return [[{ label, action: 'arena.join', mode: only, style: 'success' }], [trainingButton(only)]];
}

function modeButton(mode: Mode): Button<ArenaAction> {
  return { label: text(`arena.mode.${mode}.button`), action: 'arena.mode', mode, style: 'primary' };
}

function trainingButton(mode: Mode): Button<ArenaAction> {
  return { label: text('arena.button.train'), action: 'arena.training', mode };
}

function navigationRows(name: string): Button<ArenaScreenAction>[][] {
  return [
    [
      { label: text('account.button.character', { name }), action: 'character' },
      { label: text('bag.button.open'), action: 'bag' },
    ],
    [{ label: text('world.button.open'), action: 'world' }],
    [
      { label: text('arena.button.lobby'), action: 'lobby' },
      { label: text('history.button'), action: 'history' },
    ],
    [
      { label: text('ladder.button.top'), action: 'top' },
      { label: text('ladder.button.season'), action: 'season' },
    ],
    [
      { label: text('arena.button.help'), action: 'help' },
      { label: text('arena.button.language'), action: 'language' },
    ],
  ];
}
