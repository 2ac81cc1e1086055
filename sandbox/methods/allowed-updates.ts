import { badRequest } from '../errors/api-error.ts';
import type { Parameters } from '../requests/parameters.ts';
import type { World } from '../world/world.ts';

/** A malformed list changes nothing; an empty one stands for the default kinds. */
export function rememberAllowed(world: World, parameters: Parameters): void {
  try {
    const names = parameters.json('allowed_updates', () => badRequest('allowed_updates'));
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return;
    world.updates.allow(names.length === 0 ? null : names);
  } catch {
    return;
  }
}
