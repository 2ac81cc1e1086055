import type { Text } from './text.ts';
import type { ActionShape, UiPayload } from './ui-payload.ts';

/**
 * The answer to a tap. `refused`: nothing was changed, `notice` says why, and `payload` is the
 * player's current screen.
 */
export type Reply<A extends ActionShape = ActionShape> =
  | { readonly kind: 'shown'; readonly payload: UiPayload<A> }
  | { readonly kind: 'refused'; readonly notice: Text; readonly payload: UiPayload<A> };

export function shown<A extends ActionShape>(payload: UiPayload<A>): Reply<A> {
  return { kind: 'shown', payload };
}

export function refused<A extends ActionShape>(notice: Text, payload: UiPayload<A>): Reply<A> {
  return { kind: 'refused', notice, payload };
}
