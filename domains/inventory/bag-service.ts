import type { AccountPlayer } from '../account/account-player.ts';
import type { AccountStore } from '../account/account-store.ts';
import type { Played } from '../account/login-service.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { type Text, text } from '../core/text.ts';
import type { BagAction } from './bag-action.ts';
import { bestScreen, giveUpScreen, plainScreen } from './bag-questions.ts';
import { type BagFacts, type BagPayload, bagScreen, itemScreen } from './bag-screens.ts';
import { type BagStep, type StepAction, isStep, stepOf } from './bag-steps.ts';
import type { Inventory, InventoryStore, View } from './inventory-store.ts';
import type { Earnings } from './journey.ts';
import type { JourneyService } from './journey-service.ts';
import { dateOf } from './shop.ts';
import { shopScreen } from './shop-screen.ts';

export interface BagServiceDeps {
  readonly journey: Pick<JourneyService, 'read' | 'step'>;
  readonly inventories: InventoryStore;
  readonly accounts: Pick<AccountStore, 'setInventorySession'>;
  readonly entropy: Entropy;
  readonly clock: Clock;
}

type LookAction = Exclude<BagAction, StepAction | { action: 'bag.close' }>;
type Who = Played & { readonly player: AccountPlayer };

const FIRST_PAGE: View = { filter: 'bag', page: 0 };

/** Bag, chest and shop of a character. Every change is a step of its journey in the database. */
export class BagService {
  readonly #deps: BagServiceDeps;

  constructor(deps: BagServiceDeps) {
    this.#deps = deps;
  }

  async act(who: Who, action: BagAction): Promise<Reply> {
    if (isStep(action)) return this.#change(who, action);
    return action.action === 'bag.close' ? this.#close(who) : this.#look(who, action);
  }

  async #look(who: Who, action: LookAction): Promise<Reply> {
    const view = action.action === 'bag.page' ? action.value : null;
    const open = action.action === 'bag' ? null : await this.#opened(who);
    const isMoved = view !== null && open !== null;
    const kept = isMoved ? await this.#save(who, { ...open, view }) : open;
    const inventory = kept ?? (await this.#read(who, view ?? FIRST_PAGE));
    if (typeof inventory === 'string') return who.player.home(text(inventory));
    const facts = { ...inventory, gender: who.account.bio.gender, done: null };
    const screen = this.#screenOf(facts, action);
    if ('screen' in screen) return shown(screen);
    return refused(screen, bagScreen(facts));
  }

  /** The screen, or why there is none. */
  #screenOf(facts: BagFacts, action: LookAction): BagPayload | Text {
    const gone = text('bag.notice.gone');
    switch (action.action) {
      case 'bag':
      case 'bag.page':
        return bagScreen(facts);
      case 'bag.item':
        return itemScreen(facts, action.value) ?? gone;
      case 'bag.ask_sell':
        return giveUpScreen(facts, action.value, 'sell') ?? gone;
      case 'bag.ask_salvage':
        return giveUpScreen(facts, action.value, 'salvage') ?? gone;
      case 'bag.best':
        return bestScreen(facts) ?? text('bag.notice.best_worn');
      case 'bag.plain':
        return plainScreen(facts) ?? text('bag.notice.no_plain');
      case 'shop':
        return shopScreen(facts, this.#deps.clock.now());
    }
  }

  async #change(who: Who, action: StepAction): Promise<Reply> {
    const { clock, entropy, journey } = this.#deps;
    const step = stepOf(action, { today: dateOf(clock.now()), seed: entropy.seed() });
    const seen: { earnings: Earnings | null } = { earnings: null };
    const stepped = journey.step(who.charId, (earnings) => {
      seen.earnings = earnings;
      return step.decide(earnings);
    });
    const [reply, open] = await Promise.all([stepped, this.#opened(who)]);
    if (reply.kind !== 'changed' && reply.kind !== 'refused')
      return who.player.home(text(refusals[reply.kind]));
    const done =
      reply.kind === 'changed' ? step.tell(seen.earnings ?? reply.earnings, reply.earnings) : null;
    const inventory = await this.#save(who, inventoryOf(reply.earnings, open?.view ?? FIRST_PAGE));
    const facts = { ...inventory, gender: who.account.bio.gender, done };
    const screen = this.#next(step, facts);
    return reply.kind === 'changed' ? shown(screen) : refused(reply.reason, screen);
  }

  #next({ next }: BagStep, facts: BagFacts): BagPayload {
    if (next === 'shop') return shopScreen(facts, this.#deps.clock.now());
    const card = next === 'list' ? null : itemScreen(facts, next);
    return card ?? bagScreen(facts);
  }

  /** The open bag, if it is no older than the session. */
  async #opened({ charId, account }: Who): Promise<Inventory | null> {
    const { inventory_id: id } = account.sessions;
    const open = id === null ? null : await this.#deps.inventories.getInventory(id);
    const isCurrent = open?.charId === charId && open.version >= account.gear.version;
    return isCurrent ? open : null;
  }

  async #read(who: Who, view: View): Promise<Inventory | (typeof refusals)[keyof typeof refusals]> {
    const earnings = await this.#deps.journey.read(who.charId, who.account);
    if (earnings === null) return refusals.missing;
    if (earnings === 'unavailable') return refusals.unavailable;
    return this.#save(who, inventoryOf(earnings, view));
  }

  async #save({ charId, account }: Who, inventory: Inventory): Promise<Inventory> {
    const { inventories, accounts, entropy } = this.#deps;
    const { inventory_id: known } = account.sessions;
    const id = known ?? entropy.id();
    await inventories.setInventory(id, inventory);
    if (known === null) await accounts.setInventorySession(charId, id);
    return inventory;
  }

  async #close({ charId, account, player }: Who): Promise<Reply> {
    const { inventories, accounts } = this.#deps;
    const { inventory_id: id } = account.sessions;
    if (id !== null) {
      await inventories.deleteInventory(id);
      await accounts.setInventorySession(charId, null);
    }
    return player.home();
  }
}

const refusals = {
  busy: 'bag.notice.frozen',
  unavailable: 'account.notice.away',
  missing: 'account.notice.gone',
} as const;

function inventoryOf(earnings: Earnings, view: View): Inventory {
  const { charId, archetype, journey, items, purchases } = earnings;
  const { version, gold, scrap } = journey;
  return {
    charId,
    archetype,
    version,
    gold,
    scrap,
    items: [...items],
    purchases: [...purchases],
    view,
  };
}
