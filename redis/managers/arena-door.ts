import type {
  Admission,
  AdmissionFailure,
  AdmissionReply,
  Arrival,
  Surveyed,
} from '../../domains/arena/arena-store.ts';
import type { Log } from '../../domains/core/log.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { isReplyError } from '../documents/reply-error.ts';
import { outageOf } from '../outage.ts';
import type { RedisClient } from '../redis-client.ts';
import { type LetInTerms, letIn } from '../scripts/let-in.ts';
import { lookAround } from '../scripts/look-around.ts';
import type { WaitingReader } from './waiting-reader.ts';

export interface ArenaDoorDeps {
  readonly client: RedisClient;
  readonly log: Log;
  readonly reader: WaitingReader;
}

/**
 * Those who join together look around and come in by one step each. One of whom Redis refuses what it
 * does for the others keeps nobody else out; where it refuses all, as in an outage, all hear why.
 */
export class ArenaDoor {
  readonly #client: RedisClient;
  readonly #log: Log;
  readonly #reader: WaitingReader;

  constructor({ client, log, reader }: ArenaDoorDeps) {
    this.#client = client;
    this.#log = log;
    this.#reader = reader;
  }

  async survey(mode: Mode, arrivals: readonly Arrival[]): Promise<Surveyed[]> {
    try {
      return await this.#look(mode, arrivals);
    } catch (error) {
      if (!isOfOne(error)) throw error;
      const seen = await Promise.allSettled(arrivals.map((one) => this.#look(mode, [one])));
      this.#log.error({ err: error }, 'newcomers could not look around together');
      return seen.flatMap((one, index) => {
        if (one.status === 'fulfilled') return one.value;
        const request = arrivals[index]?.request;
        return request ? [{ seeker: this.#reader.asWaiting(request, ''), sight: null }] : [];
      });
    }
  }

  async letIn(
    terms: LetInTerms,
    admissions: readonly Admission[],
  ): Promise<(AdmissionReply | AdmissionFailure)[]> {
    try {
      return await letIn(this.#client, terms, admissions);
    } catch (error) {
      if (!isOfOne(error) || admissions.length < 2) throw error;
      // Nothing was changed.
      const replies = await Promise.all(admissions.map((one) => this.#letInAlone(terms, one)));
      const failed = replies.filter((reply) => typeof reply === 'object');
      this.#log.error({ err: error, failed: failed.length }, 'newcomers could not be let in');
      return replies;
    }
  }

  async #look(mode: Mode, arrivals: readonly Arrival[]): Promise<Surveyed[]> {
    const { isWhole, around } = await lookAround(this.#client, mode, arrivals);
    return arrivals.flatMap(({ request, range }, index) => {
      const seen = around[index];
      if (seen === undefined) return [];
      const { aroundGs, limit } = range;
      const { up, down } = seen;
      const sight = isWhole ? this.#reader.sight({ mode, aroundGs, limit, up, down }) : null;
      return [{ seeker: this.#reader.asWaiting(request, seen.lastOpponent), sight }];
    });
  }

  async #letInAlone(terms: LetInTerms, one: Admission): Promise<AdmissionReply | AdmissionFailure> {
    try {
      const [reply] = await letIn(this.#client, terms, [one]);
      return reply ?? { cause: new Error('let-in.lua told nothing') };
    } catch (cause) {
      return { cause };
    }
  }
}

/** Whether one of many may be what Redis refuses; in an outage it refuses all of them. */
function isOfOne(error: unknown): boolean {
  return isReplyError(error) && outageOf(error) === null;
}
