import { type BlockList, type BlockReply, MAX_BLOCKS } from '../account/block-list.ts';
import type { EmoteSettings } from '../account/user-store.ts';
import type { CombatService, TapReply } from '../combat/combat-service.ts';
import { surrenderScreen } from '../combat/battle-screen.ts';
import { blockScreen, opponentScreen } from '../combat/opponent-screen.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { type Choice, type Fighter, otherSide, sideOfFighter } from '../combat/battle-session.ts';
import type { CombatAction } from '../combat/combat-action.ts';
import { hasSentEmote } from '../combat/emotes.ts';
import type { Standings } from '../combat/standings.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { type Text, type TextKey, text } from '../core/text.ts';
import { type ArenaPayload, duelScreen } from './arena-screens.ts';

export interface DuelDeps {
  readonly combat: CombatService;
  readonly standings: Pick<Standings, 'afterBattle'>;
  readonly players: Pick<EmoteSettings, 'hasMutedEmotes'>;
  readonly blockList: Pick<BlockList, 'blockedBy' | 'block' | 'unblock'>;
}

export interface DuelPlayer extends Fighter {
  /** Shows their current screen; `notice` says why. */
  home(notice: Text): Promise<Reply>;
}

interface OpenBattle {
  readonly record: BattleRecord;
  readonly side: Side;
}

type EmoteTap = Extract<CombatAction, { action: 'battle.emote' }>['value'];
type ChoiceTap = Extract<CombatAction, { value: { turn: number } }>;
type TapResult = Exclude<TapReply, { kind: 'no_battle' }>;

/** Handles the taps of a battle. */
export class DuelService {
  readonly #deps: DuelDeps;

  constructor(deps: DuelDeps) {
    this.#deps = deps;
  }

  /** The battle or its result; null if the character did not fight in it. */
  async getBattleScreen(fighter: Fighter, battleId: string): Promise<ArenaPayload | null> {
    const { combat } = this.#deps;
    const seen = openedBy(fighter, await combat.find(battleId));
    if (seen === null) return null;
    await combat.restoreTimer(seen.record);
    return this.#screenOf(seen);
  }

  /** `prefetched`: the battle as it was read for this tap; for a choice it may be outdated. */
  async act(
    player: DuelPlayer,
    action: CombatAction,
    prefetched: BattleRecord | null = null,
  ): Promise<Reply> {
    const { combat } = this.#deps;
    const { charId } = player;
    const { battleId } = action.value;
    const seen = openedBy(player, prefetched ?? (await combat.find(battleId)));
    if (seen === null) return this.#refuse(player, battleId);
    switch (action.action) {
      case 'battle.look':
        await combat.restoreTimer(seen.record);
        return shown(await this.#screenOf(seen));
      case 'battle.opponent':
        return this.#showUnlessOver(seen, await this.#cardOf(player, seen));
      case 'battle.block':
        return this.#showUnlessOver(seen, blockScreen(seen.record, seen.side));
      case 'battle.block_confirmed':
      case 'battle.unblock':
        return this.#setBlocked(player, seen, action.action === 'battle.block_confirmed');
      case 'battle.emote':
        return this.#sendEmote(player, seen, action.value);
      case 'battle.surrender':
        return this.#showUnlessOver(seen, surrenderScreen(seen.record));
      case 'battle.surrender_confirmed': {
        const reply = await combat.surrender(charId, battleId);
        return reply.kind === 'no_battle'
          ? this.#refuse(player, battleId)
          : this.#replyTo(reply, () => 'battle.notice.over');
      }
      case 'battle.strike':
      case 'battle.guard':
      case 'battle.technique':
        return this.#choose(player, seen, action);
    }
  }

  async #choose(player: DuelPlayer, seen: OpenBattle, action: ChoiceTap): Promise<Reply> {
    const { battleId, turn } = action.value;
    const choice = choiceOf(action);
    const tap = { charId: player.charId, battleId, turn, choice };
    const reply = await this.#deps.combat.tap(tap, seen.record);
    if (reply.kind === 'no_battle') return this.#refuse(player, battleId);
    return this.#replyTo(reply, (at) =>
      at.kind === 'illegal' ? illegalKey(at, choice) : staleKey(at),
    );
  }

  /** The card or the result then says what was sent. */
  async #sendEmote(player: DuelPlayer, seen: OpenBattle, sent: EmoteTap): Promise<Reply> {
    const { combat, players } = this.#deps;
    const { userId } = seen.record.sides[otherSide(seen.side)];
    const isMuted = userId !== null && (await players.hasMutedEmotes(userId));
    if (isMuted !== false) {
      const key = isMuted === null ? 'battle.notice.emote_away' : 'battle.notice.muted';
      return refused(text(key), await this.#screenOf(seen));
    }
    const { battleId, exchange, emote } = sent;
    const reply = await combat.sendEmote(player.charId, battleId, { exchange, emote });
    if (reply.kind === 'no_battle') return this.#refuse(player, battleId);
    const isOver = reply.record.endedAtMs !== null;
    if (reply.kind !== 'accepted' || isOver) return this.#replyTo(reply, emoteRefusal);
    return this.#showUnlessOver(reply, await this.#cardOf(player, reply));
  }

  async #cardOf({ userId }: DuelPlayer, { record, side }: OpenBattle): Promise<ArenaPayload> {
    const other = record.sides[otherSide(side)].userId;
    const isBlocked =
      other !== null && (await this.#deps.blockList.blockedBy(userId)).includes(other);
    return opponentScreen(record, side, isBlocked);
  }

  /** Also when the battle has ended meanwhile. */
  async #setBlocked(player: DuelPlayer, seen: OpenBattle, isBlocked: boolean): Promise<Reply> {
    const { blockList } = this.#deps;
    const other = seen.record.sides[otherSide(seen.side)].userId;
    if (other === null) return shown(await this.#screenOf(seen));
    const reply = isBlocked
      ? await blockList.block(player.userId, other)
      : await unblocked(blockList, player.userId, other);
    const isOver = seen.record.endedAtMs !== null;
    if (!isOver && (reply === 'blocked' || reply === 'unblocked'))
      return this.#showUnlessOver(seen, await this.#cardOf(player, seen));
    return refused(blockNotice(reply), await this.#screenOf(seen));
  }

  /** Of a battle that is gone nobody knows whose it was. */
  async #refuse(player: DuelPlayer, battleId: string): Promise<Reply> {
    const isGone = (await this.#deps.combat.find(battleId)) === null;
    return player.home(text(isGone ? 'battle.notice.gone' : 'battle.notice.not_yours'));
  }

  /** The standing is read for results only. */
  async #screenOf({ record, side }: OpenBattle): Promise<ArenaPayload> {
    const isOver = record.endedAtMs !== null;
    return duelScreen(
      record,
      side,
      isOver ? await this.#deps.standings.afterBattle(record, side) : null,
    );
  }

  async #showUnlessOver(seen: OpenBattle, screen: ArenaPayload): Promise<Reply> {
    const { record } = seen;
    if (record.endedAtMs !== null)
      return refused(text('battle.notice.over'), await this.#screenOf(seen));
    const state = { of: record.id, version: record.version };
    return shown({ ...screen, state });
  }

  async #replyTo(reply: TapResult, noticeOf: (refusal: TapResult) => TextKey): Promise<Reply> {
    const payload = await this.#screenOf(reply);
    return reply.kind === 'accepted' ? shown(payload) : refused(text(noticeOf(reply)), payload);
  }
}

/** null: the battle is gone, or another character, or another user's of the same number, fights in it. */
function openedBy(fighter: Fighter, record: BattleRecord | null): OpenBattle | null {
  const side = record === null ? null : sideOfFighter(record, fighter);
  return record === null || side === null ? null : { record, side };
}

async function unblocked(
  blockList: DuelDeps['blockList'],
  userId: number,
  other: number,
): Promise<'unblocked' | 'unavailable'> {
  return (await blockList.unblock(userId, other)) ? 'unblocked' : 'unavailable';
}

function blockNotice(reply: BlockReply | 'unblocked'): Text {
  if (reply === 'full') return text('battle.notice.blocks_full', { limit: MAX_BLOCKS });
  return text(reply === 'unavailable' ? 'battle.notice.blocks_away' : `battle.notice.${reply}`);
}

function choiceOf(action: ChoiceTap): Choice {
  switch (action.action) {
    case 'battle.strike':
      return { strike: action.value.zone };
    case 'battle.guard':
      return { guard: action.value.guard };
    case 'battle.technique':
      return { technique: action.value.technique };
  }
}

function emoteRefusal(at: TapResult): TextKey {
  return hasSentEmote(at.record, at.side) ? 'battle.notice.emote' : staleKey(at);
}

function illegalKey(at: TapResult, { technique }: Choice): TextKey {
  const own = at.record.sheets[at.side].techniques;
  if (technique != null && !own.includes(technique)) return 'battle.notice.not_learnt';
  const resting = at.record.battle.fighters[at.side].lastTechnique === technique;
  return resting ? 'battle.notice.resting' : 'battle.notice.unaffordable';
}

function staleKey({ record }: TapResult): TextKey {
  return record.endedAtMs === null ? 'battle.notice.stale' : 'battle.notice.over';
}
