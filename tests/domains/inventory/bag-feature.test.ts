import { beforeEach, describe, expect, test } from 'vitest';
import { characterSheet } from '../../../domains/account/character-sheet.ts';
import { contextOf } from '../../../domains/account/account-session-service.ts';
import type { AccountPlayer } from '../../../domains/account/account-player.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { refused, shown } from '../../../domains/core/reply.ts';
import { type Text, text } from '../../../domains/core/text.ts';
import type { UiPayload } from '../../../domains/core/ui-payload.ts';
import { type BagAction, bagActionSchema } from '../../../domains/inventory/bag-action.ts';
import { bagFeature } from '../../../domains/inventory/bag-feature.ts';
import type { Inventory } from '../../../domains/inventory/inventory-store.ts';
import type { ItemKind } from '../../../domains/inventory/item.ts';
import { type Earnings, placedGrant } from '../../../domains/inventory/journey.ts';
import { JourneyService } from '../../../domains/inventory/journey-service.ts';
import { offersOf } from '../../../domains/inventory/shop.ts';
import { characterRow } from '../../support/character-row.ts';
import { FixedClock } from '../../support/clock.ts';
import { itemOf } from '../../support/items.ts';
import { MemoryAccountStore } from '../../support/memory-account-store.ts';
import { MemoryJourneys } from '../../support/memory-journeys.ts';
import { silentLog } from '../../support/silent-log.ts';

const KATE = 42;
const NOW = Date.UTC(2026, 0, 1, 22);
const row = characterRow({ character_id: KATE, user_id: 7, name: 'Kate', archetype: 'warrior' });
const home: UiPayload = { screen: 'home', title: text('bag.none'), body: [], buttons: [] };
/** Ids are given from 1 on. */
const AXE = 1;
const PLATE = 3;
const kinds: readonly ItemKind[] = [
  '1 might_weapon fine ox',
  '2 might_weapon common',
  '3 bulwark_body rare bear',
  '4 lore_head common',
].map(itemOf);

async function openBag() {
  const clock = new FixedClock(NOW);
  const accounts = new MemoryAccountStore(clock);
  await accounts.createAccount(KATE, contextOf(row));
  const journeys = new MemoryJourneys(() => Promise.resolve(row));
  const give = async (items: readonly ItemKind[], gold = 0, id = 'start:42') => {
    const grant = { id, xp: 0, gold, items, uses: {} };
    await journeys.step(KATE, ({ items: own }) => ({
      kind: 'change',
      change: { grants: [placedGrant(grant, own)] },
    }));
  };
  await give(kinds, 100);
  const state = { isBusy: false, isAway: false, ids: 0, queries: 0 };
  const whenThere = <T>(call: () => Promise<T>): Promise<T> => {
    state.queries += 1;
    return state.isAway ? Promise.reject(new OutageError('down')) : call();
  };
  const journey = new JourneyService({
    journeys: {
      read: (charId) => whenThere(() => journeys.read(charId)),
      step: (charId, decide) => whenThere(() => journeys.step(charId, decide)),
      findGrant: (id) => journeys.findGrant(id),
      grantsBetween: (charId, span) => journeys.grantsBetween(charId, span),
    },
    accounts,
    lobby: { invalidateCharactersList: () => Promise.resolve() },
    isBusy: () => Promise.resolve(state.isBusy),
    clock,
    log: silentLog,
  });
  const bags = new Map<string, Inventory>();
  const feature = bagFeature({
    journey,
    accounts,
    clock,
    inventories: {
      getInventory: (id) => Promise.resolve(bags.get(id) ?? null),
      setInventory: (id, bag) => Promise.resolve(void bags.set(id, structuredClone(bag))),
      deleteInventory: (id) => Promise.resolve(void bags.delete(id)),
    },
    entropy: { seed: () => 'seed', id: () => `bag${String((state.ids += 1))}` },
  });
  const player: AccountPlayer = {
    userId: 7,
    played: async () => {
      const account = await accounts.getFullAccount(KATE);
      return account === null ? null : { charId: KATE, account };
    },
    currentScreen: () => Promise.resolve(home),
    home: (notice: Text | null = null) =>
      Promise.resolve(notice === null ? shown(home) : refused(notice, home)),
  };
  const tap = async (action: BagAction) => {
    const reply = await feature.act(player, action);
    const notice = reply.kind === 'refused' ? reply.notice.key : null;
    const { screen, body } = reply.payload;
    const done = body[0]?.key.startsWith('bag.done.') === true ? body[0].key : null;
    return { screen, notice, done, payload: reply.payload };
  };
  const earned = async (): Promise<Earnings> => {
    const earnings = await journeys.read(KATE);
    if (earnings === null) throw new Error('no earnings');
    return earnings;
  };
  const session = async () => (await accounts.getSessions(KATE))?.inventory_id;
  const account = async () => {
    const found = await accounts.getFullAccount(KATE);
    if (found === null) throw new Error('no account');
    return found;
  };
  return { clock, state, bags, tap, earned, session, account, give };
}

/** What a tap on the last button of the screen with this action sends. */
function actionOn(payload: UiPayload, action: BagAction['action']): BagAction | undefined {
  const button = payload.buttons.flat().findLast((one) => one.action === action);
  if (button === undefined) return undefined;
  const { value } = button;
  return bagActionSchema.parse({ action, ...(value === undefined ? {} : { value }) });
}

let open: Awaited<ReturnType<typeof openBag>>;
beforeEach(async () => {
  open = await openBag();
});

const itemValue = async (id: number) => ({ id, version: (await open.earned()).journey.version });

describe('the inventory session', () => {
  test('is made when the bag is opened, kept by looks, and deleted when the bag is closed', async () => {
    expect(await open.session()).toBeNull();
    expect(await open.tap({ action: 'bag' })).toMatchObject({ screen: 'bag', notice: null });
    expect(await open.session()).toBe('bag1');
    expect(open.bags.get('bag1')).toMatchObject({ charId: KATE, version: 1, gold: 100 });
    await open.tap({ action: 'bag.page', value: { filter: 'chest', page: 0 } });
    await open.tap({ action: 'bag' });
    expect(open.bags.size).toBe(1);
    expect(await open.tap({ action: 'bag.close' })).toMatchObject({ screen: 'home', notice: null });
    expect(open.bags.size).toBe(0);
    expect(await open.session()).toBeNull();
  });

  test('spares looks at an open bag the database; a lost one costs one query', async () => {
    await open.tap({ action: 'bag' });
    open.state.queries = 0;
    for (let n = 0; n < 3; n += 1) await open.tap({ action: 'bag.item', value: AXE });
    await open.tap({ action: 'bag.page', value: { filter: 'bag', page: 0 } });
    expect(open.state.queries).toBe(0);
    open.bags.clear();
    expect(await open.tap({ action: 'bag.item', value: AXE })).toMatchObject({ screen: 'item' });
    expect(open.state.queries).toBe(1);
    expect(open.bags.get('bag1')?.items).toHaveLength(4);
  });

  test('that is older than the session of the character is read again', async () => {
    await open.tap({ action: 'bag' });
    const old = open.bags.get('bag1');
    if (old === undefined) throw new Error('no bag');
    await open.tap({ action: 'bag.wear', value: await itemValue(AXE) });
    open.bags.set('bag1', old);
    open.state.queries = 0;
    await open.tap({ action: 'bag.item', value: AXE });
    expect(open.state.queries).toBe(1);
    expect(open.bags.get('bag1')?.version).toBe(2);
  });

  test('remembers the page, to which a change comes back', async () => {
    await open.tap({ action: 'bag' });
    await open.tap({ action: 'bag.to_chest', value: await itemValue(AXE) });
    await open.tap({ action: 'bag.page', value: { filter: 'chest', page: 0 } });
    const moved = await open.tap({ action: 'bag.to_bag', value: await itemValue(AXE) });
    expect(moved).toMatchObject({ screen: 'chest', done: 'bag.done.to_bag' });
  });
});

describe('a change', () => {
  test('wears an item, raises the GearScore of the live session, and tells', async () => {
    const before = characterSheet(await open.account()).gs;
    await open.tap({ action: 'bag' });
    const card = await open.tap({ action: 'bag.item', value: AXE });
    const wear = actionOn(card.payload, 'bag.wear');
    expect(wear).toMatchObject({ value: { id: AXE, version: 1 } });
    const worn = await open.tap(wear ?? { action: 'bag' });
    expect(worn).toMatchObject({ screen: 'bag', notice: null, done: 'bag.done.wear' });
    expect(characterSheet(await open.account()).gs).toBe(before + 3);
    expect((await open.earned()).items[0]).toMatchObject({ place: 'worn', slot: 'weapon' });
  });

  test('by a button of an older screen is refused, and the screen as it is now is shown', async () => {
    await open.tap({ action: 'bag' });
    const value = await itemValue(AXE);
    await open.tap({ action: 'bag.sell', value });
    expect(await open.tap({ action: 'bag.sell', value })).toMatchObject({
      screen: 'bag',
      notice: 'bag.notice.stale',
    });
    const sellOther = await open.tap({ action: 'bag.sell', value: { ...value, id: 2 } });
    expect(sellOther.notice).toBe('bag.notice.stale');
    expect((await open.earned()).journey).toMatchObject({ version: 2, gold: 110 });
  });

  test.each([
    ['bag.wear', 'bag.notice.frozen'],
    ['bag.sell', 'bag.notice.frozen'],
    ['bag.to_chest', 'bag.notice.frozen'],
  ] as const)('%s is refused while the character searches or fights', async (action, notice) => {
    open.state.isBusy = true;
    expect(await open.tap({ action, value: await itemValue(AXE) })).toMatchObject({
      screen: 'home',
      notice,
    });
    expect((await open.earned()).journey.version).toBe(1);
  });

  test.each([
    ['bag', undefined],
    ['shop', undefined],
    ['bag.wear', { id: AXE, version: 1 }],
  ] as const)('%s tells that the database is away', async (action, value) => {
    open.state.isAway = true;
    const tapped = { action, ...(value === undefined ? {} : { value }) } as BagAction;
    expect(await open.tap(tapped)).toMatchObject({ screen: 'home', notice: 'account.notice.away' });
    expect(open.bags.size).toBe(0);
  });

  test('of a rare item is asked for once, of a common one it is not', async () => {
    await open.tap({ action: 'bag' });
    const common = await open.tap({ action: 'bag.item', value: 2 });
    expect(actionOn(common.payload, 'bag.sell')).toBeDefined();
    const rare = await open.tap({ action: 'bag.item', value: PLATE });
    expect(actionOn(rare.payload, 'bag.sell')).toBeUndefined();
    expect(actionOn(rare.payload, 'bag.salvage')).toBeUndefined();
    const asked = await open.tap(actionOn(rare.payload, 'bag.ask_salvage') ?? { action: 'bag' });
    expect(asked.screen).toBe('give_up');
    const sure = await open.tap(actionOn(asked.payload, 'bag.salvage') ?? { action: 'bag' });
    expect(sure.done).toBe('bag.done.salvage');
    expect((await open.earned()).journey.scrap).toBe(5);
  });

  test('locks an item, which then has no button to give it up', async () => {
    await open.tap({ action: 'bag' });
    const locked = await open.tap({ action: 'bag.lock', value: await itemValue(AXE) });
    expect(locked).toMatchObject({ screen: 'item', done: 'bag.done.lock' });
    for (const action of ['bag.sell', 'bag.salvage', 'bag.reforge'] as const) {
      expect(actionOn(locked.payload, action)).toBeUndefined();
      const forced = await open.tap({ action, value: await itemValue(AXE) });
      expect(forced.notice).toBe('bag.notice.locked');
    }
  });

  test('wears the best after it was shown, and salvages what is common after it was listed', async () => {
    await open.tap({ action: 'bag' });
    const best = await open.tap({ action: 'bag.best' });
    expect(best.payload.body.filter((line) => line?.key === 'bag.best.line')).toHaveLength(3);
    await open.tap(actionOn(best.payload, 'bag.best_confirmed') ?? { action: 'bag' });
    const worn = (await open.earned()).items.filter(({ place }) => place === 'worn');
    expect(worn.map(({ id }) => id)).toEqual([1, 3, 4]);
    expect((await open.tap({ action: 'bag.best' })).notice).toBe('bag.notice.best_worn');
    const plain = await open.tap({ action: 'bag.plain' });
    const done = await open.tap(
      actionOn(plain.payload, 'bag.plain_confirmed') ?? { action: 'bag' },
    );
    expect(done).toMatchObject({ screen: 'bag', done: 'bag.done.plain' });
    expect((await open.earned()).items.map(({ id }) => id)).toEqual([1, 3, 4]);
    expect((await open.tap({ action: 'bag.plain' })).notice).toBe('bag.notice.no_plain');
  });

  test('reforges an affix for 20 gold and 8 scrap', async () => {
    const before = (await open.earned()).items.find(({ id }) => id === AXE);
    expect((await open.tap({ action: 'bag.reforge', value: await itemValue(AXE) })).notice).toBe(
      'bag.notice.poor',
    );
    await open.tap({ action: 'bag.salvage', value: await itemValue(PLATE) });
    await open.give([itemOf('9 might_head rare ox')], 0, 'start:more');
    const { items } = await open.earned();
    await open.tap({ action: 'bag.salvage', value: await itemValue(items.at(-1)?.id ?? 0) });
    const reforged = await open.tap({ action: 'bag.reforge', value: await itemValue(AXE) });
    expect(reforged).toMatchObject({ screen: 'item', done: 'bag.done.reforge' });
    const after = await open.earned();
    expect(after.journey).toMatchObject({ gold: 80, scrap: 2 });
    expect(after.items[0]?.affixes).not.toEqual(before?.affixes);
  });
});

describe('the shop', () => {
  const buttons = (payload: UiPayload) =>
    payload.buttons.flat().filter(({ action }) => action === 'shop.buy');

  test('has six offers, says when the next day begins, and sells each once', async () => {
    const shop = await open.tap({ action: 'shop' });
    expect(buttons(shop.payload)).toHaveLength(6);
    expect(shop.payload.body.at(-1)).toMatchObject({
      args: { at: { atMs: Date.UTC(2026, 0, 2) } },
    });
    const buy = { action: 'shop.buy', value: { day: '2026-01-01', offer: 2, version: 1 } } as const;
    const bought = await open.tap(buy);
    expect(bought).toMatchObject({ screen: 'shop', notice: null, done: 'bag.done.bought' });
    expect(buttons(bought.payload)).toHaveLength(5);
    const [offer] = offersOf(await open.earned(), '2026-01-01').slice(2);
    const { journey, items } = await open.earned();
    expect(journey.gold).toBe(100 - (offer?.price ?? 0));
    expect(items.at(-1)).toMatchObject({ ...offer?.item, place: 'bag' });
    const again = await open.tap({ ...buy, value: { ...buy.value, version: 2 } });
    expect(again.notice).toBe('bag.notice.sold_out');
  });

  test('sells nothing of yesterday, nothing that costs too much and nothing that it does not have', async () => {
    const value = { day: '2026-01-01', version: 1 };
    const none = await open.tap({ action: 'shop.buy', value: { ...value, offer: 6 } });
    expect(none.notice).toBe('bag.notice.stale');
    open.clock.advance(2 * 3_600_000);
    const late = await open.tap({ action: 'shop.buy', value: { ...value, offer: 1 } });
    expect(late.notice).toBe('bag.notice.stale');
    expect((await open.earned()).journey.version).toBe(1);
  });
});
