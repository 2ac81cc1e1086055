import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import {
  LEARN_PRICE,
  LEARN_USES,
  medalUses,
  techniqueLevels,
} from '../../resources/numbers/levels.ts';
import { learnableTechniques } from '../../resources/numbers/loadouts.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';
import { characterSheet } from '../account/character-sheet.ts';
import { isLoadout } from '../account/loadout.ts';
import type { TechniqueId } from '../combat/battle.ts';
import type { Decision } from '../inventory/journey-store.ts';
import type { Earnings } from '../inventory/journey.ts';
import { refusal } from './refusal.ts';

type Skilled = Pick<Earnings, 'archetype' | 'skills'>;

/** In the order of the buttons. */
export function knownTechniques({ skills }: Pick<Earnings, 'skills'>): TechniqueId[] {
  return techniqueIds.filter((id) => (skills[id] ?? 0) > 0);
}

/** Those that the character has in battles. */
export function presentLoadout(earnings: Earnings): TechniqueId[] {
  return characterSheet(earnings).techniques;
}

/** What the archetype can learn and the character does not know yet. */
export function unlearned({ archetype, skills }: Skilled): TechniqueId[] {
  if (archetype === null) return [];
  return learnableTechniques[archetype].filter((id) => (skills[id] ?? 0) === 0);
}

export interface Learning {
  /** Techniques that may be learned now, as far as the level decides. */
  readonly open: number;
  /** The level that opens the next one; null: none does. */
  readonly nextLevel: number | null;
  /** Uses of the techniques that the archetype begins with. */
  readonly uses: number;
}

export function learningOf({ archetype, skills, journey, uses }: Earnings): Learning {
  if (archetype === null) return { open: 0, nextLevel: null, uses: 0 };
  const learned = learnableTechniques[archetype].length - unlearned({ archetype, skills }).length;
  const reached = techniqueLevels.filter((level) => level <= journey.level).length;
  const own = archetypeNumbers[archetype].techniques.map((id) => uses[id] ?? 0);
  return {
    open: Math.max(0, reached - learned),
    nextLevel: techniqueLevels[Math.max(reached, learned)] ?? null,
    uses: own.reduce((sum, one) => sum + one, 0),
  };
}

/** Learning keeps the present loadout, which is stored from then on. */
export function learnTechnique({
  technique,
  version,
}: {
  readonly technique: TechniqueId;
  readonly version: number;
}) {
  return (earnings: Earnings): Decision => {
    if (earnings.journey.version !== version) return refusal('skills.notice.stale');
    const { open, uses } = learningOf(earnings);
    if (!unlearned(earnings).includes(technique)) return refusal('skills.notice.not_learnable');
    if (open < 1) return refusal('skills.notice.level');
    if (uses < LEARN_USES) return refusal('skills.notice.uses');
    if (earnings.journey.gold < LEARN_PRICE) return refusal('skills.notice.gold');
    const paid = { reason: 'learn', ref: technique, gold: -LEARN_PRICE, scrap: 0 };
    const skills = { ...earnings.skills, [technique]: 1 };
    const loadout = presentLoadout(earnings);
    return { kind: 'change', change: { wallet: [paid], skills, loadout } };
  };
}

export function chooseLoadout(techniques: readonly TechniqueId[], version: number) {
  return (earnings: Earnings): Decision => {
    const { archetype, journey } = earnings;
    if (journey.version !== version) return refusal('skills.notice.stale');
    const known = knownTechniques(earnings);
    const isKnown = techniques.every((id) => known.includes(id));
    if (archetype === null || !isKnown || !isLoadout(archetype, techniques))
      return refusal('skills.notice.no_loadout');
    return {
      kind: 'change',
      change: { loadout: techniqueIds.filter((id) => techniques.includes(id)) },
    };
  };
}

export type Medal = keyof typeof medalUses;
const medals = Object.keys(medalUses) as readonly Medal[];

/** The highest that so many uses of a technique earn. */
export function medalOf(uses: number): Medal | null {
  return medals.findLast((medal) => uses >= medalUses[medal]) ?? null;
}
