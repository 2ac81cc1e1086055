import { conflict } from '../errors/api-error.ts';
import { rememberAllowed } from './allowed-updates.ts';
import { defineMethod } from './method.ts';

const LONGEST_POLL_S = 50;
const UNDER_WEBHOOK =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

export const updateMethods = [
  defineMethod('getUpdates', 'offset limit timeout allowed_updates', (call) => {
    const { world, parameters, signal } = call;
    if (world.webhook.settings !== null) throw conflict(UNDER_WEBHOOK);
    rememberAllowed(world, parameters);
    world.noteBotStarted();
    const timeoutS = parameters.clamped('timeout', { fallback: 0, min: 0, max: LONGEST_POLL_S });
    return world.updates.take(
      {
        offset: parameters.integer('offset') ?? 0,
        limit: parameters.clamped('limit', { fallback: 100, min: 1, max: 100 }),
        timeoutMs: timeoutS * 1000,
      },
      signal,
    );
  }),
];
