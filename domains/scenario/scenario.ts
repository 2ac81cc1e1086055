import { z } from 'zod';
import { monsterIds } from '../../resources/numbers/monsters.ts';
import { type PlaceId, placeIds } from '../../resources/numbers/places.ts';
import { type StoryLootId, storyLootIds } from '../../resources/numbers/story-loot.ts';
import { type TextKey, texts } from '../../resources/texts/index.ts';
import { flagSchema } from '../inventory/story-session.ts';
import { attributeNameSchema, conditionSchema, worldSkillSchema } from './condition.ts';

export const MOST_CHOICES = 4;
export const MOST_NODES = 60;

const textKeySchema = z.custom<TextKey>(
  (key) => typeof key === 'string' && Object.hasOwn(texts.en, key),
  { error: ({ input }) => `there is no text ${String(input)}` },
);
const nodeIdSchema = z.string();
const positive = z.int().positive();
/** Points by attribute: how much a choice says about the character. */
const weightSchema = z.partialRecord(attributeNameSchema, positive);

/** What a node does when it is entered for the first time. */
export const effectSchema = z.union([
  z.strictObject({ weight: weightSchema }),
  z.strictObject({ flag: flagSchema, set: z.int().min(0) }),
  z.strictObject({ flag: flagSchema, add: positive }),
  z.strictObject({ gold: positive }),
  z.strictObject({ xp: positive }),
  z.strictObject({ give: z.enum(storyLootIds) }),
  /** Percent of the full health; below zero: damage. */
  z.strictObject({ health: z.int().min(-90).max(100) }),
  z.strictObject({ goTo: z.enum(placeIds) }),
  /** Attribute points: a half, a third and a sixth go to the heaviest weights. Only where it ends. */
  z.strictObject({ distribute: positive.multipleOf(6) }),
  /** So many uses of a skill. */
  z.strictObject({ learn: worldSkillSchema, uses: positive }),
]);
export type Effect = Readonly<z.infer<typeof effectSchema>>;

/** `d20 + attribute + 2 skill` must reach `against`. */
export const checkSchema = z.strictObject({
  attribute: attributeNameSchema,
  skill: worldSkillSchema.optional(),
  against: z.int().min(2).max(60),
});
export type Check = Readonly<z.infer<typeof checkSchema>>;

const choiceShape = {
  label: textKeySchema,
  if: conditionSchema.optional(),
  weight: weightSchema.optional(),
  /** Open during the first so many visits of its node. */
  limit: positive.optional(),
};
const choiceSchema = z.union([
  z.strictObject({ ...choiceShape, to: nodeIdSchema }),
  z.strictObject({
    ...choiceShape,
    battle: z.enum(monsterIds),
    won: nodeIdSchema,
    /** Also after a draw. */
    lost: nodeIdSchema,
  }),
  z.strictObject({ ...choiceShape, check: checkSchema, pass: nodeIdSchema, fail: nodeIdSchema }),
]);
export type Choice = Readonly<z.infer<typeof choiceSchema>>;

const poolSchema = z.strictObject({
  label: textKeySchema,
  /** One of the nodes with this tag that were not visited yet; with none, the fallback. */
  tag: z.string(),
  fallback: nodeIdSchema,
  /** By turns from run to run instead of by chance: the next run meets another one. */
  byTurns: z.literal(true).optional(),
});
export type Pool = Readonly<z.infer<typeof poolSchema>>;

const nodeShape = {
  text: textKeySchema,
  /** For pools. */
  tag: z.string().optional(),
  effects: z.array(effectSchema).readonly().optional(),
};
const nodeSchema = z.union([
  z.strictObject({
    ...nodeShape,
    choices: z.array(choiceSchema).min(1).max(MOST_CHOICES).readonly(),
  }),
  z.strictObject({ ...nodeShape, pool: poolSchema }),
  z.strictObject({ ...nodeShape, ends: z.literal(true) }),
]);
export type StoryNode = Readonly<z.infer<typeof nodeSchema>>;

export const scenarioSchema = z.strictObject({
  key: z.string().regex(/^[a-z_]{1,16}$/, 'a key is a word of a-z and _, of 16 letters at most'),
  title: textKeySchema,
  /** Where it begins. */
  place: z.enum(placeIds),
  start: nodeIdSchema,
  repeat: z.enum(['never', 'weekly']),
  /** How long it takes, for the screen that offers it. */
  minutes: positive,
  needs: z.strictObject({ level: positive.optional() }),
  /** The node that ends it for those who skip it; absent: it cannot be skipped. */
  skip: nodeIdSchema.optional(),
  nodes: z.record(nodeIdSchema, nodeSchema),
});
export type Scenario = Readonly<z.infer<typeof scenarioSchema>>;

export function nodeOf({ key, nodes }: Scenario, id: string): StoryNode {
  const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  if (node === undefined) throw new RangeError(`scenario ${key} has no node ${id}`);
  return node;
}

/** Nodes of a tag, in the order of the file. */
export function taggedNodes({ nodes }: Scenario, tag: string): string[] {
  return Object.keys(nodes).filter((id) => nodes[id]?.tag === tag);
}

/** The nodes that a choice may lead to; the last is where failure leads. */
export function targetsOf(choice: Choice): string[] {
  if ('to' in choice) return [choice.to];
  return 'battle' in choice ? [choice.won, choice.lost] : [choice.pass, choice.fail];
}

export type { PlaceId, StoryLootId };
