import { expect, test } from 'vitest';
import { drawPng } from '../../../bot/draw-png.ts';
import { digitsPath } from '../../../domains/exploration/digits-path.ts';
import { listedPlaces } from '../../../domains/exploration/listed-places.ts';
import { mapSvg } from '../../../domains/exploration/map-picture.ts';
import { sendMap } from '../../../domains/exploration/map-sender.ts';
import { placeIds } from '../../../resources/numbers/places.ts';
import { MemoryMemos } from '../../support/memory-memos.ts';

const seen = ['start_village', 'birch_wood'] as const;
const facts = { place: 'birch_wood', seen } as const;

test('the map shows what was seen and what is next to it, each with its number', () => {
  expect(listedPlaces(seen)).toEqual([
    ...['start_village', 'crossroads', 'river_ford', 'birch_wood', 'dark_forest'],
  ]);
  const svg = mapSvg(facts);
  expect(svg.match(/<path /gu)).toHaveLength(5);
  // From the village to three places, and from the wood to two more that the village has no way to.
  expect(svg.match(/<line /gu)).toHaveLength(5);
  expect(svg.match(/stroke-dasharray/gu)).toHaveLength(4);
  expect(svg.match(/stroke="#ffffff"/gu)).toHaveLength(1);
  expect(svg).not.toContain('<text');
});

test('the whole map can be drawn', async () => {
  const png = await drawPng(mapSvg({ place: 'titan_stair', seen: placeIds }));
  expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG');
});

test('a number is drawn around its point', () => {
  expect(digitsPath(1, 100, 100)).toBe('M105.5 89L105.5 100M105.5 100L105.5 111');
  expect(digitsPath(10, 0, 0).match(/M/gu)).toHaveLength(2 + 6);
});

test('a map that has not changed is sent again by the id of its file', async () => {
  const sent: (Uint8Array | string)[] = [];
  let drawn = 0;
  const deps = {
    drawPng: () => {
      drawn += 1;
      return Promise.resolve(new Uint8Array([drawn]));
    },
    messenger: {
      sendPhoto: (_userId: number, { picture }: { picture: Uint8Array | string }) => {
        sent.push(picture);
        return Promise.resolve('file-7');
      },
    },
    memos: new MemoryMemos(),
  };
  const to = { userId: 1, charId: 2 };
  for (const place of ['birch_wood', 'birch_wood', 'start_village'] as const)
    expect(await sendMap(deps, to, { place, seen })).toBe(true);
  expect(sent).toEqual([new Uint8Array([1]), 'file-7', new Uint8Array([2])]);
});

test('a map that could not be sent is drawn again the next time', async () => {
  const memos = new MemoryMemos();
  const deps = {
    drawPng: () => Promise.resolve(new Uint8Array([1])),
    messenger: { sendPhoto: () => Promise.resolve(null) },
    memos,
  };
  expect(await sendMap(deps, { userId: 1, charId: 2 }, facts)).toBe(false);
  expect(await memos.read('map', '2')).toBeNull();
});

test('a map whose file Telegram refuses is drawn and sent again the next time', async () => {
  const sent: (Uint8Array | string)[] = [];
  const deps = {
    drawPng: () => Promise.resolve(new Uint8Array([1])),
    messenger: {
      sendPhoto: (_userId: number, { picture }: { picture: Uint8Array | string }) => {
        sent.push(picture);
        return Promise.resolve(typeof picture === 'string' ? null : 'file-7');
      },
    },
    memos: new MemoryMemos(),
  };
  const tap = () => sendMap(deps, { userId: 1, charId: 2 }, facts);
  expect([await tap(), await tap(), await tap()]).toEqual([true, false, true]);
  expect(sent).toEqual([new Uint8Array([1]), 'file-7', new Uint8Array([1])]);
});
