import { OutageError } from '../domains/core/outage-error.ts';
import { RefusedValueError } from '../domains/core/refused-value-error.ts';
import { isOutage } from './outage.ts';
import { isRefusedValue } from './server-error.ts';

/** The same repository, with database errors mapped to errors of the domain. */
export function mapErrors<R extends object>(repository: R): R {
  return new Proxy(repository, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const reply: unknown = Reflect.apply(member, target, args);
        return reply instanceof Promise ? reply.catch(raise) : reply;
      };
    },
  });
}

function raise(error: unknown): never {
  if (isRefusedValue(error))
    throw new RefusedValueError('PostgreSQL refused the value', { cause: error });
  if (isOutage(error)) throw new OutageError('database unavailable', { cause: error });
  throw error;
}
