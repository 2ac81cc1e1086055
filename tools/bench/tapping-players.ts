import { performance } from 'node:perf_hooks';
import type { Sandbox } from 'telegram-sandbox';
import {
  type MessageView,
  type SandboxPerson,
  lastScreen,
  seededDraw,
} from 'telegram-sandbox/testing';
import { abortableSleep } from '../chaos/timeouts.ts';
import { Latencies } from './latencies.ts';

/** A private chat takes one screen a second. */
const BETWEEN_TAPS_MS = 1_050;
const TIMEOUT_MS = 30_000;
/** The two buttons that lead back and forth between two screens. */
export const tappedActions = ['character', 'home'] as const;

/** Players who go back and forth between the arena menu and the character. */
export class TappingPlayers {
  tapToScreen = new Latencies();
  readonly #people: readonly SandboxPerson[];
  readonly #draw = seededDraw(1);

  constructor(sandbox: Sandbox, userIds: readonly number[]) {
    this.#people = userIds.map((id) => sandbox.people.add({ id, firstName: `Player ${id}` }));
  }

  async start(): Promise<void> {
    for (const person of this.#people) person.say('/start');
    for (const person of this.#people)
      await person.waitFor((chat) => dataOn(lastScreen(chat)) !== null, TIMEOUT_MS);
  }

  /** The first `players` of them tap until it is aborted. */
  async play(players: number, over: AbortSignal): Promise<void> {
    await Promise.all(this.#people.slice(0, players).map((one) => this.#playOne(one, over)));
  }

  async #playOne(person: SandboxPerson, over: AbortSignal): Promise<void> {
    let screen = person.lastScreen();
    await abortableSleep(BETWEEN_TAPS_MS * this.#draw(), over);
    while (!over.aborted) {
      const button = dataOn(screen);
      if (screen === null || button === null) throw new Error(`${person.id}: no button`);
      const since = person.events().at(-1)?.eventId ?? 0;
      const tappedAt = performance.now();
      person.tap(button, { messageId: screen.messageId, force: true });
      screen = await nextScreen(person, since, over);
      if (screen === null) return;
      const tookMs = performance.now() - tappedAt;
      this.tapToScreen.add(tookMs);
      await abortableSleep(Math.max(0, BETWEEN_TAPS_MS - tookMs), over);
    }
  }
}

function dataOn(screen: MessageView | null): string | null {
  const data = screen?.buttons.flat().map((button) => button.data ?? '') ?? [];
  return data.find((one) => tappedActions.some((name) => one.startsWith(name))) ?? null;
}

async function nextScreen(
  person: SandboxPerson,
  since: number,
  over: AbortSignal,
): Promise<MessageView | null> {
  for (let after = since; ;) {
    const events = await person.nextEvents(after, TIMEOUT_MS, over);
    const found = events.findLast((one) => one.kind === 'edited' || one.kind === 'sent');
    if (found !== undefined) return found.message;
    if (over.aborted) return null;
    if (events.length === 0) throw new Error(`${person.id}: no screen within ${TIMEOUT_MS} ms`);
    after = events.at(-1)?.eventId ?? after;
  }
}
