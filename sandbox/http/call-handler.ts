import { ApiError, badRequest } from '../errors/api-error.ts';
import type { CallLog } from '../faults/call-log.ts';
import type { FaultStore } from '../faults/fault-store.ts';
import { isMethodName } from '../methods/method-names.ts';
import { findMethod } from '../methods/method-table.ts';
import type { Parameters } from '../requests/parameters.ts';
import type { Traffic } from '../traffic/traffic.ts';
import type { World } from '../world/world.ts';
import { errorAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { performCall } from './perform-call.ts';
import type { Outcome } from './perform-call.ts';

export interface CallHandlerOptions {
  readonly world: World;
  readonly faults: FaultStore;
  readonly traffic: Traffic;
  readonly calls: CallLog;
  readonly isStrict: boolean;
  /** Aborted when the sandbox closes. */
  readonly closing: AbortSignal;
}

export interface CallRequest {
  /** As the client wrote it, in any case. */
  readonly name: string;
  readonly parameters: Parameters;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** Runs and records every Bot API call: of HTTP requests and of webhook replies. */
export class CallHandler {
  readonly #options: CallHandlerOptions;

  constructor(options: CallHandlerOptions) {
    this.#options = options;
  }

  /** Resolves with null when the connection is to be broken instead of an answer. */
  async handle({ name, parameters, signal }: CallRequest): Promise<Answer | null> {
    const started = { atMs: this.#options.world.time.now(), at: performance.now() };
    const method = findMethod(name);
    const call = { ...this.#options, parameters, signal };
    const outcome = method === null ? unserved(name) : await performCall(method, call);
    this.#options.calls.record({
      atMs: started.atMs,
      method: method?.name ?? name,
      parameters: parameters.toRecord(),
      status: outcome.answer?.status ?? 0,
      answer: outcome.answer?.body ?? null,
      tookMs: performance.now() - started.at,
      heldMs: outcome.heldMs,
      fault: outcome.fault,
    });
    return outcome.answer;
  }
}

/**
 * A method that Telegram has and the sandbox does not is refused with a 400: client libraries report it with its
 * description at once. They retry a 5xx, and take a 404 or a 401 for a wrong token.
 */
function unserved(name: string): Outcome {
  const error = isMethodName(name)
    ? badRequest(`not implemented here: ${name}`)
    : new ApiError(404, 'Not Found: method not found');
  return { answer: errorAnswer(error), fault: null, heldMs: 0 };
}
