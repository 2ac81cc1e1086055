import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Mode } from '../core/mode.ts';
import { type Decided, decideArrivals, matchOf, mayHaveOpponent } from './admission.ts';
import type {
  Admission,
  AdmissionFailure,
  AdmissionReply,
  ArenaStore,
  Arrival,
  Match,
  QueueRequest,
  Waiting,
} from './arena-store.ts';
import { type ArenaRules, searchRange } from './matchmaking.ts';

/** How it went for one of those who join. */
export type Arrived =
  | { readonly kind: 'matched'; readonly match: Match }
  /** `seesSomebody`: looking about him from the queue he saw an opponent, or could not be sure. */
  | { readonly kind: 'queued'; readonly seeker: Waiting; readonly seesSomebody: boolean }
  | { readonly kind: 'already_queued' | 'seated' }
  /** Somebody else was not as he had been seen to be; nothing was changed. */
  | { readonly kind: 'turned_down' };

/** Calls back when the present turn of the event loop is over. */
export type AfterTurn = (act: () => void) => void;

export interface ArrivalsDeps {
  readonly arena: Pick<ArenaStore, 'survey' | 'letIn'>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly rules: ArenaRules;
  readonly afterTurn: AfterTurn;
}

interface Caller {
  readonly request: QueueRequest;
  readonly resolve: (arrived: Arrived) => void;
  readonly reject: (error: unknown) => void;
}

type NewWait = Extract<Decided, { kind: 'waits' }>;
type Meeting = Extract<Admission, { kind: 'meets' }>;
type Admitted = NewWait | Meeting;

/** So many each way are seen on joining: enough, nearly always. */
const NEAR = 3;
/** So many at once keep Redis busy for a millisecond or two. */
const AT_ONCE = 64;

/**
 * Those who join within one turn of the event loop come in together: they look around in one step
 * and come in by a second one, whoever of them are matched without having waited. In a crowd that
 * costs a fraction of a step for each; whoever joins alone waits for nobody.
 *
 * Those who have to wait look around once more: of two who came in at nearly the same moment, by
 * other turns or other processes, neither saw the other before, but the later one sees him now.
 */
export class Arrivals {
  readonly #deps: ArrivalsDeps;
  readonly #gathered = new Map<Mode, Map<number, Caller>>();
  /** Who is being claimed at this moment: others need not try. */
  readonly #promised = new Set<number>();

  constructor(deps: ArrivalsDeps) {
    this.#deps = deps;
  }

  arrive(request: QueueRequest): Promise<Arrived> {
    const { mode, charId } = request;
    const before = this.#gathered.get(mode);
    // Of one character's two taps the second is a step of its own.
    if (before !== undefined && (before.size >= AT_ONCE || before.has(charId))) this.#open(mode);
    return new Promise((resolve, reject) => {
      this.#gather(mode).set(charId, { request, resolve, reject });
    });
  }

  #gather(mode: Mode): Map<number, Caller> {
    const gathered = this.#gathered.get(mode);
    if (gathered !== undefined) return gathered;
    const group = new Map<number, Caller>();
    this.#gathered.set(mode, group);
    this.#deps.afterTurn(() => {
      if (this.#gathered.get(mode) === group) this.#open(mode);
    });
    return group;
  }

  #open(mode: Mode): void {
    const group = this.#gathered.get(mode) ?? new Map<number, Caller>();
    this.#gathered.delete(mode);
    // Whoever has been told by then does not hear it.
    const tellAll = (error: unknown) => {
      for (const { reject } of group.values()) reject(error);
    };
    this.#letIn(mode, group).then(() => {
      tellAll(new Error('Somebody who joined was told nothing'));
    }, tellAll);
  }

  async #letIn(mode: Mode, group: ReadonlyMap<number, Caller>): Promise<void> {
    const { arena, clock, rules } = this.#deps;
    const wishes = [...group.values()].map(({ request }) => this.#wishOf(request, NEAR));
    const arrivals = await arena.survey(mode, wishes);
    const nowMs = clock.now();
    const door = { arrivals, promised: this.#promised };
    const admissions = decideArrivals(rules, door, nowMs).map((one) => this.#admit(one, nowMs));
    const replies = await this.#whilePromised(admissions, () =>
      arena.letIn(mode, admissions, nowMs),
    );
    const tell = (charId: number, arrived: Arrived) => group.get(charId)?.resolve(arrived);
    const queued: Waiting[] = [];
    for (const [index, reply] of replies.entries()) {
      const admission = admissions[index];
      if (admission === undefined) continue;
      if (typeof reply === 'object') group.get(seekerOf(admission))?.reject(reply.cause);
      if (admission.kind === 'meets') tellBoth(tell, admission, reply);
      else if (reply === 'queued') queued.push(admission.newcomer);
      else tell(admission.newcomer.charId, turnedDown(reply));
    }
    for (const one of await this.#lookAgain(mode, queued)) tell(one.seeker.charId, one);
  }

  async #lookAgain(mode: Mode, queued: readonly Waiting[]) {
    if (queued.length === 0) return [];
    const { arena, clock, rules } = this.#deps;
    // One more than before: everybody sees himself.
    const seen = await arena.survey(
      mode,
      queued.map((one) => this.#wishOf(one, NEAR + 1)),
    );
    const nowMs = clock.now();
    return seen.map((one) => {
      const seesSomebody = mayHaveOpponent(rules, one, nowMs);
      return { kind: 'queued', seeker: one.seeker, seesSomebody } as const;
    });
  }

  #wishOf(request: QueueRequest, limit: number): Arrival {
    return { request, range: searchRange(this.#deps.rules, request, limit) };
  }

  #admit(decided: Decided, claimedAtMs: number): Admitted {
    if (decided.kind === 'waits') return decided;
    const match = matchOf(decided.sides, { id: this.#deps.entropy.id(), claimedAtMs });
    return { kind: 'meets', match, waiting: decided.waiting };
  }

  async #whilePromised<T>(admissions: readonly Admitted[], act: () => Promise<T>): Promise<T> {
    const promised = admissions.flatMap((one) =>
      one.kind === 'meets' && one.waiting !== null ? [one.waiting.charId] : [],
    );
    for (const charId of promised) this.#promised.add(charId);
    try {
      return await act();
    } finally {
      for (const charId of promised) this.#promised.delete(charId);
    }
  }
}

function seekerOf(admission: Admitted): number {
  return admission.kind === 'meets' ? admission.match.seeker.charId : admission.newcomer.charId;
}

function tellBoth(
  tell: (charId: number, arrived: Arrived) => void,
  { match, waiting }: Meeting,
  reply: AdmissionReply | AdmissionFailure,
): void {
  const matched: Arrived | null = reply === 'claimed' ? { kind: 'matched', match } : null;
  tell(match.seeker.charId, matched ?? turnedDown(reply));
  if (waiting !== null || match.opponent === null) return;
  tell(match.opponent.charId, matched ?? { kind: 'turned_down' });
}

function turnedDown(reply: AdmissionReply | AdmissionFailure): Arrived {
  return reply === 'already_queued' || reply === 'seated'
    ? { kind: reply }
    : { kind: 'turned_down' };
}
