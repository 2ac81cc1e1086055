import { type AccountAction, accountActionSchema } from '../account/account-action.ts';
import type { AccountDesk, DeskReply } from '../account/account-desk.ts';
import type { LoginService, Route } from '../account/login-service.ts';
import type { LastingPlayers } from '../account/lasting-players.ts';
import type { KnownPlayer } from '../account/player-store.ts';
import type { Greeting } from '../account/users-repository.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { type CombatAction, combatActionSchema } from '../combat/combat-action.ts';
import { type HistoryAction, historyActionSchema } from '../combat/history-action.ts';
import type { HistoryReply, HistoryService } from '../combat/history-service.ts';
import { refused, shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import type { ArenaAction } from './arena-action.ts';
import type { ArenaPayload, ArenaScreenAction } from './arena-screens.ts';
import type { ArenaReply, ArenaService, Seen } from './arena-service.ts';
import type { DuelService } from './duel-service.ts';
import type { KnownTap } from './tap-reader.ts';

export interface ReceptionDeps {
  readonly desk: AccountDesk;
  readonly login: LoginService;
  readonly players: Pick<LastingPlayers, 'greet'>;
  readonly arena: ArenaService;
  readonly duel: DuelService;
  readonly history: HistoryService;
}

/** The front door: which service a tap belongs to, always on behalf of the user's own character. */
export class ReceptionService {
  readonly #deps: ReceptionDeps;

  constructor(deps: ReceptionDeps) {
    this.#deps = deps;
  }

  /** A stranger is spoken to in the language of his Telegram until he chooses another. */
  async greet(greeting: Greeting): Promise<void> {
    await this.#deps.players.greet(greeting);
  }

  async act(
    userId: number,
    action: ArenaScreenAction,
    known: KnownTap | null = null,
  ): Promise<ArenaReply> {
    if (action.action === 'home') return shown(await this.#present(userId, known));
    if (isAccountAction(action))
      return this.#homed(userId, await this.#deps.desk.act(userId, action));
    // Not before it is waited for: where the player cannot be read, it would fail with nobody to hear.
    const active = known === null ? undefined : known.player.then(activeOf);
    if (isCombatAction(action)) {
      const own = ownSide(userId, await active, await known?.battle);
      if (own !== null) {
        await this.#deps.login.noteSeen(own.charId);
        return this.#deps.duel.act(own.charId, action, own.record);
      }
    }
    const route = await this.#deps.login.resume(userId, active, known?.character);
    if (route.kind === 'lobby' || route.kind === 'onboarding') {
      return refused(text('arena.notice.no_character'), await this.#screenOf(userId, route));
    }
    const { charId } = route;
    if (isCombatAction(action)) return this.#deps.duel.act(charId, action);
    if (isHistoryAction(action))
      return this.#homed(userId, await this.#deps.history.act({ userId, charId }, action));
    return this.#actInArena(charId, action, await seenOf(route, known));
  }

  /** Whether the next text that the user types is a name. */
  async asksForName(userId: number): Promise<boolean> {
    const route = await this.#deps.login.resume(userId);
    return route.kind === 'onboarding' && route.step === 'name';
  }

  async typed(userId: number, typedText: string): Promise<ArenaReply> {
    return this.#homed(userId, await this.#deps.desk.typeName(userId, typedText));
  }

  async #actInArena(charId: number, action: ArenaAction, seen: Seen): Promise<ArenaReply> {
    const { arena } = this.#deps;
    switch (action.action) {
      case 'arena.menu':
        return arena.getMainMenu(charId, seen);
      case 'arena.mode':
        return arena.getModeMenu(charId, action.mode, seen);
      case 'arena.join':
        return arena.joinQueue(charId, action.mode);
      case 'arena.check':
        return arena.checkMatch(charId, action.mode);
      case 'arena.cancel':
        return arena.cancelQueue(charId, action.mode);
    }
  }

  async #homed(userId: number, reply: DeskReply | HistoryReply): Promise<ArenaReply> {
    if (reply.kind !== 'home') return reply;
    const payload = await this.#screenOf(userId, await this.#deps.login.resume(userId));
    return reply.notice === null ? shown(payload) : refused(reply.notice, payload);
  }

  /** The screen of wherever the user is. */
  async #present(userId: number, known: KnownTap | null): Promise<ArenaPayload> {
    const active = known === null ? undefined : known.player.then(activeOf);
    const route = await this.#deps.login.resume(userId, active, known?.character);
    return this.#screenOf(userId, route, await seenOf(route, known));
  }

  async #screenOf(userId: number, route: Route, seen: Seen = {}): Promise<ArenaPayload> {
    const { desk, arena } = this.#deps;
    if (route.kind === 'lobby') return desk.getLobby(userId);
    if (route.kind === 'onboarding') return desk.getOnboarding(route);
    return arena.getPresentScreen(route.charId, seen);
  }
}

/** What has been read of the routed character with the tap. */
async function seenOf(route: Route, known: KnownTap | null): Promise<Seen> {
  const account = route.kind === 'arena' ? { account: route.account } : {};
  const character = known?.character ?? null;
  if (!('charId' in route) || character?.charId !== route.charId) return account;
  const place = await character.place;
  return place === null ? account : { ...account, place };
}

function activeOf({ character }: KnownPlayer): number | null {
  return typeof character === 'number' ? character : null;
}

/** The battle that the user's own character fights in: its record says so, no session is needed. */
function ownSide(
  userId: number,
  active: number | null | undefined,
  record: BattleRecord | null | undefined,
): { readonly charId: number; readonly record: BattleRecord } | null {
  if (active == null || record == null) return null;
  const isOwn = record.sides.some((side) => side.charId === active && side.userId === userId);
  return isOwn ? { charId: active, record } : null;
}

const accountActions = namesOf(accountActionSchema);
const combatActions = namesOf(combatActionSchema);
const historyActions = namesOf(historyActionSchema);

type Schema = typeof accountActionSchema | typeof combatActionSchema | typeof historyActionSchema;

function namesOf(schema: Schema): ReadonlySet<string> {
  return new Set(schema.options.map((option) => option.shape.action.value));
}

function isAccountAction(action: ArenaScreenAction): action is AccountAction {
  return accountActions.has(action.action);
}

function isCombatAction(action: ArenaScreenAction): action is CombatAction {
  return combatActions.has(action.action);
}

function isHistoryAction(action: ArenaScreenAction): action is HistoryAction {
  return historyActions.has(action.action);
}
