import type { AccountAction } from '../account/account-action.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { BattleCursor, BattlePage, BattleSummary } from './battle-archive.ts';
import { nameOf } from './fighter-lines.ts';
import type { HistoryAction } from './history-action.ts';
import type { ProfileAction } from './profile-action.ts';
import { exchangesIn } from './replay.ts';
import { kindOfSide } from './side-kind.ts';

export type HistoryScreenAction = HistoryAction | AccountAction | ProfileAction;
export type HistoryPayload = UiPayload<HistoryScreenAction>;

type Row = Button<HistoryScreenAction>[];

export function historyScreen({ battles, newer, older }: BattlePage): HistoryPayload {
  const [first] = battles;
  if (first === undefined) return emptyHistoryScreen();
  return {
    screen: 'history',
    title: text('history.title', { name: first.own.name }),
    body: [...battles.flatMap(battleLines), null, text('history.hint')],
    buttons: [
      battles.flatMap(replayButton),
      [...pageButton('history.newer', newer), ...pageButton('history.older', older)],
      [{ label: text('account.button.home'), action: 'home' as const }],
    ].filter((row) => row.length > 0),
  };
}

function emptyHistoryScreen(): HistoryPayload {
  return {
    screen: 'history',
    title: text('history.empty.title'),
    body: [text('history.empty.body')],
    buttons: [[{ label: text('battle.result.arena'), action: 'home', style: 'primary' }]],
  };
}

function battleLines(battle: BattleSummary, index: number): Text[] {
  const { own, opponent, endedAtMs } = battle;
  const result = text(`history.result.${own.result}`);
  const facts = { place: index + 1, result, name: nameOf(opponent) };
  return [
    kindOfSide(opponent) === 'monster'
      ? text('history.battle.monster', facts)
      : text('history.battle', { ...facts, gs: opponent.gs }),
    text('history.battle.about', {
      fought: foughtIn(battle),
      at: { atMs: endedAtMs, as: 'date' },
    }),
  ];
}

function foughtIn(battle: BattleSummary): Text {
  if (battle.kind === 'damaged') return text('history.battle.damaged');
  return text('history.battle.exchanges', { count: exchangesIn(battle) });
}

function replayButton({ id, kind }: BattleSummary, index: number): Row {
  const place = index + 1;
  if (kind === 'damaged') return [];
  const value = { battleId: id, step: 1, place };
  return [{ label: text('history.button.replay', { place }), action: 'history.replay', value }];
}

function pageButton(action: 'history.newer' | 'history.older', cursor: BattleCursor | null): Row {
  if (cursor === null) return [];
  const value = { endedAtMs: cursor.endedAtMs, battleId: cursor.id };
  const label = text(action === 'history.newer' ? 'history.button.newer' : 'history.button.older');
  return [{ label, action, value }];
}
