import { type Text, text } from '../core/text.ts';
import { banLengths } from './admin-action.ts';
import { type AdminButton, type AdminPayload, backToAdmin } from './admin-payload.ts';
import type { CardBattle, PlayerCard } from './admin-store.ts';
import type { Ban } from './bans.ts';
import { flagLines } from './flag-screens.ts';
import type { StoredFlag } from './flag-store.ts';

export interface CardFacts {
  readonly card: PlayerCard;
  readonly flags: readonly StoredFlag[];
  readonly ban: Ban | null;
  readonly place: 'nowhere' | 'waiting' | 'seated';
}

export function cardScreen({ card, flags, ban, place }: CardFacts): AdminPayload {
  const { userId, firstName, username, battles } = card;
  return {
    screen: 'admin.player',
    title: text('admin.card.title', { name: firstName ?? text('battle.deleted_player') }),
    body: [
      text('admin.card.user', {
        id: String(userId),
        username: username ?? '–',
        language: card.language ?? '–',
        since: { atMs: card.createdAtMs, as: 'date' },
      }),
      text(`admin.place.${place}`),
      ...(ban === null ? [] : [banLine(ban)]),
      null,
      ...card.characters.map(({ charId, name, ...rest }) =>
        text('admin.card.character', { id: String(charId), name: name ?? '–', ...rest }),
      ),
      null,
      ...battles.map(battleLine),
      ...flagLines(flags),
    ],
    buttons: [
      ...banRows(userId, ban),
      [
        { label: text('admin.button.message'), action: 'admin.message', value: userId },
        { label: text('admin.button.gold'), action: 'admin.gold', value: userId },
      ],
      ...(place === 'seated'
        ? [[{ label: text('admin.button.draw'), action: 'admin.draw', value: userId } as const]]
        : []),
      ...rowsOfFive(battles.map(battleButton)),
      [{ label: text('admin.button.refresh'), action: 'admin.player', value: userId }, backToAdmin],
    ],
  };
}

function banLine({ untilMs, reason, isRatedOnly }: Ban): Text {
  const until =
    untilMs === null ? text('ban.for_ever') : text('ban.until', { until: dateOf(untilMs) });
  const key = isRatedOnly ? 'admin.card.ban_rated' : 'admin.card.ban';
  return text(key, { until, reason: { quoted: reason } });
}

function dateOf(atMs: number) {
  return { atMs, as: 'date' } as const;
}

function battleLine({ battleId, names, result, isRated, endedAtMs }: CardBattle, at: number): Text {
  const [first, second] = names;
  return text(isRated ? 'admin.card.battle_rated' : 'admin.card.battle', {
    place: at + 1,
    first,
    second,
    battleId,
    at: dateOf(endedAtMs),
    result: text(`admin.result.${result}`),
  });
}

function battleButton({ battleId }: CardBattle, at: number): AdminButton {
  return {
    label: text('admin.button.battle', { place: at + 1 }),
    action: 'admin.battle',
    value: { battleId, step: 1 },
  };
}

function rowsOfFive(buttons: readonly AdminButton[]): AdminButton[][] {
  return [buttons.slice(0, 5), buttons.slice(5, 10)].filter((row) => row.length > 0);
}

function banRows(userId: number, ban: Ban | null): AdminButton[][] {
  if (ban !== null)
    return [[{ label: text('admin.button.unban'), action: 'admin.unban', value: userId }]];
  const buttons = banLengths.map((length): AdminButton => ({
    label: text(`admin.button.ban.${length}`),
    action: 'admin.ban',
    value: { userId, length },
  }));
  return [buttons.slice(0, 3), buttons.slice(3)];
}
