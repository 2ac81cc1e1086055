import { ApiError, tooManyRequests } from '../errors/api-error.ts';
import { usualDescription } from '../faults/fault.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultStore } from '../faults/fault-store.ts';
import { checkParameters } from '../methods/method.ts';
import type { Method, MethodCall } from '../methods/method.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { errorAnswer, okAnswer } from './answer.ts';
import type { Answer } from './answer.ts';

export interface PerformedCall extends MethodCall {
  readonly faults: FaultStore;
  readonly traffic: Traffic;
  readonly closing: AbortSignal;
}

export interface Outcome {
  /** Null when the connection is to be broken instead of an answer. */
  readonly answer: Answer | null;
  /** `traffic` when the limits of the chat refused it. */
  readonly fault: Fault['kind'] | 'traffic' | null;
  /** How long the limits of the chat delayed it. */
  readonly heldMs: number;
}

/** Runs a method when the limits of its chat allow it, or applies the fault that is waiting for it. */
export async function performCall(method: Method, call: PerformedCall): Promise<Outcome> {
  const chatId = call.parameters.integer('chat_id');
  const reservation = await call.traffic.admit(method.name, chatId);
  if (reservation.kind === 'refused') {
    const answer = errorAnswer(tooManyRequests(reservation.retryAfterS));
    return { answer, fault: 'traffic', heldMs: 0 };
  }
  const heldMs = reservation.holdMs;
  if (call.closing.aborted) return { answer: null, fault: null, heldMs };
  const fault = call.faults.take(method.name, chatId);
  if (fault === null) return { answer: await run(method, call), fault: null, heldMs };
  return { answer: await failing(fault, method, call), fault: fault.kind, heldMs };
}

async function failing(fault: Fault, method: Method, call: PerformedCall): Promise<Answer | null> {
  switch (fault.kind) {
    case 'flood':
      return errorAnswer(tooManyRequests(fault.retryAfterS));
    case 'error': {
      if (fault.when === 'after') await run(method, call);
      const description = fault.description ?? usualDescription(fault.errorCode);
      return errorAnswer(new ApiError(fault.errorCode, description));
    }
    case 'reset':
      if (fault.when === 'after') await run(method, call);
      return null;
    case 'slow':
      return slowly(fault, method, call);
  }
}

/** The call goes on when its client disconnects, as on a remote server. */
async function slowly(
  { delayMs, when }: Extract<Fault, { kind: 'slow' }>,
  method: Method,
  call: PerformedCall,
): Promise<Answer | null> {
  const hold = () => call.world.time.wait(delayMs, call.closing);
  if (when !== 'after') await hold();
  if (call.closing.aborted) return null;
  const answer = await run(method, call);
  if (when === 'after') await hold();
  return answer;
}

async function run(method: Method, call: MethodCall): Promise<Answer> {
  try {
    checkParameters(method, call);
    return okAnswer(await method.run(call));
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error);
    throw error;
  }
}
