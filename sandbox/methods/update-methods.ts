import { badRequest } from '../errors/api-error.ts';
import type { Parameters } from '../requests/parameters.ts';
import type { World } from '../world/world.ts';
import { DescribedResult, defineMethod } from './method.ts';

const LONGEST_POLL_S = 50;

export const updateMethods = [
  defineMethod('getUpdates', 'offset limit timeout allowed_updates', (call) => {
    const { world, parameters, signal } = call;
    rememberAllowed(world, parameters);
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
  defineMethod(
    'setWebhook',
    'url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token',
    ({ world, parameters }) => {
      if (parameters.text('url') !== '') {
        throw badRequest('bad webhook: the sandbox delivers by getUpdates only');
      }
      return withoutWebhook(world, parameters);
    },
  ),
  defineMethod('deleteWebhook', 'drop_pending_updates', ({ world, parameters }) =>
    withoutWebhook(world, parameters),
  ),
  defineMethod('getWebhookInfo', '', ({ world: { updates } }) => ({
    url: '',
    has_custom_certificate: false,
    pending_update_count: updates.pendingCount,
    ...(updates.allowed === null ? {} : { allowed_updates: updates.allowed }),
  })),
];

function withoutWebhook(world: World, parameters: Parameters): DescribedResult {
  if (parameters.flag('drop_pending_updates')) world.updates.clear();
  return new DescribedResult(true, 'Webhook is already deleted');
}

/** A list that is none changes nothing; an empty one asks for the usual kinds. */
function rememberAllowed(world: World, parameters: Parameters): void {
  try {
    const names = parameters.json('allowed_updates', () => badRequest('allowed_updates'));
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return;
    world.updates.allow(names.length === 0 ? null : names);
  } catch {
    return;
  }
}
