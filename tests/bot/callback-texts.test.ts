import { onTestFinished, test, expect } from 'vitest';
import { z } from 'zod';
import { CallbackCodec } from '../../bot/callback-data.ts';
import { actionSpecsOf } from '../../domains/core/action-schema.ts';
import { modeSchema } from '../../domains/core/mode.ts';
import { openMultiBotArena } from '../support/multi-bot-arena.ts';
import texts from './fixtures/callback-texts.json' with { type: 'json' };

const actionSchema = z
  .object({ action: z.string(), mode: modeSchema.exactOptional(), value: z.unknown().optional() })
  .transform(({ value, ...rest }) => (value === undefined ? rest : { ...rest, value }));
/** The data as release 0.1.0 packed it. */
const shipped = z.array(z.object({ text: z.string(), action: actionSchema })).parse(texts);

async function openFeatures() {
  const crowd = await openMultiBotArena({ bots: 1, characters: 0 });
  onTestFinished(() => crowd.close());
  const { schemas } = crowd.first.features;
  return { schemas, codec: new CallbackCodec(schemas) };
}

test('actions of shipped buttons pack to their pinned data', async () => {
  const { codec } = await openFeatures();
  const packed = shipped.map(({ action }) => codec.pack(action));
  expect(packed).toEqual(shipped.map(({ text }) => text));
});

test('pinned data of shipped buttons unpacks to their actions', async () => {
  const { codec } = await openFeatures();
  const unpacked = shipped.map(({ text }) => codec.unpack(text));
  expect(unpacked).toEqual(shipped.map(({ action }) => action));
});

test('every action of every feature has pinned data', async () => {
  const { schemas } = await openFeatures();
  const pinned = new Set(shipped.map(({ action }) => action.action));
  const names = schemas.flatMap((schema) => actionSpecsOf(schema).map(({ name }) => name));
  expect(names.filter((name) => !pinned.has(name))).toEqual([]);
  expect(pinned.size).toBe(names.length);
});
