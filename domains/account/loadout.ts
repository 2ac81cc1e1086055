import { FIXED_TECHNIQUE, balancedLoadouts } from '../../resources/numbers/loadouts.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';
import type { Archetype } from './account-context.ts';

type TechniqueId = (typeof techniqueIds)[number];

/** The loadouts of an archetype, each in the order of the buttons. */
export function loadoutsOf(archetype: Archetype): TechniqueId[][] {
  return balancedLoadouts[archetype].map((chosen) =>
    techniqueIds.filter((id) => id === FIXED_TECHNIQUE || includes(chosen, id)),
  );
}

/** Whether these techniques, in any order, are a loadout of the archetype. */
export function isLoadout(archetype: Archetype, techniques: readonly TechniqueId[]): boolean {
  const chosen = new Set(techniques);
  return loadoutsOf(archetype).some(
    (loadout) =>
      loadout.length === techniques.length && loadout.every((technique) => chosen.has(technique)),
  );
}

/** Known techniques that, with those chosen so far, still lead to a loadout of known ones. */
export function choosable(
  archetype: Archetype,
  {
    chosen,
    known,
  }: { readonly chosen: readonly TechniqueId[]; readonly known: readonly TechniqueId[] },
): TechniqueId[] {
  const possible = loadoutsOf(archetype).filter(
    (loadout) =>
      loadout.every((id) => known.includes(id)) && chosen.every((id) => loadout.includes(id)),
  );
  return techniqueIds.filter(
    (id) => !chosen.includes(id) && possible.some((loadout) => loadout.includes(id)),
  );
}

function includes(list: readonly TechniqueId[], id: TechniqueId): boolean {
  return list.includes(id);
}
