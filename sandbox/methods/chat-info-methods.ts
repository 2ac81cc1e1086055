import { badRequest } from '../errors/api-error.ts';
import { chatJson, userJson } from '../world/message-json.ts';
import type { Json } from '../world/json.ts';
import { defineMethod } from './method.ts';
import type { MethodCall } from './method.ts';
import { personOf } from './target.ts';

const NO_GIFTS = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
};

/** Information about a private chat and its members. */
export const chatInfoMethods = [
  defineMethod('getChat', 'chat_id', (call) => {
    const { world } = call;
    const person = personOf(call);
    const pinned = world.messages.find(person.id, person.pinnedMessageIds.at(-1) ?? 0);
    return {
      ...chatJson(person),
      ...(person.username === null ? {} : { active_usernames: [person.username] }),
      ...(pinned === null ? {} : { pinned_message: world.show(pinned, person) }),
      accent_color_id: person.id % 7,
      max_reaction_count: 11,
      accepted_gift_types: NO_GIFTS,
    };
  }),
  defineMethod('getChatMember', 'chat_id user_id', (call) => {
    const person = personOf(call);
    const userId = call.parameters.integer('user_id') ?? 0;
    if (userId <= 0) throw badRequest('invalid user_id specified');
    return { user: memberJson(call, person.id, userId), status: 'member' };
  }),
  defineMethod('getUserProfilePhotos', 'user_id offset limit', ({ world, parameters }) => {
    const userId = parameters.integer('user_id') ?? 0;
    if (userId <= 0) throw badRequest('invalid user_id specified');
    const isKnown = world.people.find(userId) !== null || world.bot.id === userId;
    if (!isKnown) throw badRequest('user not found');
    return { total_count: 0, photos: [] };
  }),
];

function memberJson({ world }: MethodCall, chatId: number, userId: number): Json {
  if (userId === world.bot.id) return world.bot.json();
  const person = world.people.find(userId);
  if (person === null) throw badRequest('user not found');
  if (userId !== chatId) throw badRequest('member not found');
  return { ...userJson(person) };
}
