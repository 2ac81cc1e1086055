import { test } from 'vitest';
import { newDataDir } from '../support/bot-process.ts';
import { RETURN_TIMEOUT_MS, checkReturn } from '../support/check-return.ts';

test(
  'a restarted bot whose Redis is lost finds its players and their characters after SIGKILL',
  async () => {
    await checkReturn({ DATA_DIR: await newDataDir() }, 'SIGKILL');
  },
  RETURN_TIMEOUT_MS,
);
