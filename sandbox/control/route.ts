import type { CallLog } from '../faults/call-log.ts';
import type { FaultStore } from '../faults/fault-store.ts';
import type { People } from '../people/people.ts';
import type { Traffic } from '../traffic/traffic.ts';
import type { World } from '../world/world.ts';
import { ControlError } from './control-error.ts';

export interface ControlContext {
  readonly world: World;
  readonly people: People;
  readonly faults: FaultStore;
  readonly traffic: Traffic;
  readonly calls: CallLog;
  readonly restart: (downMs: number) => Promise<void>;
}

export interface ControlRequest {
  readonly context: ControlContext;
  /** The parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The decoded body; undefined when there was none. */
  readonly body: unknown;
  readonly signal: AbortSignal;
  /** Runs a task after the answer has been sent. */
  readonly afterResponse: (task: () => Promise<void>) => void;
}

export interface Route {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: RegExp;
  /** Returns the body of the answer in camelCase. Throws ControlError, PersonError or a zod error. */
  readonly run: (request: ControlRequest) => unknown;
}

/** `:name` in the path stands for a number. */
export function route(verb: Route['verb'], path: string, run: Route['run']): Route {
  const pattern = path.replaceAll(/:(\w+)/g, '(?<$1>\\d+)');
  return { verb, path: new RegExp(`^/sandbox${pattern}/?$`), run };
}

/** A number of the query, at least 0. Throws ControlError. */
export function numberIn(query: URLSearchParams, name: string, fallback: number): number {
  const value = Number(query.get(name) ?? fallback);
  if (!Number.isFinite(value) || value < 0) throw new ControlError(400, `${name} is no number`);
  return value;
}
