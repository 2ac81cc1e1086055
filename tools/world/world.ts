import { parseArgs } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { print } from '../bench/print-table.ts';
import { describeViolation } from '../chaos/violation.ts';
import { auditEarned, endedBeforeRewards } from '../chaos/audit.ts';
import { readEarned } from '../chaos/earned.ts';
import { greedyTables } from './life-greedy.ts';
import { lifeTables } from './life-tables.ts';
import { simulateLife } from './life.ts';

/**
 * `npm run world -- life [--characters 1000] [--days 14] [--seed 1]` simulates days of play; with
 * `--greedy` it looks for ways to farm more than is meant (40 characters and 7 days are enough);
 * `DATABASE_URL=… npm run world -- audit` checks what characters have earned.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    characters: { type: 'string', default: '1000' },
    days: { type: 'string', default: '14' },
    seed: { type: 'string', default: '1' },
    greedy: { type: 'boolean', default: false },
  },
});

const commands: Readonly<Record<string, () => Promise<void>>> = { life, audit };
const command = commands[positionals[0] ?? ''];
if (command === undefined) {
  process.stderr.write(`known are: ${Object.keys(commands).join(', ')}\n`);
  process.exitCode = 2;
} else {
  await command();
}

async function life(): Promise<void> {
  const { characters, days, seed } = values;
  const options = { characters: Number(characters), days: Number(days), seed: Number(seed) };
  if (values.greedy) print(await greedyTables(options));
  else print(lifeTables(await simulateLife(options)));
}

/** Reads only, and does not migrate: the bot may be running. */
async function audit(): Promise<void> {
  const connectionString = process.env['DATABASE_URL'];
  if (connectionString === undefined) throw new Error('audit needs DATABASE_URL');
  const client = new Client({ connectionString });
  await client.connect();
  const earned = await readEarned(drizzle({ client })).finally(() => client.end());
  const { paid, unpaid, violations } = auditEarned(earned, endedBeforeRewards(earned));
  const items = earned.characters.flatMap((one) => one.items);
  print(`characters  ${earned.characters.length}`);
  print(`battles     ${paid} sides paid, ${unpaid.length} battles ended before the first paid one`);
  print(
    `items       ${items.length} made, ${items.filter((one) => one.gone_at !== null).length} gone`,
  );
  print(`wrong       ${violations.length}`);
  for (const one of violations) print(`  ${describeViolation(one)}`);
  if (violations.length > 0) process.exitCode = 1;
}
