import { type BattleArchive, DamagedBattleError } from '../combat/battle-archive.ts';
import type { CombatService } from '../combat/combat-service.ts';
import type { Encounter, WildBattleReply, WildBattles } from '../combat/wild-battles.ts';
import type { Mode } from '../core/mode.ts';
import type { ArenaSessionService } from './arena-session-service.ts';
import type { ArenaStore } from './arena-store.ts';
import type { Drain } from './drain.ts';
import { MatchedBattles, type MatchedBattlesDeps } from './matched-battles.ts';

export interface ArenaWildBattlesDeps extends MatchedBattlesDeps {
  readonly sessions: ArenaSessionService;
  readonly combat: CombatService;
  readonly queues: Pick<ArenaStore, 'freeSeat'>;
  readonly archive: Pick<BattleArchive, 'find'>;
  readonly drain: Pick<Drain, 'isOn'>;
}

/** Whose numbers and queue a claim names; a wild battle uses none of them. */
const mode: Mode = '1v1';

/** Battles against monsters take a seat and a match as those of the arena do, and end as they do. */
export class ArenaWildBattles implements WildBattles {
  readonly #deps: ArenaWildBattlesDeps;
  readonly #battles: MatchedBattles;

  constructor(deps: ArenaWildBattlesDeps) {
    this.#deps = deps;
    this.#battles = new MatchedBattles(deps);
  }

  /** Raises OutageError if neither Redis knows the battle nor the archive can be asked. */
  async start(charId: number, encounter: Encounter): Promise<WildBattleReply> {
    const { sessions, combat, drain } = this.#deps;
    const known = await combat.find(encounter.id);
    if (known !== null) return known.endedAtMs === null ? 'fights' : 'ended';
    if (await this.#isArchived(encounter.id)) return 'ended';
    if (drain.isOn()) return 'draining';
    const joined = await sessions.startWild(charId, mode, encounter);
    if (joined.kind === 'not_ready') return 'not_ready';
    if (joined.kind !== 'joined' || joined.match === null) return 'busy';
    const battle = await this.#battles.create(joined.match, true);
    if (battle === null) return 'not_ready';
    if (battle.endedAtMs === null) return 'fights';
    // Another process has started and finished it since it was looked for.
    await this.#deps.queues.freeSeat(charId, encounter.id);
    return 'ended';
  }

  async #isArchived(battleId: string): Promise<boolean> {
    try {
      return (await this.#deps.archive.find(battleId)) !== null;
    } catch (error) {
      if (error instanceof DamagedBattleError) return true;
      throw error;
    }
  }
}
