import type { CombatService } from '../combat/combat-service.ts';
import type { Tap, TapReply } from '../combat/tap.ts';
import { surrenderScreen } from '../combat/battle-screen.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import type { Choice } from '../combat/battle-session.ts';
import type { CombatAction } from '../combat/combat-action.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import type { ArenaPayload } from './arena-screens.ts';
import { duelScreen } from './duel-screen.ts';

export interface DuelDeps {
  readonly combat: CombatService;
}

/** Who taps. */
export interface DuelPlayer {
  readonly charId: number;
  /** Where they are, and why they are sent there. */
  home(notice: Text): Promise<Reply>;
}

/** Taps in a battle: what they change, and the screen that they bring. */
export class DuelService {
  readonly #deps: DuelDeps;

  constructor(deps: DuelDeps) {
    this.#deps = deps;
  }

  /** The battle that the character fights in, or has fought; null if it has no part in it. */
  async getBattleScreen(charId: number, battleId: string): Promise<ArenaPayload | null> {
    const seen = await this.#deps.combat.view(charId, battleId);
    return seen === null ? null : duelScreen(seen.record, seen.side);
  }

  /** `known` is the battle as it has just been read for this tap. */
  async act(
    player: DuelPlayer,
    action: CombatAction,
    known: BattleRecord | null = null,
  ): Promise<Reply> {
    const { battleId } = action.value;
    switch (action.action) {
      case 'battle.look':
        return this.#look(player, battleId);
      case 'battle.surrender':
        return this.#askSurrender(player, battleId);
      case 'battle.surrender_confirmed':
        return this.#surrender(player, battleId);
      case 'battle.strike':
      case 'battle.guard':
      case 'battle.technique':
        return this.#choose(player, tapOf(action), known);
    }
  }

  async #look(player: DuelPlayer, battleId: string): Promise<Reply> {
    const seen = await this.#deps.combat.view(player.charId, battleId);
    if (seen === null) return refuseNotOwner(player);
    return shown(duelScreen(seen.record, seen.side));
  }

  async #askSurrender(player: DuelPlayer, battleId: string): Promise<Reply> {
    const seen = await this.#deps.combat.view(player.charId, battleId);
    if (seen === null) return refuseNotOwner(player);
    if (seen.record.endedAtMs !== null) {
      return refused(text('battle.notice.over'), duelScreen(seen.record, seen.side));
    }
    const { id, version } = seen.record;
    return shown({ ...surrenderScreen(seen.record), state: { of: id, version } });
  }

  async #surrender(player: DuelPlayer, battleId: string): Promise<Reply> {
    const reply = await this.#deps.combat.surrender(player.charId, battleId);
    if (reply.kind === 'no_battle') return refuseNotOwner(player);
    const payload = duelScreen(reply.record, reply.side);
    return reply.kind === 'accepted'
      ? shown(payload)
      : refused(text('battle.notice.over'), payload);
  }

  async #choose(player: DuelPlayer, tap: ChoiceTap, known: BattleRecord | null): Promise<Reply> {
    const reply = await this.#deps.combat.tap({ charId: player.charId, ...tap }, known);
    if (reply.kind === 'no_battle') return refuseNotOwner(player);
    const notice = noticeFor(reply, tap);
    const payload = duelScreen(reply.record, reply.side);
    return notice === null ? shown(payload) : refused(notice, payload);
  }
}

function refuseNotOwner(player: DuelPlayer): Promise<Reply> {
  return player.home(text('battle.notice.not_yours'));
}

type ChoiceAction = Extract<CombatAction, { value: { turn: number } }>;

type ChoiceTap = Omit<Tap, 'charId'>;

function tapOf(action: ChoiceAction): ChoiceTap {
  const { battleId, turn } = action.value;
  switch (action.action) {
    case 'battle.strike':
      return { battleId, turn, choice: { strike: action.value.zone } };
    case 'battle.guard':
      return { battleId, turn, choice: { guard: action.value.guard } };
    case 'battle.technique':
      return { battleId, turn, choice: { technique: action.value.technique } };
  }
}

function noticeFor(reply: TapReply, tap: ChoiceTap): Text | null {
  if (reply.kind === 'accepted') return null;
  if (reply.kind === 'no_battle') return text('battle.notice.not_yours');
  return text(reply.kind === 'illegal' ? illegalKey(reply, tap.choice) : staleKey(reply, tap.turn));
}

function illegalKey(at: { record: BattleRecord; side: Side }, { technique }: Choice): TextKey {
  const own = at.record.sheets[at.side].techniques;
  if (technique != null && !own.includes(technique)) return 'battle.notice.not_learnt';
  const resting = at.record.battle.fighters[at.side].lastTechnique === technique;
  return resting ? 'battle.notice.resting' : 'battle.notice.unaffordable';
}

function staleKey({ record }: { record: BattleRecord }, turn: number): TextKey {
  if (record.endedAtMs !== null) return 'battle.notice.over';
  return record.battle.turn === turn ? 'battle.notice.locked' : 'battle.notice.stale';
}
