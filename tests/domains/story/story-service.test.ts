import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountContext } from '../../../domains/account/account-context.ts';
import { contextOf } from '../../../domains/account/account-session-service.ts';
import type { WildBattleReply } from '../../../domains/combat/wild-battles.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { JourneyService } from '../../../domains/inventory/journey-service.ts';
import { type Change, placedGrant } from '../../../domains/inventory/journey.ts';
import type { Draw } from '../../../domains/inventory/roll-item.ts';
import { seededDraw } from '../../../domains/inventory/seeded-draw.ts';
import type { StorySession } from '../../../domains/inventory/story-session.ts';
import { openChoices } from '../../../domains/scenario/session.ts';
import { StoryService } from '../../../domains/story/story-service.ts';
import { characterRow } from '../../support/character-row.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryAccountStore } from '../../support/memory-account-store.ts';
import { MemoryJourneys } from '../../support/memory-journeys.ts';
import { silentLog } from '../../support/silent-log.ts';
import { STORY_BATTLE, millAt, millInBattle } from '../../support/stories.ts';
import { meeting } from '../../support/walker.ts';

const CHAR = 1;
const WEEK_MS = 7 * 86_400_000;
const MOST_TAPS = 60;
const levels = { id: 'levels', gold: 0, items: [], uses: {} };
const row = characterRow({ character_id: CHAR });

describe('the story service', () => {
  let clock: FixedClock;
  let accounts: MemoryAccountStore;
  let journeys: MemoryJourneys;
  let service: StoryService;
  let isBusy: boolean;
  const start = vi.fn<() => Promise<WildBattleReply>>();
  beforeEach(async () => {
    clock = new FixedClock();
    isBusy = false;
    start.mockReset().mockResolvedValue('fights');
    accounts = new MemoryAccountStore(clock);
    journeys = new MemoryJourneys(() => Promise.resolve(row), clock);
    const journey = new JourneyService({
      journeys,
      accounts,
      clock,
      log: silentLog,
      lobby: { invalidateCharactersList: () => Promise.resolve() },
      isBusy: () => Promise.resolve(isBusy),
    });
    const entropy = { id: () => 'abcdefghijkl', seed: () => '0'.repeat(32) };
    service = new StoryService({ journey, accounts, clock, entropy, wild: { start } });
    await accounts.createAccount(CHAR, contextOf(row));
    await change({ travel: { restedAtMs: clock.now(), energyAtMs: clock.now() } });
  });

  const change = async (one: Change) => {
    await journeys.step(CHAR, () => ({ kind: 'change', change: one }));
  };
  const put = (session: StorySession) => change({ stories: { session } });
  const account = async (): Promise<AccountContext> => {
    const live = await accounts.getFullAccount(CHAR);
    if (live === null) throw new Error('no session');
    return live;
  };
  const who = async () => ({ charId: CHAR, account: await account() });
  const journey = async () => {
    const earnings = await journeys.read(CHAR);
    if (earnings === null) throw new Error('no journey');
    return earnings.journey;
  };
  const session = async () => (await journey()).stories.session;
  const live = async () => {
    const { state, sessions } = await account();
    return [state, sessions.scenario_id];
  };

  const beginMill = async () => {
    await change({ travel: { location: 'old_mill' } });
    return service.begin(await who(), 'mill', (await journey()).version);
  };

  test('begins a story in its place, with buttons that fit no earlier run', async () => {
    const reply = await beginMill();
    expect(reply).toMatchObject({ kind: 'shown', view: { key: 'mill', session: { run: 1 } } });
    expect((await session())?.seq).toBe((await journey()).version);
    expect(await live()).toEqual(['SCENARIO', 'mill:1']);
  });

  test.each([
    ['elsewhere', { travel: { location: 'quarry' } }, 'not_here'],
    ['with a monster in the way', { travel: { encounter: meeting() } }, 'encounter'],
    ['beside another story', { stories: { session: millAt('door', { paused: true }) } }, 'other'],
  ] as const)('begins none %s', async (_, before, reason) => {
    await change({ travel: { location: 'old_mill' } });
    await change(before);
    const { version } = await journey();
    expect(await service.begin(await who(), 'mill', version)).toEqual({ kind: 'refused', reason });
  });

  test('begins the next run a week later, and not before', async () => {
    const ended = { mill: { endedAtMs: clock.now(), runs: 1 } };
    await change({ stories: { ended } });
    expect(await beginMill()).toEqual({ kind: 'refused', reason: 'this_week' });
    clock.advance(WEEK_MS);
    await beginMill();
    expect(await live()).toEqual(['SCENARIO', 'mill:2']);
  });

  test('a choice leads on once: the same tap again is stale', async () => {
    await beginMill();
    const seq = (await session())?.seq ?? 0;
    const choice = { key: 'mill', seq, index: 0 } as const;
    expect(await service.choose(await who(), choice)).toMatchObject({
      view: { session: { node: 'talk', seq: seq + 1 } },
    });
    expect(await service.choose(await who(), choice)).toEqual({ kind: 'refused', reason: 'stale' });
    expect((await session())?.node).toBe('talk');
  });

  test('what a step gives is granted, and wounds reach the live session but never kill', async () => {
    await accounts.updateStatCurrent(CHAR, 'hp', 3);
    await put(millAt('wheel', { seq: 5 }));
    const weak = { key: 'mill', seq: 5, index: 0 } as const;
    const reply = await service.choose(await who(), weak);
    if (reply.kind !== 'shown' || reply.done === null) throw new Error('no step');
    const isStopped = reply.done.check?.passed === true;
    expect(reply.view.session.node).toBe(isStopped ? 'stopped' : 'swept');
    expect(await journey()).toMatchObject({ gold: isStopped ? 6 : 0 });
    expect((await account()).stats.hp.cur).toBe(isStopped ? 3 : 1);
    expect(reply.done.points).toBe(isStopped ? 0 : -2);
  });

  test('the health that came back counts before a step', async () => {
    await accounts.updateStatCurrent(CHAR, 'hp', 10);
    await beginMill();
    clock.advance(5 * 60_000);
    const seq = (await session())?.seq ?? 0;
    await service.choose(await who(), { key: 'mill', seq, index: 0 });
    const { cur, max } = (await account()).stats.hp;
    expect(cur).toBe(10 + Math.floor(max * 0.05));
  });

  test('a choice that leads into a battle starts it with the id that is stored', async () => {
    await put(millAt('rats', { seq: 5 }));
    const fought = await service.choose(await who(), { key: 'mill', seq: 5, index: 0 });
    expect(fought).toEqual({ kind: 'fights' });
    expect(start).toHaveBeenCalledExactlyOnceWith(CHAR, { id: STORY_BATTLE, monster: 'rat' });
    expect((await session())?.waits).toEqual({ for: 'battle', choice: 0, id: STORY_BATTLE });
  });

  test('a battle that did not start is started by the next tap, with the same id', async () => {
    start.mockResolvedValue('not_ready');
    await put(millAt('rats', { seq: 5 }));
    const reply = await service.choose(await who(), { key: 'mill', seq: 5, index: 0 });
    expect(reply).toMatchObject({ kind: 'shown', view: { session: { waits: { for: 'battle' } } } });
    start.mockResolvedValue('fights');
    expect(await service.fight(await who(), 6)).toEqual({ kind: 'fights' });
    expect(start).toHaveBeenLastCalledWith(CHAR, { id: STORY_BATTLE, monster: 'rat' });
    start.mockResolvedValue('ended');
    expect(await service.fight(await who(), 6)).toEqual({ kind: 'refused', reason: 'ended' });
  });

  test.each([
    [true, { xp: 40 }],
    [false, { xp: 15, gold: 8 }],
  ])('goes on once after a battle (won: %s), and ends', async (won, given) => {
    await put(millInBattle({ waits: { for: 'battle', choice: 0, id: STORY_BATTLE, won } }));
    const both = await Promise.all([service.look(await who()), service.look(await who())]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['over', 'refused']);
    expect(await journey()).toMatchObject({
      ...given,
      stories: { session: null, ended: { mill: { endedAtMs: clock.now(), runs: 1 } } },
    });
    expect(await live()).toEqual(['EXPLORATION', null]);
  });

  test('skipping the prologue gives what its end gives, and the points of the archetype', async () => {
    await service.beginNow(await who(), 'prologue');
    const before = (await account()).attributes;
    const reply = await service.skip(await who(), (await session())?.seq ?? 0);
    expect(reply).toMatchObject({ kind: 'over', done: { grant: { gold: 20, xp: 30 } } });
    const { attributes, state, sessions, stats } = await account();
    const raised = Object.values(attributes).reduce((sum, one) => sum + one, 0);
    expect(raised - Object.values(before).reduce((sum, one) => sum + one, 0)).toBe(6);
    expect([state, sessions.scenario_id]).toEqual(['EXPLORATION', null]);
    expect(stats.hp.cur).toBe(stats.hp.max);
    const again = await service.beginNow(await who(), 'prologue');
    expect(again).toEqual({ kind: 'refused', reason: 'done' });
  });

  test('the points of the end are taken as proposed, or as the player likes within the limits', async () => {
    const waits = { for: 'points', points: 6 } as const;
    const atEnd = { ...millAt('end'), key: 'prologue', seq: 9, waits };
    await put(atEnd);
    const much = await service.choosePoints(await who(), 9, { luck: 6 });
    expect(much).toEqual({ kind: 'refused', reason: 'points' });
    const { luck, wisdom } = (await account()).attributes;
    const own = await service.choosePoints(await who(), 9, { luck: 3, wisdom: 3 });
    expect(own).toMatchObject({ kind: 'over', done: { raise: { luck: 3, wisdom: 3 } } });
    expect((await account()).attributes).toMatchObject({ luck: luck + 3, wisdom: wisdom + 3 });
    await put({ ...atEnd, run: 2 });
    expect(await service.acceptPoints(await who(), 9)).toMatchObject({ kind: 'over' });
  });

  test('a story that is set aside blocks nothing and goes on where it was', async () => {
    await beginMill();
    const seq = (await session())?.seq ?? 0;
    await service.pause(await who(), seq);
    expect(await live()).toEqual(['EXPLORATION', null]);
    expect(await service.isInStory(CHAR)).toBe(false);
    const paused = await service.choose(await who(), { key: 'mill', seq, index: 0 });
    expect(paused).toEqual({ kind: 'refused', reason: 'paused' });
    await change({ travel: { encounter: meeting() } });
    const met = await service.resume(await who(), seq);
    expect(met).toEqual({ kind: 'refused', reason: 'encounter' });
    await change({ travel: { encounter: null } });
    expect(await service.resume(await who(), seq)).toMatchObject({
      view: { session: { node: 'door', seq } },
    });
    expect(await live()).toEqual(['SCENARIO', 'mill:1']);
  });

  test('leaving for something else sets it aside, also while the database is away', async () => {
    await beginMill();
    await service.leave(CHAR);
    expect((await session())?.paused).toBe(true);
    expect(await live()).toEqual(['EXPLORATION', null]);
    await service.resume(await who(), (await session())?.seq ?? 0);
    vi.spyOn(journeys, 'step').mockRejectedValueOnce(new OutageError('down'));
    await service.leave(CHAR);
    expect(await live()).toEqual(['EXPLORATION', null]);
  });

  test('nothing is left during the battle of the story', async () => {
    await beginMill();
    await accounts.setState(CHAR, 'COMBAT');
    await service.leave(CHAR);
    expect((await session())?.paused).toBe(false);
  });

  test('a process that dies between the step and the session is repaired at the next look', async () => {
    vi.spyOn(accounts, 'setScenarioSession').mockRejectedValueOnce(new Error('killed'));
    await expect(beginMill()).rejects.toThrow('killed');
    expect(await live()).toEqual(['EXPLORATION', null]);
    expect(await service.look(await who())).toMatchObject({ kind: 'shown', view: { key: 'mill' } });
    expect(await live()).toEqual(['SCENARIO', 'mill:1']);
  });

  test('a session that missed the end is repaired, too', async () => {
    await accounts.setScenarioSession(CHAR, 'mill:1');
    expect(await service.look(await who())).toEqual({ kind: 'refused', reason: 'none' });
    expect(await live()).toEqual(['EXPLORATION', null]);
  });

  test('is busy in a queue, and unavailable while the database is away', async () => {
    await beginMill();
    isBusy = true;
    const seq = (await session())?.seq ?? 0;
    expect(await service.pause(await who(), seq)).toEqual({ kind: 'busy' });
    isBusy = false;
    vi.spyOn(journeys, 'step').mockRejectedValueOnce(new OutageError('down'));
    const choice = { key: 'mill', seq, index: 0 } as const;
    expect(await service.choose(await who(), choice)).toEqual({ kind: 'unavailable' });
  });

  test('items of a story find room or become scrap', async () => {
    const { items } = (await journeys.read(CHAR)) ?? { items: [] };
    const full = Array.from({ length: 84 }, (_, line) => line);
    const item = { template: 'might_head', rarity: 'common', affixes: [] } as const;
    const grant = { id: 'many', xp: 0, gold: 0, items: full.map(() => item), uses: {} };
    await change({ grants: [placedGrant(grant, items)] });
    await put(millInBattle({ waits: { for: 'battle', choice: 0, id: STORY_BATTLE, won: true } }));
    await service.look(await who());
    expect((await journey()).scrap).toBe(2);
  });

  test.each([
    ['prologue', 'start_village'],
    ['mill', 'old_mill'],
    ['chapel', 'sunken_chapel'],
  ] as const)(
    '%s ends, whatever the player taps, and gives each thing once',
    async (key, place) => {
      await change({ travel: { location: place } });
      await change({ grants: [placedGrant({ ...levels, xp: 180 }, [])] });
      await service.begin(await who(), key, (await journey()).version);
      const draw = seededDraw(key);
      for (let taps = 0; (await session()) !== null && taps < MOST_TAPS; taps += 1) await tap(draw);
      expect((await journey()).stories).toMatchObject({
        session: null,
        ended: { [key]: { runs: 1 } },
      });
      expect(await live()).toEqual(['EXPLORATION', null]);
      expect((await account()).stats.hp.cur).toBeGreaterThan(0);
    },
  );

  /** An open choice at random; a battle ends at random, too. */
  async function tap(draw: Draw): Promise<void> {
    const now = await session();
    if (now === null) return;
    const { seq, waits } = now;
    if (waits.for === 'battle') {
      await put({ ...now, waits: { ...waits, won: draw(2) === 0 } });
      await service.look(await who());
    } else if (waits.for === 'points') await service.acceptPoints(await who(), seq);
    else {
      const seen = await service.look(await who());
      if (seen.kind !== 'shown') throw new Error(seen.kind);
      const open = openChoices(seen.view.scenario, seen.view.session, seen.view.hero);
      const { index = 0 } = open[draw(open.length)] ?? {};
      const reply = await service.choose(await who(), { key: seen.view.key, seq, index });
      expect(['shown', 'over', 'fights']).toContain(reply.kind);
    }
  }
});
