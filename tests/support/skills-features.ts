import type { AccountPlayer } from '../../domains/account/account-player.ts';
import type { AccountContext } from '../../domains/account/account-context.ts';
import { contextOf } from '../../domains/account/account-session-service.ts';
import { emptyRecord } from '../../domains/combat/character-record.ts';
import { FeatureRegistry } from '../../domains/core/feature-registry.ts';
import { type Reply, refused, shown } from '../../domains/core/reply.ts';
import { text } from '../../domains/core/text.ts';
import type { ActionShape } from '../../domains/core/ui-payload.ts';
import { JourneyService } from '../../domains/inventory/journey-service.ts';
import type { JourneyStore } from '../../domains/inventory/journey-store.ts';
import { type Grant, placedGrant } from '../../domains/inventory/journey.ts';
import { boardFeature } from '../../domains/skills/board-feature.ts';
import { characterFeature } from '../../domains/skills/character-feature.ts';
import { techniquesFeature } from '../../domains/skills/techniques-feature.ts';
import { characterRow } from './character-row.ts';
import { FixedClock } from './clock.ts';
import { MemoryAccountStore } from './memory-account-store.ts';
import { silentLog } from './silent-log.ts';

/** The UTC day of `skillsFeatures`, and its noon. */
export const DAY = 20_500;
export const NOON_MS = DAY * 86_400_000 + 43_200_000;
const home = { screen: 'home', title: text('account.button.home'), body: [], buttons: [] };

/** Of a fresh warrior. */
function warriorSession(charId: number): AccountContext {
  return contextOf(characterRow({ character_id: charId, name: 'Kate', gender: 'female' }));
}

/** The features of several processes, one for each store; taps are shared out among them. */
export function skillsFeatures(stores: readonly JourneyStore[], charId: number) {
  const clock = new FixedClock(NOON_MS);
  const accounts = new MemoryAccountStore(clock);
  const state = { isBusy: false };
  const processes = stores.map((journeys) => {
    const journey = new JourneyService({
      journeys,
      accounts,
      clock,
      log: silentLog,
      lobby: { invalidateCharactersList: () => Promise.resolve() },
      isBusy: () => Promise.resolve(state.isBusy),
    });
    const records = { recordOf: () => Promise.resolve(emptyRecord) };
    return new FeatureRegistry([
      characterFeature({ records, journey, clock, log: silentLog }),
      techniquesFeature({ journey }),
      boardFeature({ journey, clock }),
    ]);
  });
  const player: AccountPlayer = {
    userId: 7,
    played: async () => {
      const account = await accounts.getFullAccount(charId);
      return account === null ? null : { charId, account };
    },
    currentScreen: () => Promise.resolve(home),
    home: (notice = null) => Promise.resolve(notice === null ? shown(home) : refused(notice, home)),
  };
  let taps = 0;
  const act = (action: ActionShape): Promise<Reply> => {
    const registry = processes[(taps += 1) % processes.length];
    if (registry === undefined) throw new Error('no process');
    return registry.act(player, action);
  };
  return {
    act,
    accounts,
    clock,
    state,
    begin: () => accounts.createAccount(charId, warriorSession(charId)),
  };
}

/** Gives a character what a test needs. */
export function give(store: JourneyStore, charId: number, given: Partial<Grant>) {
  const grant = { id: `start:${charId}`, xp: 0, gold: 0, items: [], uses: {}, ...given };
  return store.step(charId, ({ items }) => ({
    kind: 'change',
    change: { grants: [placedGrant(grant, items)] },
  }));
}

/** The action of the only button, or the one at this place, that has such a name. */
export function keyOf({ payload }: Reply, name: string, at = 0): ActionShape {
  const keys = payload.buttons.flat().filter(({ action }) => action === name);
  const key = keys[at];
  if (key === undefined) throw new Error(`no key ${name} on ${payload.screen}`);
  const { action, value } = key;
  return value === undefined ? { action } : { action, value };
}
