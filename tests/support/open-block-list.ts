import { BlockList } from '../../domains/account/block-list.ts';
import { FixedClock } from './clock.ts';
import { MemoryBlocks } from './memory-blocks.ts';
import { MemoryMemos } from './memory-memos.ts';
import { silentLog } from './silent-log.ts';

export function openBlockList(): BlockList {
  const blocks = new MemoryBlocks();
  return new BlockList({
    blocks,
    memos: new MemoryMemos(),
    clock: new FixedClock(),
    log: silentLog,
  });
}
