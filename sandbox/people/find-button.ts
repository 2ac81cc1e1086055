import type { ButtonView, MessageView } from '../world/message-view.ts';
import { PersonError } from './person-error.ts';

/**
 * Selects a button: by its label (or, when no label is equal, its callback data), a pattern of the label, its place
 * `[row, column]` from 0, or a predicate.
 */
export type ButtonSelector =
  string | RegExp | readonly [row: number, column: number] | ((button: ButtonView) => boolean);

/** The selected button of a message. Throws PersonError that lists the buttons there are. */
export function findButton(message: MessageView, wish: ButtonSelector): ButtonView {
  const found = lookUp(message.buttons, wish);
  if (found !== null) return found;
  const rows = message.buttons.map((row) => row.map(({ text }) => `[${text}]`).join(' '));
  const there = rows.length === 0 ? 'no buttons' : rows.join(' / ');
  throw new PersonError(
    `there is no button ${describe(wish)} in message ${message.messageId} now; it has ${there}`,
  );
}

function lookUp(rows: readonly (readonly ButtonView[])[], wish: ButtonSelector): ButtonView | null {
  const all = rows.flat();
  if (typeof wish === 'string') {
    const labelled = all.find((button) => button.text === wish);
    return labelled ?? all.find((button) => button.data === wish) ?? null;
  }
  if (wish instanceof RegExp) return all.find((button) => wish.test(button.text)) ?? null;
  if (typeof wish === 'function') return all.find(wish) ?? null;
  return rows[wish[0]]?.[wish[1]] ?? null;
}

function describe(wish: ButtonSelector): string {
  if (typeof wish === 'string') return `"${wish}"`;
  if (wish instanceof RegExp) return String(wish);
  return typeof wish === 'function' ? 'that fits' : `at [${wish[0]}, ${wish[1]}]`;
}
