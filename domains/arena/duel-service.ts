import type { CombatService } from '../combat/combat-service.ts';
import type { Tap, TapReply } from '../combat/tap.ts';
import { surrenderScreen } from '../combat/battle-screen.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import type { Choice } from '../combat/battle-session.ts';
import type { CombatAction } from '../combat/combat-action.ts';
import { refused, shown } from '../core/reply.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import { duelScreen } from './duel-screen.ts';
import type { ArenaReply, ArenaService } from './arena-service.ts';

export interface DuelDeps {
  readonly combat: CombatService;
  readonly arena: ArenaService;
}

/** Taps in a battle: what they change, and the screen that they bring. */
export class DuelService {
  readonly #deps: DuelDeps;

  constructor(deps: DuelDeps) {
    this.#deps = deps;
  }

  /** `known` is the battle as it has just been read for this tap. */
  async act(
    charId: number,
    action: CombatAction,
    known: BattleRecord | null = null,
  ): Promise<ArenaReply> {
    const { battleId } = action.value;
    switch (action.action) {
      case 'battle.look':
        return this.#look(charId, battleId);
      case 'battle.surrender':
        return this.#askSurrender(charId, battleId);
      case 'battle.surrender_confirmed':
        return this.#surrender(charId, battleId);
      case 'battle.strike':
      case 'battle.guard':
      case 'battle.technique':
        return this.#choose({ charId, ...tapOf(action) }, known);
    }
  }

  async #look(charId: number, battleId: string): Promise<ArenaReply> {
    const seen = await this.#deps.combat.view(charId, battleId);
    if (seen === null) return this.#notHis(charId);
    return shown(duelScreen(seen.record, seen.side));
  }

  async #askSurrender(charId: number, battleId: string): Promise<ArenaReply> {
    const seen = await this.#deps.combat.view(charId, battleId);
    if (seen === null) return this.#notHis(charId);
    if (seen.record.endedAtMs !== null) {
      return refused(text('battle.notice.over'), duelScreen(seen.record, seen.side));
    }
    const { id, version } = seen.record;
    return shown({ ...surrenderScreen(seen.record), state: { of: id, version } });
  }

  async #surrender(charId: number, battleId: string): Promise<ArenaReply> {
    const reply = await this.#deps.combat.surrender(charId, battleId);
    if (reply.kind === 'no_battle') return this.#notHis(charId);
    const payload = duelScreen(reply.record, reply.side);
    return reply.kind === 'accepted'
      ? shown(payload)
      : refused(text('battle.notice.over'), payload);
  }

  async #choose(tap: Tap, known: BattleRecord | null): Promise<ArenaReply> {
    const reply = await this.#deps.combat.tap(tap, known);
    if (reply.kind === 'no_battle') return this.#notHis(tap.charId);
    const notice = noticeFor(reply, tap);
    const payload = duelScreen(reply.record, reply.side);
    return notice === null ? shown(payload) : refused(notice, payload);
  }

  async #notHis(charId: number): Promise<ArenaReply> {
    return refused(
      text('battle.notice.not_yours'),
      await this.#deps.arena.getPresentScreen(charId),
    );
  }
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
