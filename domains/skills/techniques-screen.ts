import { LEARN_PRICE, LEARN_USES } from '../../resources/numbers/levels.ts';
import { CHOSEN_TECHNIQUES, FIXED_TECHNIQUE } from '../../resources/numbers/loadouts.ts';
import { choosable } from '../account/loadout.ts';
import type { TechniqueId } from '../combat/battle.ts';
import { pricedLabel } from '../combat/battle-keyboard.ts';
import { techniqueLines } from '../combat/character-lines.ts';
import { CURRENT_RULES } from '../combat/rules/rules-of.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { Earnings } from '../inventory/journey.ts';
import type { CharacterAction } from './character-action.ts';
import { characterRow } from './character-screen.ts';
import type { TechniquesAction } from './techniques-action.ts';
import { knownTechniques, learningOf, medalOf, presentLoadout, unlearned } from './techniques.ts';

type Payload = UiPayload<TechniquesAction | CharacterAction>;
type Key = Button<TechniquesAction | CharacterAction>;
type Draft = Extract<TechniquesAction, { action: 'techniques.draft' }>;

const KEYS_A_ROW = 2;

/** `draft`: techniques that stay while another is chosen; null: the present loadout. */
export function techniquesScreen(
  earnings: Earnings,
  draft: readonly TechniqueId[] | null = null,
): Payload {
  const known = knownTechniques(earnings);
  const chosen = (draft ?? presentLoadout(earnings)).filter((id) => id !== FIXED_TECHNIQUE);
  const keys = loadoutKeys(earnings, chosen);
  return {
    screen: 'techniques',
    title: text('skills.techniques.title', { chosen: chosen.length, count: CHOSEN_TECHNIQUES }),
    body: [
      ...known.map((id) => techniqueLine(id, earnings, [...chosen, FIXED_TECHNIQUE])),
      null,
      text(hintOf(keys, chosen)),
      text('skills.techniques.medals'),
      learningLine(earnings),
    ],
    buttons: [...rowsOf(keys), ...otherRows(earnings, draft), characterRow],
  };
}

function techniqueLine(id: TechniqueId, { uses }: Earnings, chosen: readonly TechniqueId[]): Text {
  const medal = medalOf(uses[id] ?? 0);
  const args = {
    sign: text(chosen.includes(id) ? 'skills.sign.on' : 'skills.sign.off'),
    name: pricedLabel(id, CURRENT_RULES),
    uses: uses[id] ?? 0,
    hint: text(`combat.technique.${id}.hint`),
  };
  if (medal === null) return text('skills.technique', args);
  return text('skills.technique.medal', { ...args, medal: text(`skills.medal.${medal}`) });
}

/** Of a whole loadout those that can be taken off; of a draft also those that lead to a loadout. */
function loadoutKeys(earnings: Earnings, chosen: readonly TechniqueId[]): Key[] {
  const known = knownTechniques(earnings);
  if (known.length <= CHOSEN_TECHNIQUES + 1) return [];
  const off = chosen.map((id) => offKey(id, chosen));
  if (earnings.archetype === null || chosen.length >= CHOSEN_TECHNIQUES) return off;
  const fixed = [...chosen, FIXED_TECHNIQUE] as const;
  const more = choosable(earnings.archetype, { chosen: fixed, known });
  return [...off, ...more.map((id) => onKey(id, { chosen, version: earnings.journey.version }))];
}

function offKey(id: TechniqueId, chosen: readonly TechniqueId[]): Key {
  const left = chosen.filter((one) => one !== id);
  return { label: labelOf('on', id), ...draftOf(left) };
}

/** The one that makes a loadout whole saves it. */
function onKey(
  id: TechniqueId,
  { chosen, version }: { readonly chosen: readonly TechniqueId[]; readonly version: number },
): Key {
  const label = labelOf('off', id);
  const more: readonly TechniqueId[] = [...chosen, id];
  const [first, second, third] = more;
  if (first === undefined || second === undefined || third === undefined)
    return { label, ...draftOf(more) };
  return { label, action: 'techniques.save', value: { first, second, third, version } };
}

function draftOf([first, second]: readonly TechniqueId[]): Draft {
  return { action: 'techniques.draft', value: { first: first ?? null, second: second ?? null } };
}

function labelOf(sign: 'on' | 'off', id: TechniqueId): Text {
  return text(`skills.button.${sign}`, { name: text(`combat.technique.${id}.name`) });
}

function hintOf(keys: readonly Key[], chosen: readonly TechniqueId[]) {
  if (keys.length === 0) return 'skills.techniques.only';
  return chosen.length < CHOSEN_TECHNIQUES ? 'skills.techniques.choose' : 'skills.techniques.off';
}

function learningLine(earnings: Earnings): Text {
  const { open, nextLevel } = learningOf(earnings);
  if (open > 0) return text('skills.learning.open');
  if (nextLevel === null) return text('skills.learning.all');
  return text('skills.learning.next', { level: nextLevel });
}

function otherRows(earnings: Earnings, draft: readonly TechniqueId[] | null): Key[][] {
  if (draft !== null) return [[{ label: text('skills.button.reset'), action: 'techniques' }]];
  if (learningOf(earnings).open === 0) return [];
  return [[{ label: text('skills.button.learning'), action: 'techniques.learning' }]];
}

export function learningScreen(earnings: Earnings): Payload {
  const { open, uses } = learningOf(earnings);
  const { version, gold } = earnings.journey;
  const offered = open > 0 ? unlearned(earnings) : [];
  const keys = offered.map((technique): Key => {
    const label = text('skills.button.learn', { name: text(`combat.technique.${technique}.name`) });
    return { label, action: 'techniques.learn', value: { technique, version } };
  });
  return {
    screen: 'learning',
    title: text('skills.learning.title'),
    body: [
      ...techniqueLines(unlearned(earnings), CURRENT_RULES),
      null,
      learningLine(earnings),
      text('skills.learning.price', { price: LEARN_PRICE, gold }),
      text('skills.learning.uses', { needed: LEARN_USES, uses: Math.min(uses, LEARN_USES) }),
    ],
    buttons: [...rowsOf(keys), [{ label: text('skills.button.techniques'), action: 'techniques' }]],
  };
}

function rowsOf(keys: readonly Key[]): Key[][] {
  return Array.from({ length: Math.ceil(keys.length / KEYS_A_ROW) }, (_, row) =>
    keys.slice(row * KEYS_A_ROW, (row + 1) * KEYS_A_ROW),
  );
}
