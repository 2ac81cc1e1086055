import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listCopies } from '../../database/embedded-copies.ts';
import { ageLock } from '../support/age-lock.ts';
import { followOutput } from '../support/bot-child.ts';
import { compiledProgram } from '../support/compiled-program.ts';
import { newFolder, openAndRead } from '../support/embedded-folder.ts';
import { fillWithPglite } from '../support/pglite-template.ts';
import { shortRun } from '../support/short-run.ts';

const LONG = 180_000;
const KILLS = 10;

let program = '';
beforeAll(async () => {
  program = await compiledProgram('fill-database');
});

describe('a process that writes and copies without pause', () => {
  test(
    'is killed at random moments, and each row that it reported is there at the next start',
    async () => {
      const folder = newFolder();
      await fillWithPglite(join(folder, 'pglite'));
      let reported = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const writer = followOutput(spawn(process.execPath, [shortRun, program, folder]));
        onTestFinished(() => {
          writer.kill('SIGKILL');
        });
        await writer.prints(new RegExp(`row ${reported + 1 + Math.floor(Math.random() * 60)}\n`));
        writer.kill('SIGKILL');
        await writer.ended;
        ageLock(folder);
        reported = Number(
          writer
            .output()
            .match(/(?<=row )\d+(?=\n)/g)
            ?.at(-1),
        );
        const { names, errors } = await openAndRead(folder);
        expect(names.length).toBeGreaterThanOrEqual(reported);
        expect(errors).toEqual([]);
        reported = names.length;
      }
      // It was killed during copies as well: all that have their name are whole.
      rmSync(join(folder, 'pglite/PG_VERSION'));
      const { errors } = await openAndRead(folder);
      const [newest] = listCopies(folder);
      expect(errors).toMatchObject([
        { facts: { copyFrom: new Date(newest?.atMs ?? 0).toISOString() } },
      ]);
    },
    LONG,
  );
});
