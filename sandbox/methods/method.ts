import { badRequest } from '../errors/api-error.ts';
import type { Parameters } from '../requests/parameters.ts';
import type { World } from '../world/world.ts';
import { checkKind } from './parameter-kinds.ts';

export interface MethodCall {
  readonly world: World;
  readonly parameters: Parameters;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** Refuse what Telegram would silently ignore or change. */
  readonly isStrict: boolean;
}

export interface Method {
  readonly name: string;
  /** Parameters that are read, and some without a visible effect. */
  readonly served: readonly string[];
  /** Parameters of the Bot API that the sandbox does not serve: refused, because ignoring them would hide it. */
  readonly unserved: readonly string[];
  /** Returns the `result`, or throws ApiError. */
  readonly run: (call: MethodCall) => unknown;
}

/** A result that comes with a `description`, as the webhook methods answer. */
export class DescribedResult {
  readonly result: unknown;
  readonly description: string;

  constructor(result: unknown, description: string) {
    this.result = result;
    this.description = description;
  }
}

/** `parameters` are names between spaces; those after a `|` are not served. */
export function defineMethod(name: string, parameters: string, run: Method['run']): Method {
  const [served = '', unserved = ''] = parameters.split('|');
  return { name, served: words(served), unserved: words(unserved), run };
}

/** Throws ApiError for a parameter that the method would ignore. */
export function checkParameters(method: Method, call: MethodCall): void {
  for (const name of call.parameters.names()) {
    if (method.unserved.includes(name) && call.parameters.text(name) !== '') {
      throw badRequest(`the sandbox does not serve the parameter "${name}" of ${method.name}`);
    }
    const isKnown = method.served.includes(name) || method.unserved.includes(name);
    if (call.isStrict && !isKnown) {
      throw badRequest(`the sandbox knows no parameter "${name}" of ${method.name}`);
    }
    if (call.isStrict) checkKind(name, call.parameters.text(name));
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
