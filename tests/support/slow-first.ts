import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, by now mostly waiting: begun last, one of them would prolong the whole run. */
const slow = [
  'tests/e2e/chat-page',
  'tests/tools/chaos-run',
  'tests/journeys/restart-and-return',
  'tests/database/folder-lock',
  'tests/journeys/start-and-stop',
  'tests/races/arena-model',
  'tests/database/connect',
  'tests/journeys/npm-start',
];

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = slow.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
  return rank < 0 ? slow.length : rank;
}
