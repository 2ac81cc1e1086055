import { beforeEach, describe, expect, test, vi } from 'vitest';
import { contextOf } from '../../../domains/account/account-session-service.ts';
import type { AccountContext } from '../../../domains/account/account-context.ts';
import { monsterSheet } from '../../../domains/combat/monster.ts';
import type { WildBattleReply } from '../../../domains/combat/wild-battles.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { ExplorationService } from '../../../domains/exploration/exploration-service.ts';
import { JourneyService } from '../../../domains/inventory/journey-service.ts';
import { type Change, placedGrant } from '../../../domains/inventory/journey.ts';
import { characterRow } from '../../support/character-row.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryAccountStore } from '../../support/memory-account-store.ts';
import { MemoryJourneys } from '../../support/memory-journeys.ts';
import { silentLog } from '../../support/silent-log.ts';
import { meeting } from '../../support/walker.ts';

const CHAR = 1;
const MIN = 60_000;
const row = characterRow({ character_id: CHAR });

describe('the exploration service', () => {
  let clock: FixedClock;
  let accounts: MemoryAccountStore;
  let journeys: MemoryJourneys;
  let service: ExplorationService;
  let isBusy: boolean;
  const start = vi.fn<() => Promise<WildBattleReply>>();
  beforeEach(async () => {
    clock = new FixedClock();
    isBusy = false;
    start.mockReset().mockResolvedValue('fights');
    accounts = new MemoryAccountStore(clock);
    journeys = new MemoryJourneys(() => Promise.resolve(row), clock);
    const lobby = { invalidateCharactersList: () => Promise.resolve() };
    const journey = new JourneyService({
      journeys,
      accounts,
      lobby,
      clock,
      log: silentLog,
      isBusy: () => Promise.resolve(isBusy),
    });
    const entropy = { id: () => 'abcdefghijkl', seed: () => '0'.repeat(32) };
    service = new ExplorationService({ journey, accounts, clock, entropy, wild: { start } });
    await accounts.createAccount(CHAR, contextOf(row));
    await change({ travel: { restedAtMs: clock.now(), energyAtMs: clock.now() } });
  });

  const change = async (one: Change) => {
    await journeys.step(CHAR, () => ({ kind: 'change', change: one }));
  };
  const session = async (): Promise<AccountContext> => {
    const account = await accounts.getFullAccount(CHAR);
    if (account === null) throw new Error('no session');
    return account;
  };
  const who = async () => ({ charId: CHAR, account: await session() });
  const version = async () => (await journeys.read(CHAR))?.journey.version ?? 0;
  const hp = async () => (await session()).stats.hp;

  test('shows a place with its ways, energy and health', async () => {
    await accounts.updateStatCurrent(CHAR, 'hp', 10);
    await change({ travel: { location: 'birch_wood', energy: 20 } });
    clock.advance(7 * MIN);
    const { max } = await hp();
    expect(await service.look(await who())).toMatchObject({
      kind: 'shown',
      view: {
        version: 2,
        place: 'birch_wood',
        tier: 1,
        offers: [],
        encounter: null,
        exits: [
          { to: 'start_village', cost: 0, needsLevel: null, isSeen: true },
          { to: 'river_ford', cost: 1, needsLevel: null, isSeen: false },
          { to: 'dark_forest', cost: 1, needsLevel: 2, isSeen: false },
        ],
        energy: { now: 20, limit: 24, fullAtMs: clock.now() - 7 * MIN + 80 * MIN },
        vitals: { hp: { cur: 10 + Math.floor(max * 0.07), max } },
        search: { cost: 2 },
        gather: { cost: 2, kinds: ['herb'] },
        rest: null,
        healer: null,
      },
    });
  });

  test('a step reaches the live session by setLocation, and gives the health that came back', async () => {
    await accounts.updateStatCurrent(CHAR, 'hp', 10);
    clock.advance(5 * MIN);
    const [move, heal] = [vi.spyOn(accounts, 'setLocation'), vi.spyOn(accounts, 'applyHealing')];
    const reply = await service.go(await who(), 'crossroads', 1);
    const { location, stats } = await session();
    const points = Math.floor(stats.hp.max * 0.05);
    expect(reply).toMatchObject({
      kind: 'done',
      done: {
        event: { kind: 'moved', from: 'start_village', xp: 4 },
        newLevel: null,
        newSkills: [],
      },
      view: { version: 2, place: 'crossroads', vitals: { hp: { cur: 10 + points } } },
    });
    expect(location).toEqual({ current: 'crossroads', prev: 'start_village' });
    expect(move).toHaveBeenCalledExactlyOnceWith(CHAR, 'crossroads');
    expect(heal).toHaveBeenCalledExactlyOnceWith(CHAR, 'hp', points);
    clock.advance(MIN - 1);
    await service.go(await who(), 'start_village', 2);
    expect((await hp()).cur).toBe(10 + points);
  });

  test('a session that missed two steps is repaired at the next look', async () => {
    await change({ travel: { location: 'river_ford', prev: 'birch_wood' } });
    await service.look(await who());
    expect((await session()).location).toEqual({ current: 'river_ford', prev: 'birch_wood' });
  });

  test('a session that missed a step is repaired also by a button that is refused', async () => {
    await change({ travel: { location: 'river_ford', prev: 'start_village' } });
    expect(await service.go(await who(), 'crossroads', 1)).toMatchObject({ kind: 'refused' });
    expect((await session()).location.current).toBe('river_ford');
  });

  test('a stale button changes nothing and shows the present place', async () => {
    expect(await service.go(await who(), 'crossroads', 0)).toMatchObject({
      kind: 'refused',
      reason: 'stale',
      view: { place: 'start_village', version: 1 },
    });
    expect(await version()).toBe(1);
  });

  test('a rest gives two fifths of the health, the healer all of it', async () => {
    await accounts.updateStatCurrent(CHAR, 'hp', 10);
    const { max } = await hp();
    const rested = await service.rest(await who(), 1);
    const points = Math.floor(max * 0.4);
    expect(rested).toMatchObject({
      kind: 'done',
      done: { event: { kind: 'rested', health: points } },
    });
    expect((await hp()).cur).toBe(10 + points);
    const update = vi.spyOn(accounts, 'updateStatCurrent');
    const healed = await service.heal(await who(), 2);
    expect(healed).toMatchObject({ kind: 'done', done: { event: { kind: 'healed', gold: 0 } } });
    expect(update).toHaveBeenCalledExactlyOnceWith(CHAR, 'hp', max);
    expect((await hp()).cur).toBe(max);
    expect(await service.heal(await who(), 3)).toMatchObject({
      kind: 'refused',
      reason: 'healthy',
    });
  });

  test.each(['rest', 'heal'] as const)(
    'a %s takes nothing while Redis refuses writes',
    async (kind) => {
      await accounts.updateStatCurrent(CHAR, 'hp', 10);
      await change({
        grants: [placedGrant({ id: 'start:1', items: [], uses: {}, xp: 300, gold: 50 }, [])],
      });
      const full = new OutageError('OOM');
      vi.spyOn(accounts, 'applyHealing').mockRejectedValue(full);
      vi.spyOn(accounts, 'updateStatCurrent').mockRejectedValue(full);
      const before = await journeys.read(CHAR);
      await expect(service[kind](await who(), 2)).rejects.toThrow('OOM');
      expect(await journeys.read(CHAR)).toEqual(before);
    },
  );

  test('materials are gathered and sold', async () => {
    await change({ travel: { location: 'birch_wood' } });
    const gathered = await service.gather(await who(), 2);
    const stacks = (await journeys.read(CHAR))?.stacks ?? {};
    expect(gathered).toMatchObject({ done: { event: { kind: 'gathered', materials: stacks } } });
    await change({ travel: { location: 'crossroads', encounter: null } });
    const gold = 2 * (stacks.herb ?? 0);
    expect(await service.look(await who())).toMatchObject({ view: { materialsGold: gold } });
    expect(await service.sellMaterials(await who(), 4)).toMatchObject({
      done: { event: { kind: 'sold', materials: stacks, gold } },
      view: { gold, materials: {}, materialsGold: 0 },
    });
  });

  test('a new level and a new level of a skill are told', async () => {
    const grant = { id: 'start:1', xp: 27, gold: 0, items: [], uses: { scouting: 9 } };
    await change({ grants: [placedGrant(grant, [])] });
    expect(await service.go(await who(), 'birch_wood', 2)).toMatchObject({
      done: { newLevel: 2, newSkills: [{ skill: 'scouting', level: 1, nextAt: 30 }] },
    });
  });

  test('of a monster a look shows its health, and more with lore', async () => {
    await change({ travel: { location: 'birch_wood', encounter: meeting() } });
    const seen = await service.look(await who());
    expect(seen).toMatchObject({
      view: {
        encounter: { monster: 'wolf', tier: 1, known: null, escapeCost: 1 },
      },
    });
    const looked = await service.examine(await who(), 2);
    expect(looked).toMatchObject({
      view: {
        encounter: {
          known: { health: monsterSheet('wolf').stats.hp.max, habit: null, techniques: null },
        },
      },
    });
    const grant = { id: 'start:1', xp: 0, gold: 0, items: [], uses: { lore: 69 } };
    await change({ grants: [placedGrant(grant, [])] });
    expect(await service.look(await who())).toMatchObject({
      view: { encounter: { known: { habit: 'legs', techniques: ['onslaught'] } } },
    });
  });

  describe('a fight', () => {
    beforeEach(() => change({ travel: { location: 'birch_wood', encounter: meeting() } }));

    test('begins with the id of the encounter and the health that has come back', async () => {
      await accounts.updateStatCurrent(CHAR, 'hp', 10);
      clock.advance(5 * MIN);
      start.mockImplementation(async () => {
        expect((await hp()).cur).toBe(10 + Math.floor((await hp()).max * 0.05));
        return 'fights';
      });
      expect(await service.fight(await who(), 2)).toEqual({ kind: 'fights', battleId: 'met1' });
      expect(start).toHaveBeenCalledExactlyOnceWith(CHAR, { id: 'met1', monster: 'wolf' });
      expect((await journeys.read(CHAR))?.journey.travel.encounter).toEqual(meeting());
    });

    test.each([
      ['busy', { kind: 'busy' }],
      ['not_ready', { kind: 'unavailable' }],
      ['draining', { kind: 'draining' }],
      ['ended', { kind: 'refused', reason: 'ended', view: { place: 'birch_wood' } }],
    ] as const)('that is answered by %s can be begun again', async (answer, reply) => {
      start.mockResolvedValueOnce(answer);
      expect(await service.fight(await who(), 2)).toMatchObject(reply);
      expect(await service.fight(await who(), 3)).toEqual({ kind: 'fights', battleId: 'met1' });
    });

    test('that is stale begins nothing', async () => {
      expect(await service.fight(await who(), 1)).toMatchObject({
        kind: 'refused',
        reason: 'stale',
      });
      expect(start).not.toHaveBeenCalled();
    });
  });

  test('no step is made in a queue or a battle', async () => {
    isBusy = true;
    expect(await service.go(await who(), 'crossroads', 1)).toEqual({ kind: 'busy' });
    expect(await version()).toBe(1);
  });

  test('without the database nothing is shown and nothing changes', async () => {
    vi.spyOn(journeys, 'step').mockRejectedValue(new OutageError('away'));
    vi.spyOn(journeys, 'read').mockRejectedValue(new OutageError('away'));
    expect(await service.go(await who(), 'crossroads', 1)).toEqual({ kind: 'unavailable' });
    expect(await service.look(await who())).toEqual({ kind: 'unavailable' });
    expect((await session()).location.current).toBe('start_village');
  });

  test('a step without a live session is in the database alone', async () => {
    const before = await who();
    await accounts.deleteAccount(CHAR);
    await accounts.createAccount(2, before.account);
    expect(await service.go(before, 'crossroads', 1)).toMatchObject({ kind: 'done' });
    expect(await accounts.getFullAccount(CHAR)).toBeNull();
  });
});
