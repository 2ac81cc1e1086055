import { z } from 'zod';
import {
  type ActionSpec,
  type ActionSchema,
  actionSpecsOf,
  shapeOf,
} from '../domains/core/action-schema.ts';
import type { ActionShape } from '../domains/core/ui-payload.ts';

const MAX_BYTES = 64;
const SEPARATOR = '|';

type Reader = (part: string) => unknown;

/** An action's value is packed as its fields, in the order of the schema, or as a scalar. */
type Layout =
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, Reader> }
  | { readonly kind: 'scalar'; readonly read: Reader }
  | { readonly kind: 'none' };

interface Packing {
  readonly schema: ActionSchema;
  readonly layout: Layout;
}

/** Converts actions of features to callback data and back, by their schemas. */
export class CallbackCodec {
  readonly #packings: ReadonlyMap<string, Packing>;

  constructor(schemas: readonly ActionSchema[]) {
    const entries = schemas.flatMap((schema) =>
      actionSpecsOf(schema).map((form) => [form.name, { schema, layout: layoutOf(form) }] as const),
    );
    this.#packings = new Map(entries);
  }

  /**
   * Callback data like `battle.strike||k3j9…|4|head`. Throws for an unknown action and for more
   * than 64 bytes.
   */
  pack({ action, mode, value }: ActionShape): string {
    const packing = this.#packings.get(action);
    if (packing === undefined) throw new RangeError(`unknown action ${action}`);
    packing.schema.parse(withoutUndefined({ action, mode, value }));
    const data = [action, mode ?? '', ...partsOf(packing.layout, value)].join(SEPARATOR);
    if (Buffer.byteLength(data) > MAX_BYTES) {
      throw new RangeError(`callback data of ${action} exceeds ${MAX_BYTES} bytes`);
    }
    return data;
  }

  /** Null for data that no button of ours carries. */
  unpack(data: string): ActionShape | null {
    const [action = '', mode = '', ...parts] = data.split(SEPARATOR);
    const packing = this.#packings.get(action);
    if (packing === undefined) return null;
    const parsed = packing.schema.safeParse(
      withoutUndefined({
        action,
        mode: mode === '' ? undefined : mode,
        value: parts.length === 0 ? undefined : valueFrom(packing.layout, parts),
      }),
    );
    return parsed.success ? parsed.data : null;
  }
}

function layoutOf({ value }: ActionSpec): Layout {
  if (value === null) return { kind: 'none' };
  if (!(value instanceof z.ZodObject)) return { kind: 'scalar', read: readerOf(value) };
  const fields = Object.entries(shapeOf(value));
  return { kind: 'fields', fields: new Map(fields.map(([name, one]) => [name, readerOf(one)])) };
}

/** Throws for lists, objects and booleans, which callback data does not support. */
function readerOf(schema: unknown): Reader {
  if (schema instanceof z.ZodNullable) {
    const read = readerOf(schema.unwrap());
    return (part) => (part === '' ? null : read(part));
  }
  if (schema instanceof z.ZodNumber) return numberFrom;
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return (part) => part;
  throw new TypeError('callback data supports numbers, strings, enums and null');
}

/** Only canonical integers, so that one number has one text. */
function numberFrom(part: string): unknown {
  return /^-?[1-9]\d{0,14}$|^0$/.test(part) ? Number(part) : part;
}

const partSchema = z.union([z.string(), z.number(), z.null()]);
const fieldsSchema = z.record(z.string(), z.unknown());

function partsOf(layout: Layout, value: unknown): string[] {
  if (layout.kind === 'none') return [];
  if (layout.kind === 'scalar') return [partOf(value)];
  const values = new Map(Object.entries(fieldsSchema.parse(value)));
  return [...layout.fields.keys()].map((field) => partOf(values.get(field)));
}

function partOf(value: unknown): string {
  return String(partSchema.parse(value) ?? '');
}

/** Unvalidated; with a wrong number of parts, the bare list, which every schema rejects. */
function valueFrom(layout: Layout, parts: readonly string[]): unknown {
  if (layout.kind === 'fields' && parts.length === layout.fields.size) {
    const read = [...layout.fields].map(([name, reader], index) => [
      name,
      reader(parts[index] ?? ''),
    ]);
    return Object.fromEntries(read);
  }
  const [part = ''] = parts;
  return layout.kind === 'scalar' && parts.length === 1 ? layout.read(part) : parts;
}

/** The schemas are strict: fields that are undefined must be absent. */
function withoutUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
