import type { ArchivedBattle, BattleArchive } from '../../domains/combat/battle-archive.ts';

/** An archive for tests that do not need a database; it can be away. */
export class MemoryBattleArchive implements BattleArchive {
  readonly battles = new Map<string, ArchivedBattle>();
  isDown = false;

  store(battle: ArchivedBattle): Promise<'stored' | 'known'> {
    if (this.isDown) return Promise.reject(new Error('the archive is down'));
    if (this.battles.has(battle.id)) return Promise.resolve('known');
    this.battles.set(battle.id, battle);
    return Promise.resolve('stored');
  }

  find(id: string): Promise<ArchivedBattle | null> {
    return Promise.resolve(this.battles.get(id) ?? null);
  }

  listOf(): Promise<never> {
    return Promise.reject(new Error('this archive lists nothing'));
  }
}
