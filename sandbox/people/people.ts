import type { Profile } from '../world/people-store.ts';
import type { World } from '../world/world.ts';
import { SandboxPerson } from './sandbox-person.ts';

/** The people of the sandbox. Their objects hold no state of their own, so two for one person are equal. */
export class People {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** A person who has not started the bot yet. Throws RangeError when the id is taken. */
  add(profile: Profile): SandboxPerson {
    return new SandboxPerson(this.#world, this.#world.people.add(profile));
  }

  find(id: number): SandboxPerson | null {
    const person = this.#world.people.find(id);
    return person === null ? null : new SandboxPerson(this.#world, person);
  }

  list(): SandboxPerson[] {
    return this.#world.people.list().map((person) => new SandboxPerson(this.#world, person));
  }
}
