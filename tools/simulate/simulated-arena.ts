import type { Waiting } from '../../domains/arena/arena-store.ts';
import { CANDIDATE_LIMIT } from '../../domains/arena/arena-entries.ts';
import { WAVE_LIMIT } from '../../domains/arena/arena-session-service.ts';
import {
  type ArenaRules,
  isDueForShadow,
  pairUp,
  rankOpponents,
  searchRange,
} from '../../domains/arena/matchmaking.ts';
import { keyTable } from '../../redis/keys.ts';
import type { Arrival } from './simulated-arrivals.ts';

export interface SearchOutcome {
  readonly arrival: Arrival;
  readonly waitedMs: number;
  /** null: the Shadow. */
  readonly opponent: Arrival | null;
  readonly isRematch: boolean;
}

export interface Simulation {
  readonly outcomes: readonly SearchOutcome[];
  readonly stillWaiting: number;
}

const WAVE_MS = 1_000;
const REMEMBERED_MS = keyTable.lastOpponent.lifeS * 1_000;

/** Runs the rules over arrivals, ordered by time, until `endMs` of simulated time. */
export function simulateArena(
  rules: ArenaRules,
  arrivals: readonly Arrival[],
  endMs: number,
): Simulation {
  const arena = new SimulatedArena(rules);
  let waveMs = WAVE_MS;
  const wavesUntil = (atMs: number) => {
    for (; waveMs <= atMs; waveMs += WAVE_MS) {
      // Waves over an empty arena do nothing and are left out.
      if (arena.isEmpty) waveMs = Math.max(waveMs, Math.ceil(atMs / WAVE_MS) * WAVE_MS);
      if (waveMs <= atMs) arena.wave(waveMs);
      else return;
    }
  };
  for (const arrival of arrivals) {
    wavesUntil(arrival.atMs);
    arena.join(arrival);
  }
  wavesUntil(endMs);
  return { outcomes: arena.outcomes, stillWaiting: arena.waiting };
}

/** The queue and waves of the services by the shipped rules, without stores and clocks. */
class SimulatedArena {
  readonly outcomes: SearchOutcome[] = [];
  readonly #rules: ArenaRules;
  readonly #queue = new Map<number, { readonly arrival: Arrival; readonly waiting: Waiting }>();
  readonly #lastOpponents = new Map<
    number,
    { readonly charId: number; readonly untilMs: number }
  >();

  constructor(rules: ArenaRules) {
    this.#rules = rules;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get isEmpty(): boolean {
    return this.#queue.size === 0;
  }

  /** Adds to the queue, and matches at once if an opponent fits. */
  join(arrival: Arrival): void {
    const { charId, userId, gs, atMs } = arrival;
    const last = this.#lastOpponents.get(charId);
    const lastOpponentId = last !== undefined && last.untilMs > atMs ? last.charId : null;
    const seeker: Waiting = {
      charId,
      userId,
      mode: '1v1',
      gs,
      startTimeMs: atMs,
      lastOpponentId,
      blockedUserIds: [],
    };
    const others = this.#candidatesOf(seeker);
    this.#queue.set(charId, { arrival, waiting: seeker });
    const [opponent] = rankOpponents(this.#rules, { seeker, others }, atMs);
    if (opponent !== undefined) this.#match([seeker, opponent], atMs);
  }

  /** Pairs first, then Shadows. */
  wave(nowMs: number): void {
    for (const pair of pairUp(this.#rules, this.#oldest(), nowMs)) this.#match(pair, nowMs);
    for (const seeker of this.#oldest()) {
      if (isDueForShadow(this.#rules, seeker, nowMs)) this.#end(seeker, null, nowMs);
    }
  }

  #oldest(): Waiting[] {
    return [...this.#queue.values()].slice(0, WAVE_LIMIT).map(({ waiting }) => waiting);
  }

  #candidatesOf(seeker: Waiting): Waiting[] {
    const { minGs, maxGs, aroundGs, limit } = searchRange(this.#rules, seeker, CANDIDATE_LIMIT);
    const within = [...this.#queue.values()]
      .map(({ waiting }) => waiting)
      .filter(({ gs }) => gs >= minGs && gs <= maxGs);
    const distance = ({ gs }: Waiting) => Math.abs(gs - aroundGs);
    return within
      .sort((one, other) => distance(one) - distance(other) || one.charId - other.charId)
      .slice(0, limit);
  }

  #match([one, other]: readonly [Waiting, Waiting], nowMs: number): void {
    const { arrival: first } = this.#entryOf(one);
    const { arrival: second } = this.#entryOf(other);
    this.#end(one, second, nowMs);
    this.#end(other, first, nowMs);
    const untilMs = nowMs + REMEMBERED_MS;
    this.#lastOpponents.set(one.charId, { charId: other.charId, untilMs });
    this.#lastOpponents.set(other.charId, { charId: one.charId, untilMs });
  }

  #end(seeker: Waiting, opponent: Arrival | null, nowMs: number): void {
    const { arrival } = this.#entryOf(seeker);
    this.#queue.delete(seeker.charId);
    const isRematch = opponent !== null && seeker.lastOpponentId === opponent.charId;
    this.outcomes.push({ arrival, opponent, isRematch, waitedMs: nowMs - arrival.atMs });
  }

  #entryOf({ charId }: Waiting): { readonly arrival: Arrival } {
    const entry = this.#queue.get(charId);
    if (entry === undefined) throw new Error(`${charId} is not in the queue`);
    return entry;
  }
}
