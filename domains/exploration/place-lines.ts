import type { WorldAction } from '../combat/world-action.ts';
import type { HomeAction } from '../core/home-feature.ts';
import { type Text, text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import type { BagAction } from '../inventory/bag-action.ts';
import type { StoryAction } from '../scenario/story-action.ts';
import type { BoardAction } from '../skills/board-action.ts';
import type { CharacterAction } from '../skills/character-action.ts';
import type { TechniquesAction } from '../skills/techniques-action.ts';
import type { EnergyView, WorldView } from './world-reply.ts';

export type WorldScreenAction =
  | WorldAction
  | BagAction
  | BoardAction
  | CharacterAction
  | TechniquesAction
  | StoryAction
  | HomeAction;
export type WorldPayload = UiPayload<WorldScreenAction>;

export function placeName(place: WorldView['place']): Text {
  return text(`world.place.${place}.name`);
}

/** Health and energy. */
export function conditionLines({ vitals, energy }: WorldView): Text[] {
  const { hp } = vitals;
  return [text('battle.vitals.hp', { hp }), energyLine(energy)];
}

function energyLine({ now, limit, fullAtMs }: EnergyView): Text {
  if (fullAtMs === null) return text('world.energy', { energy: now, limit });
  return text('world.energy.until', { energy: now, limit, at: { atMs: fullAtMs } });
}
