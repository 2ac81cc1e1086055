import { Composer } from 'grammy';
import type { Language } from '../domains/account/player-store.ts';
import type { Greeting } from '../domains/account/users-repository.ts';
import type { ArenaReply } from '../domains/arena/arena-service.ts';
import { refused } from '../domains/core/reply.ts';
import { text } from '../domains/core/text.ts';
import type { UiPayload } from '../domains/core/ui-payload.ts';
import type { ArenaContext } from './arena-context.ts';
import { type Action, unpackAction } from './callback-data.ts';
import type { BotDeps } from './bot-deps.ts';
import { NAME_CONVERSATION, takeTypedText } from './name-conversation.ts';
import type { Manner } from './outbox/item.ts';
import { Translator, languageFor } from './translator.ts';

/** What each kind of update leads to. */
export function handlers(deps: BotDeps): Composer<ArenaContext> {
  const composer = new Composer<ArenaContext>();
  composer.filter(
    (ctx) => ctx.chat?.type !== 'private',
    (ctx) => onlyInPrivate(deps, ctx),
  );

  const chat = composer.filter(hasSender);
  chat.use(async (ctx, next) => {
    await deps.reception.greet(greetingOf(ctx.from));
    await next();
  });
  chat.command(['start', 'menu'], (ctx) => act(deps, ctx, { action: 'home' }));
  chat.command('history', (ctx) => act(deps, ctx, { action: 'history' }));
  chat.command('help', (ctx) => act(deps, ctx, { action: 'help' }));
  chat.command('language', (ctx) => act(deps, ctx, { action: 'language' }));
  chat.on('callback_query', (ctx) => tap(deps, ctx));
  chat.on('message:text', (ctx) => typed(deps, ctx));
  chat.on('message', (ctx) => unasked(deps, ctx));
  return composer;
}

function greetingOf(from: NonNullable<ArenaContext['from']>): Greeting {
  return {
    userId: from.id,
    firstName: storable(from.first_name),
    lastName: from.last_name === undefined ? null : storable(from.last_name),
    username: from.username ?? null,
    language: languageFor(from.language_code),
  };
}

/** No database takes a NUL in a text, and no reader misses it. */
function storable(name: string): string {
  return name.replaceAll('\0', '');
}

type PrivateContext = ArenaContext & { readonly from: NonNullable<ArenaContext['from']> };

function hasSender(ctx: ArenaContext): ctx is PrivateContext {
  return ctx.from !== undefined;
}

const looks: ReadonlySet<Action['action']> = new Set(['home', 'battle.look', 'arena.check']);

async function tap(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const action = unpackAction(ctx.callbackQuery?.data ?? '');
  const messageId = ctx.callbackQuery?.message?.message_id;
  const present =
    messageId === undefined ||
    (await deps.outbox.isPresent(ctx.from.id, messageId, ctx.tap?.present));
  // Whoever asks to see the screen sees it, whatever may have been written over it meanwhile.
  if (action === null || looks.has(action.action)) deps.outbox.spoil(ctx.from.id);
  const { asOfMs, reply: came } = await acted(deps, ctx, action ?? { action: 'home' });
  const reply = action === null ? unknown(came) : came;
  // A tap on a message further up: its screen has moved on, and so must the player's eyes.
  const manner = present ? 'quiet' : 'below';
  await show(deps, ctx, { payload: withNotice(reply, ctx), manner, asOfMs });
  if (!present) void deps.outbox.retire(ctx.from.id, messageId);
}

/** Text that no conversation took: after a restart it may still be the name that was asked for. */
async function typed(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const isCommand = ctx.message?.text?.startsWith('/') === true;
  if (isCommand || ctx.asksForName !== true) {
    await (isCommand ? act(deps, ctx, { action: 'home' }) : unasked(deps, ctx));
    return;
  }
  await takeTypedText(deps, ctx.update);
}

/** Whatever nobody has asked for: the screen comes below it, and says why nothing came of it. */
async function unasked(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const { asOfMs, reply } = await acted(deps, ctx, { action: 'home' });
  const payload = { ...reply.payload, notice: text('bot.notice.use_buttons') };
  await show(deps, ctx, { payload, manner: 'below', asOfMs });
}

/** What was typed has pushed the screen up: it comes again at the end of the chat. */
async function act(deps: BotDeps, ctx: PrivateContext, action: Action): Promise<void> {
  const { asOfMs, reply } = await acted(deps, ctx, action);
  await show(deps, ctx, { payload: withNotice(reply, ctx), manner: 'below', asOfMs });
}

/** What comes of it, and as of when. */
async function acted(deps: BotDeps, ctx: PrivateContext, action: Action) {
  const asOfMs = deps.outbox.moment();
  return { asOfMs, reply: await deps.reception.act(ctx.from.id, action, ctx.tap) };
}

/** A notice is shown once: as the toast while the query is open, else on the screen. */
function withNotice(reply: ArenaReply, ctx: PrivateContext): ArenaReply['payload'] {
  if (reply.kind === 'shown' || ctx.tapAnswer?.tell(reply.notice) === true) return reply.payload;
  return { ...reply.payload, notice: reply.notice };
}

/** No button of ours carries this: the player reads so, and sees the present screen. */
function unknown(reply: ArenaReply): ArenaReply {
  return refused(text('bot.notice.unknown'), reply.payload);
}

interface Shown {
  readonly payload: UiPayload<Action>;
  readonly manner: Manner;
  readonly asOfMs: number;
}

async function show(deps: BotDeps, ctx: PrivateContext, { payload, ...how }: Shown): Promise<void> {
  // A tap reads and writes no conversation: the remembered screen says that a name is asked for.
  if (ctx.tap === undefined) await converse(ctx, payload);
  // Not waited for: the player's next tap counts, however slow Telegram is to show this one.
  const language = languageFor(ctx.from.language_code);
  const reader = await readerOf(ctx);
  void deps.outbox.show(ctx.from.id, payload, { ...how, language, reader });
}

async function converse(ctx: PrivateContext, payload: UiPayload<Action>): Promise<void> {
  const isActive = ctx.conversation.active(NAME_CONVERSATION) > 0;
  if (payload.asks === 'name' && !isActive) await ctx.conversation.enter(NAME_CONVERSATION);
  if (payload.asks === undefined && isActive) await ctx.conversation.exit(NAME_CONVERSATION);
}

/** The language as the tap has read it; null where the tap may have changed it. */
async function readerOf({ tap, callbackQuery }: PrivateContext): Promise<Language | null> {
  if (tap === undefined || callbackQuery?.data?.startsWith('language.set') === true) return null;
  return (await tap.player.catch(() => null))?.language ?? null;
}

async function onlyInPrivate(deps: BotDeps, ctx: ArenaContext): Promise<void> {
  if (ctx.chat === undefined || ctx.message?.text?.startsWith('/') !== true) return;
  const translator = new Translator(languageFor(ctx.from?.language_code), { clientTime: false });
  await deps.outbox.say(ctx.chat.id, translator.plain(text('bot.private_only')));
}
