import { leagueBorders } from '../../resources/numbers/rating.ts';
import type { AccountAction } from '../account/account-action.ts';
import { archetypeName } from '../account/account-screens.ts';
import { lacksLine, leagueName } from '../combat/ladder-lines.ts';
import { leagues } from '../combat/league.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { LadderAction } from './ladder-action.ts';
import {
  type Group,
  type ListRow,
  type OwnStanding,
  type SeenList,
  type SeenSeason,
  groups,
  scopes,
} from './ladder.ts';
import { isChampion } from './league.ts';
import type { Season } from './season.ts';

export type LadderPayload = UiPayload<LadderAction | AccountAction>;
type Row = Button<LadderAction | AccountAction>[];

export function listScreen(seen: SeenList): LadderPayload {
  const { best, scope, of, season, lacks } = seen;
  const title = text(`ladder.title.${scope}`, { season: shownSeason(season.number) });
  return {
    screen: 'top',
    title: of === 'all' ? title : text('ladder.title.of', { title, of: archetypeName(of, null) }),
    body: [
      ...(best.length === 0 ? [text('ladder.empty')] : rowLines(seen)),
      null,
      ...(lacks === null ? [] : [lacksLine(lacks)]),
      ...(scope === 'season' ? endLine(season) : []),
    ],
    buttons: [
      scopes.map((one) => scopeButton(one, seen)),
      groups.map((one) => groupButton(one, seen)),
      [{ label: text('ladder.button.season'), action: 'season' }, homeButton],
    ],
  };
}

export function seasonScreen({ season, own, place, lacks, past }: SeenSeason): LadderPayload {
  return {
    screen: 'season',
    title: text('ladder.season.title', { season: shownSeason(season.number) }),
    body: [
      ...endLine(season),
      null,
      ...(own === null ? [text('ladder.season.none')] : [ownLine({ ...own, place })]),
      ...(lacks === null ? [] : [lacksLine(lacks)]),
      ...(past.length === 0 ? [] : [null, text('ladder.season.past'), ...past.map(pastLine)]),
      null,
      text('ladder.season.leagues', borders),
    ],
    buttons: [[{ label: text('ladder.button.top'), action: 'top' }, homeButton]],
  };
}

/** What the end of a season brought, above the screen that the player sees next. */
export function seasonEndLines(own: OwnStanding): Text[] {
  return [
    text('ladder.end.title', { season: shownSeason(own.season) }),
    standingLine(own),
    text('ladder.end.reset'),
  ];
}

const homeButton = { label: text('account.button.home'), action: 'home' } as const;
const borders = Object.fromEntries(
  leagues.slice(1).map((league) => [league, leagueBorders[league]]),
);

/** Seasons are counted from 1 for players. */
function shownSeason(number: number): number {
  return number + 1;
}

function rowLines({ best, around, charId }: SeenList): Text[] {
  const line = (row: ListRow) => rowLine(row, row.charId === charId);
  const [first] = around;
  const isFar = first !== undefined && first.index > best.length;
  const gap = isFar ? [text('ladder.gap')] : [];
  return [...best.map(line), ...gap, ...around.map(line)];
}

function rowLine({ place, name, shown }: ListRow, isOwn: boolean): Text {
  return text(isOwn ? 'ladder.row.own' : 'ladder.row', { place, name, shown });
}

function endLine({ endsAtMs }: Season): Text[] {
  return endsAtMs === null
    ? []
    : [text('ladder.season.ends', { at: { atMs: endsAtMs, as: 'date' } })];
}

function ownLine(own: OwnStanding): Text {
  const { battles, opponents, peak } = own;
  return text('ladder.season.own', { standing: standingLine(own), battles, opponents, peak });
}

/** `place 12 · Gold · 1531`. */
function standingLine({ place, league, shown, battles }: OwnStanding): Text {
  const name =
    league === null ? text('ladder.league.none') : leagueName(league, isChampion(place, battles));
  return place === null
    ? text('ladder.standing', { league: name, shown })
    : text('ladder.standing.place', { place, league: name, shown });
}

function pastLine(own: OwnStanding): Text {
  const { season, peak } = own;
  return text('ladder.season.line', {
    season: shownSeason(season),
    standing: standingLine(own),
    peak,
  });
}

function scopeButton(scope: SeenList['scope'], seen: SeenList): Row[number] {
  const value = { scope, of: seen.of };
  const label = text(`ladder.button.${scope}`);
  return marked({ label, action: 'top.list', value }, scope === seen.scope);
}

function groupButton(of: Group, seen: SeenList): Row[number] {
  const value = { scope: seen.scope, of };
  return marked({ label: text(`ladder.button.${of}`), action: 'top.list', value }, of === seen.of);
}

/** The one that is shown stands out. */
function marked(button: Row[number], isShown: boolean): Row[number] {
  return isShown ? { ...button, style: 'primary' } : button;
}
