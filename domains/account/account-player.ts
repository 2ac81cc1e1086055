import type { Player } from '../core/feature.ts';
import { type Reply, refused } from '../core/reply.ts';
import { text } from '../core/text.ts';
import type { Played } from './login-service.ts';

/** Whoever acts, and whom they play. */
export interface AccountPlayer extends Player {
  /** The character that they play, with its session; null: none. Read once for the tap. */
  played(): Promise<Played | null>;
}

/** The character that they play, if it has finished onboarding. */
export async function finishedCharacter(player: AccountPlayer): Promise<Played | null> {
  const played = await player.played();
  return played?.account.state === 'ONBOARDING' ? null : played;
}

/** For what takes a finished character: whoever has none reads so where they are. */
export async function withCharacter(
  player: AccountPlayer,
  act: (played: Played) => Promise<Reply>,
): Promise<Reply> {
  const played = await finishedCharacter(player);
  if (played !== null) return act(played);
  return refused(text('arena.notice.no_character'), await player.currentScreen());
}
