import type { Log } from '../../domains/core/log.ts';

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
