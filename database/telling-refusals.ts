import { RefusedValueError } from '../domains/core/refused-value-error.ts';
import { isRefusedValue } from './server-error.ts';

/** The same repository, which says of a value that PostgreSQL refuses that it is this, and no outage. */
export function tellingRefusals<R extends object>(repository: R): R {
  return new Proxy(repository, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const reply: unknown = Reflect.apply(member, target, args);
        return reply instanceof Promise ? reply.catch(told) : reply;
      };
    },
  });
}

function told(error: unknown): never {
  if (!isRefusedValue(error)) throw error;
  throw new RefusedValueError('PostgreSQL does not take this value', { cause: error });
}
