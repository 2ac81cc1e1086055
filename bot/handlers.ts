import { Composer } from 'grammy';
import type { Language } from '../domains/account/hot-user-store.ts';
import type { UserProfile } from '../domains/account/users-repository.ts';
import { home } from '../domains/core/home-feature.ts';
import { type Reply, refused } from '../domains/core/reply.ts';
import { text } from '../domains/core/text.ts';
import type { ActionShape, UiPayload } from '../domains/core/ui-payload.ts';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps } from './bot-deps.ts';
import { TYPED_CONVERSATION, handleTypedText } from './typed-conversation.ts';
import type { DeliveryMode } from './outbox/queued-screen.ts';
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
    await deps.router.registerUser(greetingOf(ctx.from));
    await next();
  });
  for (const { name, action } of deps.features.commands) {
    chat.command(name, (ctx) => act(deps, ctx, action));
  }
  chat.on('callback_query', (ctx) => tap(deps, ctx));
  chat.on('message:text', (ctx) => typed(deps, ctx));
  chat.on('message', (ctx) => unasked(deps, ctx));
  return composer;
}

function greetingOf(from: NonNullable<ArenaContext['from']>): UserProfile {
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

async function tap(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const action = ctx.tap?.action ?? null;
  const messageId = ctx.callbackQuery?.message?.message_id;
  const present =
    messageId === undefined ||
    (await deps.outbox.isCurrent(ctx.from.id, messageId, ctx.tap?.currentScreen));
  // Whoever asks to see the screen sees it, whatever may have been written over it meanwhile.
  if (action === null || deps.features.isReadOnly(action)) deps.outbox.invalidate(ctx.from.id);
  const { asOfMs, reply: came } = await acted(deps, ctx, action ?? home);
  const reply = action === null ? unknown(came) : came;
  // A tap on a message further up: its screen has moved on, and so must the player's eyes.
  const mode = present ? 'edit' : 'resend';
  await show(deps, ctx, { payload: withNotice(reply, ctx), mode, asOfMs });
  if (!present) void deps.outbox.removeMessage(ctx.from.id, messageId);
}

/** Text that no conversation took: after a restart it may still be what was asked for. */
async function typed(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const isCommand = ctx.message?.text?.startsWith('/') === true;
  if (isCommand || ctx.answers == null) {
    await (isCommand ? act(deps, ctx, home) : unasked(deps, ctx));
    return;
  }
  await handleTypedText(deps, ctx);
}

/** Whatever nobody has asked for: the screen comes below it, and says why nothing came of it. */
async function unasked(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const { asOfMs, reply } = await acted(deps, ctx, home);
  const payload = { ...reply.payload, notice: text('bot.notice.use_buttons') };
  await show(deps, ctx, { payload, mode: 'resend', asOfMs });
}

/** What was typed has pushed the screen up: it comes again at the end of the chat. */
async function act(deps: BotDeps, ctx: PrivateContext, action: ActionShape): Promise<void> {
  const { asOfMs, reply } = await acted(deps, ctx, action);
  await show(deps, ctx, { payload: withNotice(reply, ctx), mode: 'resend', asOfMs });
}

/** What comes of it, and as of when. */
async function acted(deps: BotDeps, ctx: PrivateContext, action: ActionShape) {
  const asOfMs = deps.outbox.now();
  return { asOfMs, reply: await deps.router.act(ctx.from.id, action, ctx.tap) };
}

/** A notice is shown once: as the toast while the query is open, else on the screen. */
function withNotice(reply: Reply, ctx: PrivateContext): Reply['payload'] {
  if (reply.kind === 'shown' || ctx.tapAnswer?.showToast(reply.notice) === true)
    return reply.payload;
  return { ...reply.payload, notice: reply.notice };
}

/** No button of ours carries this: the player reads so, and sees the present screen. */
function unknown(reply: Reply): Reply {
  return refused(text('bot.notice.unknown'), reply.payload);
}

interface Shown {
  readonly payload: UiPayload;
  readonly mode: DeliveryMode;
  readonly asOfMs: number;
}

async function show(deps: BotDeps, ctx: PrivateContext, { payload, ...how }: Shown): Promise<void> {
  // A tap reads and writes no conversation: the remembered screen says what is asked for.
  if (ctx.tap === undefined) await converse(ctx, payload);
  // Not waited for: the player's next tap counts, however slow Telegram is to show this one.
  const language = languageFor(ctx.from.language_code);
  const readerLanguage = await readerOf(deps, ctx);
  void deps.outbox.show(ctx.from.id, payload, { ...how, language, readerLanguage });
}

async function converse(ctx: PrivateContext, payload: UiPayload): Promise<void> {
  const isActive = ctx.conversation.active(TYPED_CONVERSATION) > 0;
  if (payload.asks !== undefined && !isActive) await ctx.conversation.enter(TYPED_CONVERSATION);
  if (payload.asks === undefined && isActive) await ctx.conversation.exit(TYPED_CONVERSATION);
}

/** The language as the tap has read it; null where the tap may have changed it. */
async function readerOf({ features }: BotDeps, { tap }: PrivateContext): Promise<Language | null> {
  if (tap === undefined || (tap.action !== null && features.changesPlayer(tap.action))) return null;
  return (await tap.player.catch(() => null))?.language ?? null;
}

async function onlyInPrivate(deps: BotDeps, ctx: ArenaContext): Promise<void> {
  if (ctx.chat === undefined || ctx.message?.text?.startsWith('/') !== true) return;
  const translator = new Translator(languageFor(ctx.from?.language_code), { clientTime: false });
  await deps.outbox.sendToGroup(ctx.chat.id, translator.plain(text('bot.private_only')));
}
