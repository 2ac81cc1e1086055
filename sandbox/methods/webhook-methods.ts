import { badRequest } from '../errors/api-error.ts';
import type { Parameters } from '../requests/parameters.ts';
import { toSeconds } from '../world/time.ts';
import type { WebhookSettings } from '../world/webhook-store.ts';
import type { World } from '../world/world.ts';
import { rememberAllowed } from './allowed-updates.ts';
import { DescribedResult, defineMethod } from './method.ts';

const CONNECTIONS = { fallback: 40, min: 1, max: 100 };
const LONGEST_SECRET = 256;

export const webhookMethods = [
  defineMethod(
    'setWebhook',
    'url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token',
    ({ world, parameters }) => {
      if (parameters.text('url') === '') return withoutWebhook(world, parameters);
      const settings = readSettings(parameters);
      rememberAllowed(world, parameters);
      if (parameters.flag('drop_pending_updates')) world.updates.clear();
      const isNew = world.webhook.set(settings);
      world.noteBotStarted();
      world.updates.endPoll('webhook');
      return new DescribedResult(true, isNew ? 'Webhook was set' : 'Webhook is already set');
    },
  ),
  defineMethod('deleteWebhook', 'drop_pending_updates', ({ world, parameters }) =>
    withoutWebhook(world, parameters),
  ),
  defineMethod('getWebhookInfo', '', ({ world: { updates, webhook } }) => ({
    url: webhook.settings?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: updates.pendingCount,
    ...(webhook.lastFailure === null
      ? {}
      : {
          last_error_date: toSeconds(webhook.lastFailure.atMs),
          last_error_message: webhook.lastFailure.reason,
        }),
    ...(webhook.settings === null ? {} : { max_connections: webhook.settings.maxConnections }),
    ...(updates.allowed === null ? {} : { allowed_updates: updates.allowed }),
  })),
];

function withoutWebhook(world: World, parameters: Parameters): DescribedResult {
  const wasSet = world.webhook.set(null);
  if (parameters.flag('drop_pending_updates')) world.updates.clear();
  return new DescribedResult(true, wasSet ? 'Webhook was deleted' : 'Webhook is already deleted');
}

/** Plain http is allowed, because the bot runs on the same machine. A certificate is ignored. */
function readSettings(parameters: Parameters): WebhookSettings {
  const url = parameters.text('url');
  if (!/^\w+:\/\//.test(url)) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    throw badRequest('invalid webhook URL specified');
  }
  const secretToken = parameters.text('secret_token');
  if (secretToken.length > LONGEST_SECRET) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(secretToken)) {
    throw badRequest('secret token contains unallowed characters');
  }
  return { url, secretToken, maxConnections: parameters.clamped('max_connections', CONNECTIONS) };
}
