import { Composer, type Filter } from 'grammy';
import type { Language } from '../domains/account/hot-user-store.ts';
import type { UserProfile } from '../domains/account/users-repository.ts';
import type { Command } from '../domains/core/feature.ts';
import { home } from '../domains/core/home-feature.ts';
import { refused } from '../domains/core/reply.ts';
import { text } from '../domains/core/text.ts';
import type { ActionShape, UiPayload } from '../domains/core/ui-payload.ts';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps } from './bot-deps.ts';
import { forgetConversation } from './conversation-storage.ts';
import type { DeliveryMode } from './outbox/queued-screen.ts';
import { TYPED_CONVERSATION, answerTypedText } from './typed-conversation.ts';
import { Translator, languageFor } from './translator.ts';
import { withNotice } from './with-notice.ts';

export function handlers(deps: BotDeps): Composer<ArenaContext> {
  const composer = new Composer<ArenaContext>();
  const names = deps.features.commands.map(({ name }) => name);
  composer
    .chatType(['group', 'supergroup'])
    .on('message')
    .command(names, (ctx) => handleGroupCommand(deps, ctx));

  const chat = composer.chatType('private').filter(isFromPerson);
  chat.use(async (ctx, next) => {
    await deps.router.registerUser(profileOf(ctx.from));
    await next();
  });
  for (const command of deps.features.commands) {
    chat.command(command.name, (ctx) =>
      handleCommand(deps, ctx, { ...command, typed: ctx.match.trim() }),
    );
  }
  for (const command of deps.features.hiddenCommands) {
    chat
      .filter((ctx) => command.isKnownTo(ctx.from.id))
      .command(command.name, (ctx) =>
        handleCommand(deps, ctx, { ...command, typed: ctx.match.trim() }),
      );
  }
  chat.on('callback_query', (ctx) => handleTap(deps, ctx));
  chat.on('message', (ctx) => handleMessage(deps, ctx));
  return composer;
}

type PrivateContext = ArenaContext & { readonly from: NonNullable<ArenaContext['from']> };
type GroupContext = Pick<Filter<ArenaContext, 'message'>, 'message' | 'from'>;

/** What a message can hold that a person sends. All others, and all kinds to come, are service messages. */
const written = [
  ...(['message:text', 'message:file', 'message:story', 'message:contact'] as const),
  ...(['message:location', 'message:venue', 'message:poll', 'message:dice'] as const),
  ...(['message:game', 'message:checklist', 'message:paid_media', 'message:rich_message'] as const),
];

/** True for taps and for messages that a person sends; a pin, for one, is a message too. */
function isFromPerson(ctx: ArenaContext): ctx is PrivateContext {
  return ctx.from?.is_bot === false && (ctx.callbackQuery !== undefined || ctx.has(written));
}

function profileOf(from: PrivateContext['from']): UserProfile {
  // No database stores a NUL in a text.
  const storable = (name: string) => name.replaceAll('\0', '');
  return {
    userId: from.id,
    firstName: storable(from.first_name),
    lastName: from.last_name === undefined ? null : storable(from.last_name),
    username: from.username ?? null,
    language: languageFor(from.language_code),
  };
}

async function handleTap(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const action = ctx.tap?.action ?? null;
  const messageId = ctx.callbackQuery?.message?.message_id;
  const isCurrent =
    messageId === undefined ||
    (await deps.outbox.isCurrent(ctx.from.id, messageId, ctx.tap?.currentScreen));
  // A player who asks to see the screen gets it, even if the chat is thought to show it.
  if (action === null || deps.features.isReadOnly(action)) deps.outbox.invalidate(ctx.from.id);
  const { asOfMs, reply } = await act(deps, ctx, action ?? home);
  const shown = action === null ? refused(text('bot.notice.unknown'), reply.payload) : reply;
  // A tap on an old message further up brings the screen to the end of the chat.
  const mode = isCurrent && shown.payload.isBelowFile !== true ? 'edit' : 'resend';
  await show(deps, ctx, { payload: withNotice(shown, ctx), mode, asOfMs });
  if (shown.payload.isLast === true) await forgetConversation(deps.memos, ctx);
  if (!isCurrent) void deps.outbox.removeMessage(ctx.from.id, messageId);
}

/** Text that no conversation took may still be an answer: after a restart, for one. */
async function handleMessage(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  if (ctx.asks == null) return handleUnexpected(deps, ctx);
  await answerTypedText(deps, ctx);
}

/** The screen comes again below the player's message, and says that it was not understood. */
async function handleUnexpected(deps: BotDeps, ctx: PrivateContext): Promise<void> {
  const { asOfMs, reply } = await act(deps, ctx, home);
  const payload = { ...reply.payload, notice: text('bot.notice.use_buttons') };
  await show(deps, ctx, { payload, mode: 'resend', asOfMs });
}

async function handleCommand(
  deps: BotDeps,
  ctx: PrivateContext,
  { action, asks, typed }: Command & { readonly typed: string },
): Promise<void> {
  const asOfMs = deps.outbox.now();
  const answered =
    asks === undefined || typed === ''
      ? null
      : await deps.router.handleText(ctx.from.id, { asks, typed });
  const reply = answered ?? (await deps.router.act(ctx.from.id, action, ctx.tap));
  await show(deps, ctx, { payload: withNotice(reply, ctx), mode: 'resend', asOfMs });
}

async function act(deps: BotDeps, ctx: PrivateContext, action: ActionShape) {
  const asOfMs = deps.outbox.now();
  return { asOfMs, reply: await deps.router.act(ctx.from.id, action, ctx.tap) };
}

interface Shown {
  readonly payload: UiPayload;
  readonly mode: DeliveryMode;
  readonly asOfMs: number;
}

async function show(deps: BotDeps, ctx: PrivateContext, { payload, ...how }: Shown): Promise<void> {
  // A tap reads and writes no conversation: the remembered screen says what is asked for.
  if (ctx.tap === undefined) await converse(ctx, payload);
  const language = languageFor(ctx.from.language_code);
  const readerLanguage = await languageOf(deps, ctx);
  // Not awaited: a slow Telegram must not delay the player's next tap.
  const facts = { language, readerLanguage, askedMs: ctx.receivedMs };
  void deps.outbox.show(ctx.from.id, payload, { ...how, ...facts });
}

async function converse({ conversation }: PrivateContext, { asks }: UiPayload): Promise<void> {
  const isActive = conversation.active(TYPED_CONVERSATION) > 0;
  if (asks !== undefined && !isActive) await conversation.enter(TYPED_CONVERSATION);
  if (asks === undefined && isActive) await conversation.exit(TYPED_CONVERSATION);
}

/** The language as read with the tap; null if the tap may have changed it. */
async function languageOf(
  { features }: BotDeps,
  { tap }: PrivateContext,
): Promise<Language | null> {
  if (tap === undefined || (tap.action !== null && features.changesPlayer(tap.action))) return null;
  return (await tap.player.catch(() => null))?.language ?? null;
}

async function handleGroupCommand({ outbox }: BotDeps, ctx: GroupContext): Promise<void> {
  const { chat, is_topic_message, message_thread_id } = ctx.message;
  // Outside forums a thread is one of replies, into which nothing can be sent.
  const topicId = is_topic_message === true ? (message_thread_id ?? null) : null;
  const translator = new Translator(languageFor(ctx.from.language_code), { clientTime: false });
  const line = translator.plain(text('bot.private_only'));
  await outbox.sendToGroup({ chatId: chat.id, topicId }, line);
}
