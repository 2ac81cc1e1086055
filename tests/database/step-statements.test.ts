import { expect, onTestFinished, test } from 'vitest';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import * as bag from '../../domains/inventory/bag-rules.ts';
import type { Item } from '../../domains/inventory/item.ts';
import { type Earnings, placedGrant } from '../../domains/inventory/journey.ts';
import type { Decision } from '../../domains/inventory/journey-store.ts';
import { reforge } from '../../domains/inventory/reforge.ts';
import { seededDraw } from '../../domains/inventory/seeded-draw.ts';
import { buy } from '../../domains/inventory/shop.ts';
import { FixedClock } from '../support/clock.ts';
import { countedDatabase } from '../support/counted-database.ts';
import { itemOf } from '../support/items.ts';
import { manyCharacters } from '../support/many-characters.ts';

test('no step of bag and shop makes more than five statements', async () => {
  const { journeys, database } = await openJourneys();
  const counts: Record<string, number> = {};
  const count = async (name: string, decide: (earnings: Earnings) => Decision) => {
    database.takeCount();
    expect(await journeys.step(1, decide)).toMatchObject({ kind: 'changed' });
    counts[name] = database.takeCount();
  };
  const [axe, other] = ((await journeys.read(1))?.items ?? []).map(({ id }) => id);
  await count('wear', (earnings) => bag.wear(earnings, axe ?? 0));
  await count('wear instead', (earnings) => bag.wear(earnings, other ?? 0));
  const draw = seededDraw('other affix');
  await count('reforge', (earnings) => reforge(earnings, other ?? 0, draw));
  await count('sell', (earnings) => bag.sell(earnings, axe ?? 0));
  await count('buy', (earnings) => buy(earnings, { day: DAY, offer: 0 }, DAY));
  await count('claim', granting('board:1:20500:3', [itemOf('3 might_head common')]));
  expect(counts).toEqual({ wear: 5, 'wear instead': 5, reforge: 5, sell: 4, buy: 5, claim: 5 });
});

const DAY = '2026-01-01';

function granting(id: string, items: readonly Item[]) {
  const grant = { id, xp: 12, gold: 500, items, uses: {} };
  return ({ items: own }: Earnings): Decision => {
    const placed = { ...placedGrant(grant, own), scrap: 100 };
    return { kind: 'change', change: { grants: [placed] } };
  };
}

async function openJourneys() {
  const database = await countedDatabase();
  onTestFinished(() => database.close());
  const journeys = new SqlJourneys({ db: database.db, clock: new FixedClock() });
  await manyCharacters(database.db, 1);
  const start = ['1 might_weapon fine bear', '2 might_weapon rare ox'].map(itemOf);
  await journeys.step(1, granting('start:1', start));
  return { journeys, database };
}
