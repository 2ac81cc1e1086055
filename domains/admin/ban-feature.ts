import { z } from 'zod';
import type { RouterGate } from '../arena/action-router.ts';
import { type Feature, type Player, feature } from '../core/feature.ts';
import { shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { type PrivacyAction, privacyActionSchema } from '../privacy/privacy-action.ts';
import { SUPPORT_ASKS } from '../privacy/privacy-screens.ts';
import type { Ban, Bans } from './bans.ts';

const banActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('ban.look') }),
]);
type BanAction = z.infer<typeof banActionSchema>;

export interface BanFeatureDeps {
  readonly bans: Pick<Bans, 'of' | 'shutsOut'>;
}

/** Who is banned sees one screen everywhere. */
export function banFeature({ bans }: BanFeatureDeps): Feature {
  const present = ({ userId }: Player) => {
    const ban = bans.of(userId);
    return Promise.resolve(ban === null || ban.isRatedOnly ? null : banScreen(ban));
  };
  return feature({
    name: 'ban',
    actions: banActionSchema,
    act: async (player: Player) => shown(await player.currentScreen()),
    readOnly: ['ban.look'],
    present: { ban: present },
  });
}

/** A banned user can still see and erase what is stored about them, and write to the operator. */
export function banGate({ bans }: BanFeatureDeps): RouterGate {
  return {
    stops: (userId, action) =>
      bans.shutsOut(userId) && !privacyActionSchema.safeParse(action).success,
    stopsText: (userId, asks) => bans.shutsOut(userId) && asks !== SUPPORT_ASKS,
  };
}

export function banScreen({ untilMs, reason }: Ban): UiPayload<BanAction | PrivacyAction> {
  return {
    screen: 'ban',
    title: text('ban.title'),
    body: [
      untilMs === null
        ? text('ban.for_ever')
        : text('ban.until', { until: { atMs: untilMs, as: 'date' } }),
      text('ban.reason', { reason: { quoted: reason } }),
      null,
      text('ban.open'),
    ],
    buttons: [
      [{ label: text('privacy.button.support'), action: 'privacy.support' }],
      [{ label: text('ban.button.privacy'), action: 'privacy' }],
      [{ label: text('ban.button.look'), action: 'ban.look' }],
    ],
  };
}
