import {
  type ArchivedBattle,
  type BattleArchive,
  type BattlePage,
  type BattleSummary,
  DamagedBattleError,
  type PageRequest,
  pageOf,
} from '../../domains/combat/battle-archive.ts';
import type { Side } from '../../domains/combat/battle.ts';
import { otherSide } from '../../domains/combat/battle-session.ts';
import { levelOfShadow } from '../../domains/combat/shadow.ts';
import { isWild, kindOfSide } from '../../domains/combat/side-kind.ts';
import { OutageError } from '../../domains/core/outage-error.ts';

export class MemoryBattleArchive implements BattleArchive {
  readonly battles = new Map<string, ArchivedBattle>();
  readonly damaged = new Set<string>();
  isDown = false;
  callCount = 0;

  async store(battle: ArchivedBattle): Promise<'stored' | 'known'> {
    await this.#call();
    if (this.battles.has(battle.id)) return 'known';
    this.battles.set(battle.id, battle);
    return 'stored';
  }

  async find(id: string): Promise<ArchivedBattle | null> {
    await this.#call();
    if (this.damaged.has(id)) throw new DamagedBattleError(id, 'by the test');
    return this.battles.get(id) ?? null;
  }

  async listOf(charId: number, request: PageRequest): Promise<BattlePage> {
    await this.#call();
    const latestFirst = [...this.battles.values()].flatMap((one) => this.#summaries(one, charId));
    latestFirst.sort((one, other) => (isBefore(one, other) ? 1 : -1));
    return pageOf(beside(latestFirst, request).slice(0, request.limit + 1), request);
  }

  async countOf(charId: number, atMost: number): Promise<number> {
    await this.#call();
    const fought = [...this.battles.values()].filter((battle) => !isWild(battle));
    const all = fought.flatMap((one) => this.#summaries(one, charId));
    const isLeft = (one: BattleSummary) =>
      one.kind === 'whole' &&
      one.reason === 'surrender' &&
      one.turns === 1 &&
      one.opponent.charId === null;
    return Math.min(all.filter((one) => !isLeft(one)).length, atMost);
  }

  #summaries(battle: ArchivedBattle, charId: number): BattleSummary[] {
    const { id, endedAtMs, mode, turns, outcome, sides } = battle;
    return ([0, 1] as const)
      .filter((side: Side) => sides[side].charId === charId)
      .map((side): BattleSummary => {
        const known = { id, endedAtMs, side, own: sides[side], opponent: sides[otherSide(side)] };
        if (this.damaged.has(id)) return { ...known, kind: 'damaged' };
        const isShadow = kindOfSide(known.opponent) === 'shadow';
        const shadow = isShadow ? levelOfShadow(battle.sheets[1]) : null;
        return { ...known, kind: 'whole', mode, turns, reason: outcome.reason, shadow };
      });
  }

  #call(): Promise<void> {
    this.callCount += 1;
    return this.isDown ? Promise.reject(new OutageError('the archive is down')) : Promise.resolve();
  }
}

type Placed = Pick<BattleSummary, 'id' | 'endedAtMs'>;

function isBefore(one: Placed, other: Placed): boolean {
  return one.endedAtMs === other.endedAtMs ? one.id < other.id : one.endedAtMs < other.endedAtMs;
}

/** Battles before or after the request's position, the nearest first. */
function beside(latestFirst: readonly BattleSummary[], request: PageRequest): BattleSummary[] {
  if (request.kind === 'latest') return [...latestFirst];
  const { than } = request;
  if (request.kind === 'older') return latestFirst.filter((one) => isBefore(one, than));
  return latestFirst.filter((one) => isBefore(than, one)).toReversed();
}
