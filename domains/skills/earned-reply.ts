import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import type { Played } from '../account/login-service.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { type Text, text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import type { JourneyService, ServiceReply } from '../inventory/journey-service.ts';
import type { Earnings } from '../inventory/journey.ts';

/** Runs `act` with what the character has earned, which has its present version. */
export async function withEarnings(
  player: AccountPlayer,
  journey: Pick<JourneyService, 'read'>,
  act: (earnings: Earnings, played: Played) => Promise<Reply> | Reply,
): Promise<Reply> {
  return withCharacter(player, async (played) => {
    const earnings = await journey.read(played.charId, played.account);
    if (earnings === 'unavailable') return player.home(text('account.notice.away'));
    if (earnings === null) return player.home(text('account.notice.gone'));
    return act(earnings, played);
  });
}

/** The answer to a step: the screen of what is earned by now, and why nothing was changed. */
export async function replyTo(
  player: AccountPlayer,
  reply: ServiceReply<Text>,
  screenOf: (earnings: Earnings) => UiPayload | Promise<UiPayload>,
): Promise<Reply> {
  switch (reply.kind) {
    case 'changed':
      return shown(await screenOf(reply.earnings));
    case 'refused':
      return refused(reply.reason, await screenOf(reply.earnings));
    case 'missing':
      return player.home(text('account.notice.gone'));
    case 'busy':
      return player.home(text('account.notice.busy'));
    case 'unavailable':
      return player.home(text('account.notice.away'));
  }
}
