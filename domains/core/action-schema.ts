import { z } from 'zod';
import type { ActionShape } from './ui-payload.ts';

/** The actions of one feature: a discriminated union of strict objects with `action`, `mode`, `value`. */
export type ActionSchema = z.ZodType<ActionShape> & {
  readonly options: readonly z.core.$ZodType[];
};

/** One action of the union; `value` is the schema of its value, null if it has none. */
export interface ActionSpec {
  readonly name: string;
  readonly value: unknown;
}

const objectSchema = z.instanceof(z.ZodObject);
const literalSchema = z.instanceof(z.ZodLiteral);
const nameSchema = z.string();

/** Throws if an option is not an object with a literal `action`. */
export function actionSpecsOf(schema: ActionSchema): ActionSpec[] {
  return schema.options.map((option) => {
    const shape = shapeOf(objectSchema.parse(option));
    const { value: name } = literalSchema.parse(shape['action']);
    return { name: nameSchema.parse(name), value: shape['value'] ?? null };
  });
}

export function shapeOf(schema: z.ZodObject): Readonly<Record<string, unknown>> {
  return schema.shape;
}
