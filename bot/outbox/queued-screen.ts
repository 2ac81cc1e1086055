import type { UiPayload } from '../../domains/core/ui-payload.ts';
import type { Language } from '../../resources/texts/index.ts';

/**
 * How a screen reaches its chat. `quiet` edits the present message; `below` sends it anew at the
 * end of the chat, silently; `fresh` does so with a sound.
 */
export type DeliveryMode = 'edit' | 'resend' | 'notify';

/**
 * Whose screen waits for whose. `reply`: the player tapped or wrote; `turn`: the battle went on
 * without his tap; `ambient`: animation, the first to yield and never missed.
 */
export type Priority = 'reply' | 'turn' | 'ambient';

/** A screen on its way into a chat. */
export interface QueuedScreen {
  readonly payload: UiPayload;
  readonly mode: DeliveryMode;
  readonly priority: Priority;
  /** For a reader whose choice of language cannot be read just now. */
  readonly language: Language | null;
  /** The reader's language where it has just been read with the tap. */
  readonly readerLanguage?: Language | null;
  readonly createdMs: number;
  /** When things were as it shows them, by the arena's clock. */
  readonly asOfMs: number;
  /** The present screen written once more, because a broken-off frame may have come over it. */
  readonly isRecheck?: true;
  /** It was sent without an answer before: the chat may show it already. */
  readonly isCopy?: true;
}

/** How something stood, and when. */
export interface KnownState {
  readonly state: UiPayload['state'] | null;
  readonly asOfMs: number | null;
}

/** Who read an older state so much later than a newer one was shown read how things stand now. */
const REWRITTEN_MS = 20_000;

/**
 * True if a newer state of the same thing is known: then the screen is history. Unless history itself
 * was rewritten, as by a Redis that lost its last writes: then the older state was read long after.
 */
export function isOutdated({ payload, asOfMs }: QueuedScreen, known: KnownState): boolean {
  const { state } = payload;
  if (state == null || known.state == null) return false;
  const isOlder = state.of === known.state.of && state.version < known.state.version;
  return isOlder && asOfMs - (known.asOfMs ?? asOfMs) < REWRITTEN_MS;
}

const loudnessOf: Readonly<Record<DeliveryMode, number>> = { edit: 0, resend: 1, notify: 2 };
const rankOf: Readonly<Record<Priority, number>> = { ambient: 0, turn: 1, reply: 2 };

/** What follows a send without an answer: if that arrived, it has made its sound. */
export function copyOf(item: QueuedScreen): QueuedScreen {
  return { ...item, mode: item.mode === 'notify' ? 'resend' : item.mode, isCopy: true };
}

/**
 * The newer screen, in the louder manner and with the greater urgency of both: a match found must
 * not lose its sound, nor a tap its place, because something came after.
 */
export function mergeScreens(waiting: QueuedScreen | null, item: QueuedScreen): QueuedScreen {
  if (waiting === null) return item;
  const mode = loudnessOf[waiting.mode] > loudnessOf[item.mode] ? waiting.mode : item.mode;
  const priority =
    rankOf[waiting.priority] > rankOf[item.priority] ? waiting.priority : item.priority;
  return { ...item, mode, priority };
}
