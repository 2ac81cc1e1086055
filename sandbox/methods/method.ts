import { badRequest } from '../errors/api-error.ts';
import type { Parameters } from '../requests/parameters.ts';
import type { World } from '../world/world.ts';
import { checkKind } from './parameter-kinds.ts';

export interface MethodCall {
  readonly world: World;
  readonly parameters: Parameters;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
  /** Refuse what Telegram would pass over and a developer would want to know of. */
  readonly isStrict: boolean;
}

export interface Method {
  readonly name: string;
  /** Parameters that are looked at, and some that change nothing one could see. */
  readonly served: readonly string[];
  /** Parameters that Telegram knows and the sandbox does not serve: refused instead of passed over. */
  readonly unserved: readonly string[];
  /** Gives the `result`, or throws ApiError. */
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

/** `parameters` holds names with spaces between; those after a `|` are known and not served. */
export function defineMethod(name: string, parameters: string, run: Method['run']): Method {
  const [served = '', unserved = ''] = parameters.split('|');
  return { name, served: words(served), unserved: words(unserved), run };
}

/** Throws ApiError for a parameter that the method would silently do without. */
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
