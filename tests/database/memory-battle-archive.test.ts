import { describe } from 'vitest';
import { checkBattleArchive } from '../support/battle-archive-contract.ts';
import { MemoryBattleArchive } from '../support/memory-battle-archive.ts';

describe('battles in memory', () => {
  checkBattleArchive(() => new MemoryBattleArchive());
});
