import type { SandboxPerson } from '../people/sandbox-person.ts';
import { ControlError } from './control-error.ts';
import type { ControlRequest } from './route.ts';

/** Who the path is about. Throws a 404. */
export function personOf({ desk, path }: ControlRequest): SandboxPerson {
  const person = desk.people.find(Number(path['id']));
  if (person === null) throw new ControlError(404, `there is no person ${path['id'] ?? ''}`);
  return person;
}
