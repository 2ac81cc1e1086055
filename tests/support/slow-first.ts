import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest: begun last, one of them would prolong the whole run. */
const slow = [
  'tests/domains/combat/loadouts',
  'tests/domains/combat/levelled-duels',
  'tests/races/arena-model',
  'tests/tools/chaos-run.full',
  'tests/database/folder-lock.full',
  'tests/e2e/two-phones.full',
  'tests/journeys/return-after-sigkill.full',
  'tests/journeys/return-after-sigint.full',
  'tests/journeys/return-on-postgresql.full',
  'tests/journeys/rolling-deploy.full',
  'tests/e2e/chat-page',
  'tests/journeys/npm-start',
  'tests/journeys/start-and-stop',
  'tests/database/connect',
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
