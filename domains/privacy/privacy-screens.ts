import { MAX_BLOCKS } from '../../resources/numbers/account.ts';
import { BLOCKS_ON_A_PAGE, KEPT_DAYS } from '../../resources/numbers/privacy.ts';
import type { BlockedUser } from '../account/block-list.ts';
import { type HomeAction, home } from '../core/home-feature.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { PrivacyAction } from './privacy-action.ts';
import type { SupportReply } from './support.ts';

export type PrivacyPayload = UiPayload<PrivacyAction | HomeAction>;
type PrivacyButton = Button<PrivacyAction | HomeAction>;

/** The text that the screen of support asks for. */
export const SUPPORT_ASKS = 'support';

const homeButton: PrivacyButton = { label: text('account.button.home'), ...home };
const backButton: PrivacyButton = { label: text('privacy.button.back'), action: 'privacy' };

export function privacyScreen(): PrivacyPayload {
  return {
    screen: 'privacy',
    title: text('privacy.title'),
    body: [
      text('privacy.stored'),
      null,
      text('privacy.kept'),
      null,
      text('privacy.erased', { days: KEPT_DAYS }),
    ],
    buttons: [
      [
        { label: text('privacy.button.data'), action: 'privacy.data' },
        { label: text('privacy.button.forget'), action: 'privacy.forget' },
      ],
      [
        { label: text('privacy.button.blocks'), action: 'privacy.blocks', value: 0 },
        { label: text('privacy.button.support'), action: 'privacy.support' },
      ],
      [homeButton],
    ],
  };
}

export function dataSentScreen(): PrivacyPayload {
  return {
    screen: 'privacy.data',
    title: text('privacy.data.title'),
    body: [text('privacy.data.sent')],
    buttons: [[backButton], [homeButton]],
    isBelowFile: true,
  };
}

export function forgetScreen(): PrivacyPayload {
  return {
    screen: 'privacy.forget',
    title: text('privacy.forget.title'),
    body: [text('privacy.forget.body'), null, text('privacy.forget.kept', { days: KEPT_DAYS })],
    buttons: [
      [{ label: text('privacy.forget.no'), ...home, style: 'primary' }],
      [
        {
          label: text('privacy.forget.yes'),
          action: 'privacy.forget_confirmed',
          style: 'danger',
        },
      ],
    ],
  };
}

export function forgottenScreen(): PrivacyPayload {
  return {
    screen: 'privacy.forgotten',
    title: text('privacy.forgotten.title'),
    body: [text('privacy.forgotten.body')],
    buttons: [[{ label: text('privacy.button.again'), ...home }]],
    isLast: true,
  };
}

/** `left`: messages that the user can send today. */
export function supportScreen(left: number): PrivacyPayload {
  return {
    screen: 'privacy.support',
    title: text('privacy.support.title'),
    body: [text('privacy.support.ask', { left })],
    buttons: [[homeButton]],
    asks: SUPPORT_ASKS,
  };
}

export function supportReplyScreen(reply: SupportReply): PrivacyPayload {
  return {
    screen: 'privacy.support',
    title: text('privacy.support.title'),
    body: [text(`privacy.support.${reply}`)],
    buttons: [[homeButton]],
  };
}

export function blocksScreen(blocked: readonly BlockedUser[], page: number): PrivacyPayload {
  const last = Math.max(0, Math.ceil(blocked.length / BLOCKS_ON_A_PAGE) - 1);
  const at = Math.min(page, last);
  const shown = blocked.slice(at * BLOCKS_ON_A_PAGE, (at + 1) * BLOCKS_ON_A_PAGE);
  return {
    screen: 'privacy.blocks',
    title: text('privacy.blocks.title', { count: blocked.length, limit: MAX_BLOCKS }),
    body: [text('privacy.blocks.body'), null, text('privacy.blocks.how')],
    buttons: [
      ...shown.map((one) => [unblockButton(one)]),
      [
        ...(at > 0 ? [pageButton('privacy.button.previous', at - 1)] : []),
        ...(at < last ? [pageButton('privacy.button.next', at + 1)] : []),
      ],
      [backButton, homeButton],
    ].filter((row) => row.length > 0),
  };
}

function pageButton(key: TextKey, value: number): PrivacyButton {
  return { label: text(key), action: 'privacy.blocks', value };
}

function unblockButton({ userId, names }: BlockedUser): PrivacyButton {
  const name: string | Text = names[0] ?? text('battle.deleted_player');
  return {
    label: text('privacy.button.unblock', { name }),
    action: 'privacy.unblock',
    value: userId,
  };
}
