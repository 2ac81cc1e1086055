import { drawChat } from '../people/chat-view.ts';
import type { SandboxPerson } from '../people/sandbox-person.ts';
import { BOT_ROUTES } from './bot-routes.ts';
import { CALL_ROUTES } from './call-routes.ts';
import { ControlError } from './control-error.ts';
import { newMessage, newPerson, newTap } from './control-requests.ts';
import { describePerson } from './describe-person.ts';
import { FAULT_ROUTES } from './fault-routes.ts';
import { PEOPLE_ROUTES } from './people-routes.ts';
import { personOf } from './person-of.ts';
import { numberIn, route } from './route.ts';
import type { Route } from './route.ts';
import { TRAFFIC_ROUTES } from './traffic-routes.ts';

const LONGEST_WAIT_S = 50;

export const ROUTES: readonly Route[] = [
  ...PEOPLE_ROUTES,
  ...BOT_ROUTES,
  route('GET', '/people', ({ context }) => context.people.list().map(described)),
  route('POST', '/people', ({ context, body }) => {
    const profile = newPerson.parse(body);
    try {
      return described(context.people.add(profile));
    } catch (error) {
      if (error instanceof RangeError) throw new ControlError(409, error.message);
      throw error;
    }
  }),
  route('GET', '/people/:id', (request) => described(personOf(request))),
  route('POST', '/people/:id/messages', (request) => {
    const { text, reply_to_message_id: replyToId } = newMessage.parse(request.body);
    return personOf(request).say(text, replyToId === undefined ? {} : { replyToId });
  }),
  route('DELETE', '/people/:id/messages/:messageId', (request) => {
    personOf(request).deleteMessage(Number(request.path['messageId']));
    return { deleted: true };
  }),
  route('POST', '/people/:id/taps', (request) => {
    const { button, ...options } = newTap.parse(request.body);
    const { callbackQueryId, messageId, data } = personOf(request).tap(button, options);
    return { callbackQueryId, messageId, data };
  }),
  route('POST', '/people/:id/block', (request) => {
    personOf(request).block();
    return described(personOf(request));
  }),
  route('POST', '/people/:id/unblock', (request) => {
    personOf(request).unblock();
    return described(personOf(request));
  }),
  route('GET', '/people/:id/chat', (request) => {
    const chat = personOf(request).chat();
    return { ...chat, drawn: drawChat(chat).split('\n') };
  }),
  route('GET', '/people/:id/events', (request) => {
    const after = numberIn(request.query, 'after', 0);
    const timeoutS = Math.min(numberIn(request.query, 'timeout', 0), LONGEST_WAIT_S);
    const person = personOf(request);
    return timeoutS === 0
      ? person.events(after)
      : person.nextEvents(after, timeoutS * 1000, request.signal);
  }),
  ...CALL_ROUTES,
  ...FAULT_ROUTES,
  ...TRAFFIC_ROUTES,
];

function described({ profile }: SandboxPerson) {
  return describePerson(profile);
}
