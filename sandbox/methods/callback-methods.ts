import { badRequest } from '../errors/api-error.ts';
import { countCodePoints } from '../text/compose-text.ts';
import { defineMethod } from './method.ts';

const LONGEST_ANSWER = 200;
/** An answer may only open a link of Telegram. */
const TELEGRAM_LINK = /^(?:(?:https?:\/\/)?(?:t|telegram)\.me\/|tg:)/i;

export const callbackMethods = [
  defineMethod(
    'answerCallbackQuery',
    'callback_query_id text show_alert url cache_time',
    ({ world, parameters }) => {
      const query = world.callbacks.find(parameters.text('callback_query_id'), world.time.now());
      if (query === null) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      }
      const text = parameters.text('text');
      const url = parameters.text('url');
      if (countCodePoints(text) > LONGEST_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
      if (url !== '' && !TELEGRAM_LINK.test(url)) throw badRequest('URL_INVALID');
      world.callbacks.close(query);
      world.chats.showToast(query.personId, {
        callbackQueryId: query.id,
        text,
        isAlert: parameters.flag('show_alert'),
        url: url === '' ? null : url,
      });
      return true;
    },
  ),
];
