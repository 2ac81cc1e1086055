import { type HomeAction, home } from '../core/home-feature.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { ArenaFigures } from '../arena/arena-figures.ts';
import { type AdminAction, type SegmentName, banLengths, segments } from './admin-action.ts';
import type { CardBattle, PeriodFigures, PlayerCard } from './admin-store.ts';
import type { Ban } from './bans.ts';
import type { BroadcastReport } from './broadcast-store.ts';

export type AdminPayload = UiPayload<AdminAction | HomeAction>;
export type AdminButton = Button<AdminAction | HomeAction>;

/** The text behind `/admin`. */
export const ADMIN_ASKS = 'admin';
/** The text that an action of an operator needs. */
export const ADMIN_TEXT_ASKS = 'admin.text';

export const backToAdmin: AdminButton = { label: text('admin.button.admin'), action: 'admin' };

export interface Overview {
  readonly now: ArenaFigures;
  readonly hour: PeriodFigures;
  readonly day: PeriodFigures;
  readonly isDraining: boolean;
  readonly broadcast: BroadcastReport | null;
}

export function adminScreen({ now, hour, day, isDraining, broadcast }: Overview): AdminPayload {
  const waiting = now.waiting.reduce((sum, { count }) => sum + count, 0);
  const longest = Math.round(now.longestWaitMs / 1000);
  return {
    screen: 'admin',
    title: text('admin.title'),
    body: [
      ...(isDraining ? [text('admin.draining')] : []),
      text('admin.now', { waiting, battles: now.battles, longest }),
      periodLine(text('admin.hour'), hour),
      periodLine(text('admin.day'), day),
      ...(broadcast === null ? [] : [null, broadcastLine(broadcast)]),
      null,
      text('admin.how'),
    ],
    buttons: [
      [
        isDraining
          ? { label: text('admin.button.drain_off'), action: 'admin.drain', value: 'off' }
          : { label: text('admin.button.drain_on'), action: 'admin.drain', value: 'on' },
        { label: text('admin.button.broadcast'), action: 'admin.broadcast' },
      ],
      ...(broadcast?.state === 'sending' ? [[stopButton(broadcast.id)]] : []),
      [
        { label: text('admin.button.refresh'), action: 'admin' },
        { label: text('account.button.home'), ...home },
      ],
    ],
  };
}

function periodLine(period: Text, figures: PeriodFigures): Text {
  return text('admin.period', { period, ...figures });
}

function broadcastLine({ id, state, counts }: BroadcastReport): Text {
  return text('admin.broadcast.report', { id, state: text(`admin.broadcast.${state}`), ...counts });
}

function stopButton(id: number): AdminButton {
  return {
    label: text('admin.button.broadcast_stop'),
    ...{ action: 'admin.broadcast_stop', value: id, style: 'danger' },
  };
}

export interface CardFacts {
  readonly card: PlayerCard;
  readonly ban: Ban | null;
  readonly place: 'nowhere' | 'waiting' | 'seated';
}

export function cardScreen({ card, ban, place }: CardFacts): AdminPayload {
  const { userId, firstName, username, battles } = card;
  return {
    screen: 'admin.player',
    title: text('admin.card.title', { name: firstName ?? text('battle.deleted_player') }),
    body: [
      text('admin.card.user', {
        ...{ id: String(userId), username: username ?? '–', language: card.language ?? '–' },
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
    ...{ place: at + 1, first, second, battleId, at: dateOf(endedAtMs) },
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
    ...{ action: 'admin.ban', value: { userId, length } },
  }));
  return [buttons.slice(0, 3), buttons.slice(3)];
}

/** Asks for the text that an action needs. */
export function askScreen(question: Text): AdminPayload {
  return {
    ...{ screen: 'admin.ask', title: text('admin.title'), body: [question] },
    buttons: [[backToAdmin]],
    asks: ADMIN_TEXT_ASKS,
  };
}

/** A broadcast as its readers will see it, and whom it can be sent to. */
export function previewScreen(
  message: string,
  counts: Readonly<Record<SegmentName, number>>,
): AdminPayload {
  return {
    screen: 'admin.preview',
    title: text('admin.preview.title'),
    body: [
      text('admin.preview.body'),
      null,
      text('admin.preview.message', { message: { quoted: message } }),
    ],
    buttons: [
      ...segments.map((value): AdminButton[] => [
        {
          label: text(`admin.button.segment.${value}`, { count: counts[value] }),
          ...{ action: 'admin.broadcast_send', value },
        },
      ]),
      [backToAdmin],
    ],
  };
}
