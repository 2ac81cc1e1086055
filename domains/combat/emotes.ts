import { type Emote, type Side, emotes } from './battle.ts';
import type { BattleRecord, SideRecord } from './battle-record.ts';
import { next, withSide } from './battle-session.ts';
import { isDuel } from './side-kind.ts';

/** The number of the next exchange; after the end, that of one that is not fought any more. */
export function emoteExchange({ inputs }: Pick<BattleRecord, 'inputs'>): number {
  return inputs.length + 1;
}

/** What a side can say now: one emote an exchange, to a person, and only gg after the end. */
export function offeredEmotes(record: BattleRecord, side: Side): readonly Emote[] {
  if (!isDuel(record) || hasSentEmote(record, side)) return [];
  if (record.endedAtMs === null) return emotes;
  // Until then this process or another one still has to store that the battle is settled.
  return record.settled ? ['gg'] : [];
}

/** null: the side cannot say this now. */
export function withEmote(
  record: BattleRecord,
  side: Side,
  sent: NonNullable<SideRecord['emote']>,
): BattleRecord | null {
  const isOffered = offeredEmotes(record, side).includes(sent.emote);
  if (!isOffered || sent.exchange !== emoteExchange(record)) return null;
  return next(withSide(record, side, { emote: sent }));
}

/** Whether a side has sent its emote of this exchange. */
export function hasSentEmote(record: BattleRecord, side: Side): boolean {
  return record.sides[side].emote?.exchange === emoteExchange(record);
}

/** What a side said in this exchange or in the one before. */
export function latestEmote(record: BattleRecord, side: Side): Emote | null {
  const sent = record.sides[side].emote;
  return sent !== null && sent.exchange >= emoteExchange(record) - 1 ? sent.emote : null;
}
