import type { UiPayload } from '../../domains/core/ui-payload.ts';
import type { Language } from '../../resources/texts/index.ts';

/**
 * `edit` changes the current message; `resend` sends a new message at the end of the chat, silently;
 * `notify` does so with a sound.
 */
export type DeliveryMode = 'edit' | 'resend' | 'notify';

/**
 * `reply`: the player or their opponent tapped or wrote; `clock`: nobody did; `ambient`: animation,
 * which is skipped under load.
 */
export type Priority = 'reply' | 'clock' | 'ambient';

export interface QueuedScreen {
  readonly payload: UiPayload;
  readonly mode: DeliveryMode;
  readonly priority: Priority;
  /** Used if the reader's choice of language cannot be read. */
  readonly language: Language | null;
  /** The reader's language, if it has been read with the tap. */
  readonly readerLanguage?: Language | null;
  readonly createdMs: number;
  /** When the shown state was read, by the arena's clock. */
  readonly asOfMs: number;
  /** When the tap or message arrived that this screen answers. */
  readonly askedMs?: number | undefined;
  /** The current screen, written again because an aborted frame may have overwritten it. */
  readonly isRecheck?: true;
  /** An earlier send got no response: the chat may show this screen already. */
  readonly isCopy?: true;
}

export interface KnownState {
  readonly state: UiPayload['state'] | null;
  readonly asOfMs: number | null;
}

/** An older state that was read this much later than a newer one is the current one. */
const ROLLED_BACK_MS = 20_000;

/**
 * True if a newer state of the same battle is known. An older state read much later is not outdated:
 * a Redis that lost its last writes has rolled the battle back.
 */
export function isOutdated({ payload, asOfMs }: QueuedScreen, known: KnownState): boolean {
  const { state } = payload;
  if (state == null || known.state == null) return false;
  const isOlder = state.of === known.state.of && state.version < known.state.version;
  return isOlder && asOfMs - (known.asOfMs ?? asOfMs) < ROLLED_BACK_MS;
}

const loudnessOf: Readonly<Record<DeliveryMode, number>> = { edit: 0, resend: 1, notify: 2 };
const rankOf: Readonly<Record<Priority, number>> = { ambient: 0, clock: 1, reply: 2 };

/** The next try after a send without a response: the first message may have made its sound. */
export function copyOf(item: QueuedScreen): QueuedScreen {
  return { ...item, mode: item.mode === 'notify' ? 'resend' : item.mode, isCopy: true };
}

/**
 * The newer screen, in the louder mode and with the higher priority of both: a newer screen must not
 * cost a match its sound or a tap its priority.
 */
export function mergeScreens(waiting: QueuedScreen | null, item: QueuedScreen): QueuedScreen {
  if (waiting === null) return item;
  const mode = loudnessOf[waiting.mode] > loudnessOf[item.mode] ? waiting.mode : item.mode;
  const isUrgent = rankOf[waiting.priority] > rankOf[item.priority];
  const askedMs = waiting.askedMs ?? item.askedMs;
  return { ...item, mode, priority: isUrgent ? waiting.priority : item.priority, askedMs };
}
