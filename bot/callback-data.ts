import { z } from 'zod';
import { accountActionSchema } from '../domains/account/account-action.ts';
import { arenaActionSchema } from '../domains/arena/arena-action.ts';
import { combatActionSchema } from '../domains/combat/combat-action.ts';
import { historyActionSchema } from '../domains/combat/history-action.ts';

/** Everything that a button of this bot can ask for. */
export const actionSchema = z.union([
  accountActionSchema,
  arenaActionSchema,
  combatActionSchema,
  historyActionSchema,
]);
export type Action = z.infer<typeof actionSchema>;

/** Telegram's limit for callback data. */
const MAX_BYTES = 64;
const SEPARATOR = '|';

/** Values that are objects travel as their fields in this order. */
const fieldsOf: Readonly<Partial<Record<Action['action'], readonly string[]>>> = {
  'battle.strike': ['battleId', 'turn', 'zone'],
  'battle.guard': ['battleId', 'turn', 'guard'],
  'battle.technique': ['battleId', 'turn', 'technique'],
  'battle.look': ['battleId'],
  'battle.surrender': ['battleId'],
  'battle.surrender_confirmed': ['battleId'],
  'history.newer': ['endedAtMs', 'battleId'],
  'history.older': ['endedAtMs', 'battleId'],
  'history.page': ['endedAtMs', 'battleId', 'place'],
  'history.replay': ['battleId', 'step', 'place'],
};

const numeric = new Set(['turn', 'endedAtMs', 'place', 'step']);

/** An action as callback data: `battle.strike||k3j9…|4|head`. Throws if it does not fit 64 bytes. */
export function packAction(action: Action): string {
  const mode = 'mode' in action ? action.mode : '';
  const parts = 'value' in action ? partsOf(action) : [];
  const data = [action.action, mode, ...parts].join(SEPARATOR);
  if (Buffer.byteLength(data) > MAX_BYTES) {
    throw new RangeError(`Callback data of ${action.action} has more than ${MAX_BYTES} bytes`);
  }
  return data;
}

/** The action behind callback data; null for anything that no button of ours carries. */
export function unpackAction(data: string): Action | null {
  const [name = '', mode = '', ...parts] = data.split(SEPARATOR);
  const parsed = actionSchema.safeParse({
    action: name,
    ...(mode === '' ? {} : { mode }),
    ...(parts.length === 0 ? {} : { value: valueFrom(name, parts) }),
  });
  return parsed.success ? parsed.data : null;
}

const partSchema = z.union([z.string(), z.number()]);

function partsOf(action: Extract<Action, { value: unknown }>): string[] {
  const fields = fieldsOf[action.action];
  if (fields === undefined) return [String(partSchema.parse(action.value))];
  const values = new Map<string, unknown>(Object.entries(action.value));
  return fields.map((field) => String(partSchema.nullable().parse(values.get(field)) ?? ''));
}

function valueFrom(name: string, parts: readonly string[]): unknown {
  const fields = Object.hasOwn(fieldsOf, name) ? fieldsOf[name as Action['action']] : undefined;
  if (fields === undefined) return parts.length === 1 ? scalar(parts[0] ?? '') : null;
  if (fields.length !== parts.length) return null;
  return Object.fromEntries(
    fields.map((field, index) => [field, fieldValue(field, parts[index] ?? '')]),
  );
}

function fieldValue(field: string, part: string): unknown {
  if (part === '') return null;
  return numeric.has(field) ? scalar(part) : part;
}

/** Canonical integers are numbers (ids); everything else stays a word. */
function scalar(part: string): string | number {
  return /^-?[1-9]\d{0,14}$|^0$/.test(part) ? Number(part) : part;
}
