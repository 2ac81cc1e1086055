import { expect, test } from 'vitest';
import { z } from 'zod';
import { actionSchema, packAction, unpackAction } from '../../bot/callback-data.ts';
import texts from './fixtures/callback-texts.json' with { type: 'json' };

const shipped = z.array(z.object({ text: z.string(), action: actionSchema })).parse(texts);

test('an action of a shipped button packs to the text that it has always had', () => {
  const packed = shipped.map(({ action }) => packAction(action));
  expect(packed).toEqual(shipped.map(({ text }) => text));
});

test('a text of a shipped button unpacks to the action that it has always meant', () => {
  const unpacked = shipped.map(({ text }) => unpackAction(text));
  expect(unpacked).toEqual(shipped.map(({ action }) => action));
});
