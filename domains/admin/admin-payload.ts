import type { HomeAction } from '../core/home-feature.ts';
import { text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { AdminAction } from './admin-action.ts';

export type AdminPayload = UiPayload<AdminAction | HomeAction>;
export type AdminButton = Button<AdminAction | HomeAction>;

/** The text behind `/admin`. */
export const ADMIN_ASKS = 'admin';
/** The text that an action of an operator needs. */
export const ADMIN_TEXT_ASKS = 'admin.text';

export const backToAdmin: AdminButton = { label: text('admin.button.admin'), action: 'admin' };
