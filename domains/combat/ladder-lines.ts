import { type Text, text } from '../core/text.ts';
import type { SideRecord } from './battle-record.ts';
import { joined } from './fighter-lines.ts';
import type { LadderLacks, LadderNotice } from './ladder-notice.ts';
import type { League } from './league.ts';

export function leagueName(league: League, isChampion = false): Text {
  return text(`ladder.league.${isChampion ? 'champion' : league}`);
}

/** Place and league after a battle; what changed comes first. */
export function ladderLines(notice: LadderNotice | null): Text[] {
  if (notice === null) return [];
  const { place, lacks, league, isChampion, change } = notice;
  const changed =
    change === null || league === null
      ? []
      : [text(`ladder.result.${change}`, { league: leagueName(league) })];
  if (lacks !== null) return [...changed, lacksLine(lacks)];
  if (place === null) return changed;
  const name = league === null ? null : leagueName(league, isChampion);
  const line =
    name === null
      ? text('ladder.result.place', { place })
      : text('ladder.result.place.league', { place, league: name });
  return [...changed, line];
}

export function opponentLeagueLine({ rating }: Pick<SideRecord, 'rating'>): Text[] {
  const league = rating?.league ?? null;
  return league === null ? [] : [text('ladder.match.league', { league: leagueName(league) })];
}

/** `2 more battles, 1 more opponent`. */
export function lacksLine({ battles, opponents, isIdle }: LadderLacks): Text {
  const parts = [
    ...(battles > 0 ? [text('ladder.lacks.battles', { count: battles })] : []),
    ...(opponents > 0 ? [text('ladder.lacks.opponents', { count: opponents })] : []),
    ...(isIdle && battles + opponents === 0 ? [text('ladder.lacks.recent')] : []),
  ];
  return text('ladder.lacks', {
    parts: joined('combat.list', parts) ?? text('ladder.lacks.recent'),
  });
}
