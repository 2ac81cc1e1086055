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

/** Throws if an option is not an object with a literal `action`. */
export function actionSpecsOf(schema: ActionSchema): ActionSpec[] {
  return schema.options.map((option) => {
    const shape = shapeOf(z.instanceof(z.ZodObject).parse(option));
    const { value: name } = z.instanceof(z.ZodLiteral).parse(shape['action']);
    return { name: z.string().parse(name), value: shape['value'] ?? null };
  });
}

export function shapeOf(schema: z.ZodObject): Readonly<Record<string, unknown>> {
  return schema.shape;
}
