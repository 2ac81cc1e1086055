import type { Gender, Stats } from '../account/account-context.ts';
import { type Text, type TextArg, genderArg, text } from '../core/text.ts';
import { effectIds } from '../../resources/numbers/techniques.ts';
import type { Battle, EffectId, Side } from './battle.ts';
import { isErased } from './battle-archive.ts';
import { otherSide } from './battle-session.ts';
import type { Monster } from './monster.ts';
import { kindOfSide } from './side-kind.ts';

/** Fields that running and archived battles have in common. */
interface ShownSide {
  /** null: the Shadow, which only its owner meets, or a monster. */
  readonly charId: number | null;
  readonly monster: Monster | null;
  readonly name: string;
  /** null: not known, as in battles of earlier releases. */
  readonly gender: Gender | null;
}
export type ShownSides = readonly [ShownSide, ShownSide];

interface ShownBattle {
  readonly sides: ShownSides;
  readonly battle: Pick<Battle, 'fighters'>;
}

/** Who reads, and how each side is called. */
export interface Reader {
  readonly side: Side;
  readonly names: readonly [TextArg, TextArg];
}

/** So that a fighter's line does not wrap on a phone: an effect is a word only beside a short name. */
const SHORT_NAME = 10;
/** Beside more effects than this, the archetype is a sign. */
const EFFECTS_BESIDE_ARCHETYPE = 2;

export function readerOf(sides: ShownSides, side: Side): Reader {
  return { side, names: [nameOf(sides[0]), nameOf(sides[1])] };
}

export function nameOf({ charId, monster, name }: ShownSide): TextArg {
  if (monster !== null) return text(`monster.${monster}.name`);
  if (charId === null) return text('battle.shadow');
  return isErased({ charId }) ? text('battle.deleted_player') : name;
}

/** The mark of a side: own or other. */
export function dotOf(side: Side, reader: Pick<Reader, 'side'>): Text {
  return text(side === reader.side ? 'battle.dot.own' : 'battle.dot.other');
}

export function markedName(side: Side, reader: Reader): Text {
  return text('battle.marked', { dot: dotOf(side, reader), name: reader.names[side] });
}

/** Two lines for each fighter, the own one first. */
export function fighterLines(shown: ShownBattle, side: Side): Text[] {
  return [...oneFighter(shown, side, side), ...oneFighter(shown, otherSide(side), side)];
}

export function vitalLines({ hp, mp, stamina }: Stats): Text[] {
  const rest = { mp: mp.cur, mpMax: mp.max, stamina: stamina.cur, staminaMax: stamina.max };
  return [text('battle.vitals.hp', { hp }), text('battle.vitals.rest', rest)];
}

/** Texts joined by `key`, which has `first` and `rest`; null: there are none. */
export function joined(key: 'combat.list' | 'combat.signs', all: readonly Text[]): Text | null {
  return all.reduceRight<Text | null>(
    (rest, first) => (rest === null ? first : text(key, { first, rest })),
    null,
  );
}

/** Who sets points aside for a fair duel; nothing if both set the same aside. */
export function levelledLine(
  sides: readonly [{ readonly pointsRemoved: number }, { readonly pointsRemoved: number }],
  reader: Side,
): Text[] {
  const other = otherSide(reader);
  const facts = {
    own: sides[reader].pointsRemoved,
    other: sides[other].pointsRemoved,
    dot: dotOf(other, { side: reader }),
  };
  if (facts.own === facts.other) return [];
  if (facts.other === 0) return [text('battle.levelled.own', facts)];
  return [text(facts.own === 0 ? 'battle.levelled.other' : 'battle.levelled.both', facts)];
}

/** In words up to so many effects, else as signs; null: there are none. */
export function effectsText(effects: readonly EffectId[], inWords: number): Text | null {
  return effects.length > inWords
    ? joined(
        'combat.signs',
        effects.map((id) => text(`combat.sign.${id}`)),
      )
    : joined(
        'combat.list',
        effects.map((id) => text(`combat.effect.${id}`)),
      );
}

function oneFighter({ sides, battle }: ShownBattle, side: Side, reader: Side): Text[] {
  const { stats, effects } = battle.fighters[side];
  const active = effectIds.filter((id) => effects[id] > 0);
  const who = { dot: dotOf(side, { side: reader }), name: nameOf(sides[side]) };
  const shown = effectsText(active, sides[side].name.length > SHORT_NAME ? 0 : 1);
  const { hp, mp, stamina } = stats;
  const vitals = text('battle.vitals', { hp, stamina: stamina.cur, mp: mp.cur });
  if (kindOfSide(sides[side]) === 'monster')
    return [
      shown === null
        ? text('battle.fighter.monster', who)
        : text('battle.fighter.monster.affected', { ...who, effects: shown }),
      vitals,
    ];
  const fighter = { ...who, archetype: archetypeOf({ sides, battle }, side, active.length) };
  return [
    shown === null
      ? text('battle.fighter', fighter)
      : text('battle.fighter.affected', { ...fighter, effects: shown }),
    vitals,
  ];
}

function archetypeOf({ sides, battle }: ShownBattle, side: Side, effectCount: number): Text {
  const { archetype } = battle.fighters[side];
  return effectCount > EFFECTS_BESIDE_ARCHETYPE
    ? text(`combat.archetype_sign.${archetype}`)
    : text(`combat.archetype.${archetype}`, { gender: genderArg(sides[side].gender) });
}
