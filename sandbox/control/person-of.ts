import type { SandboxPerson } from '../people/sandbox-person.ts';
import { ControlError } from './control-error.ts';
import type { ControlRequest } from './route.ts';

/** The person in the path. Throws a 404. */
export function personOf({ context, path }: ControlRequest): SandboxPerson {
  const person = context.people.find(Number(path['id']));
  if (person === null) throw new ControlError(404, `there is no person ${path['id'] ?? ''}`);
  return person;
}
