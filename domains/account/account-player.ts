import type { Player } from '../core/feature.ts';
import { type Reply, refused } from '../core/reply.ts';
import { text } from '../core/text.ts';
import type { Played } from './login-service.ts';

export interface AccountPlayer extends Player {
  /** The active character with its session; null: none. Read once per tap. */
  played(): Promise<Played | null>;
}

/** The active character if it has finished onboarding, else null. */
export async function finishedCharacter(player: AccountPlayer): Promise<Played | null> {
  const played = await player.played();
  return played?.account.state === 'ONBOARDING' ? null : played;
}

/** Runs `act` with the finished character; refuses a player who has none. */
export async function withCharacter(
  player: AccountPlayer,
  act: (played: Played) => Promise<Reply>,
): Promise<Reply> {
  const played = await finishedCharacter(player);
  if (played !== null) return act(played);
  return refused(text('arena.notice.no_character'), await player.currentScreen());
}
