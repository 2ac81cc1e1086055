import type { BattleArchive } from '../combat/battle-archive.ts';
import type { Clock } from '../core/clock.ts';
import { DAY_MS } from '../core/day.ts';
import type { Entropy } from '../core/entropy.ts';
import { type Feature, type Player, feature } from '../core/feature.ts';
import type { MemoStore } from '../core/memo-store.ts';
import { type Reply, shown } from '../core/reply.ts';
import { type Text, text } from '../core/text.ts';
import { actionSpecsOf } from '../core/action-schema.ts';
import { type AdminAction, adminActionSchema } from './admin-action.ts';
import {
  type AnnouncementReply,
  actOnAnnouncement,
  takeAnnouncementText,
} from './announcement-replies.ts';
import type { Announcements } from './announcements.ts';
import { type AdminService, shortened } from './admin-service.ts';
import { ADMIN_ASKS, ADMIN_TEXT_ASKS, type AdminPayload } from './admin-payload.ts';
import { adminScreen, askScreen, previewScreen } from './admin-screens.ts';
import { cardScreen } from './card-screen.ts';
import { flagsScreen } from './flag-screens.ts';
import type { FlagStore } from './flag-store.ts';
import { BALANCE_DAYS, type BalanceReader } from './balance.ts';
import { balanceScreen } from './balance-screen.ts';
import { type AskedPage, battlePage } from './battle-pages.ts';
import { type Pending, PendingText } from './pending-text.ts';

export interface AdminFeatureDeps {
  readonly admin: AdminService;
  readonly battles: Pick<BattleArchive, 'find'>;
  readonly flagReview: FlagStore;
  readonly balance: BalanceReader;
  readonly news: Announcements;
  readonly clock: Clock;
  readonly memos: MemoStore;
  readonly entropy: Pick<Entropy, 'id'>;
}

interface Deps extends AdminFeatureDeps {
  readonly pending: PendingText;
}

/** Only operators can see that it exists: for all others the command and its buttons are unknown. */
export function adminFeature(given: AdminFeatureDeps): Feature {
  const deps = { ...given, pending: new PendingText(given.memos) };
  const isAdmin = ({ userId }: Player) => deps.admin.isAdmin(userId);
  const unknown = (player: Player) => player.home(text('bot.notice.unknown'));
  return feature({
    name: 'admin',
    actions: adminActionSchema,
    act: (player: Player, action) =>
      isAdmin(player) ? act(deps, player.userId, action) : unknown(player),
    commands: [
      {
        name: 'admin',
        action: { action: 'admin' },
        description: 'admin.title',
        asks: ADMIN_ASKS,
        isKnownTo: (userId: number) => deps.admin.isAdmin(userId),
      },
    ],
    typed: [
      {
        asks: ADMIN_ASKS,
        handle: (player, typed) =>
          isAdmin(player) ? command(deps, player.userId, typed) : unknown(player),
      },
      {
        asks: ADMIN_TEXT_ASKS,
        handle: (player, typed) =>
          isAdmin(player) ? answer(deps, player.userId, shortened(typed)) : unknown(player),
      },
    ],
    // As an unknown button does, it writes the screen again.
    readOnly: actionSpecsOf(adminActionSchema).map(({ name }) => name as AdminAction['action']),
  });
}

async function act(deps: Deps, admin: number, action: AdminAction): Promise<Reply> {
  const { admin: service, flagReview } = deps;
  switch (action.action) {
    case 'admin':
      return overview(deps);
    case 'admin.battle':
      return battle(deps, action.value);
    case 'admin.void': {
      const { battleId } = action.value;
      return battle(deps, { battleId, step: 1 }, await service.voidBattle(admin, battleId));
    }
    case 'admin.flags':
      return flags(deps);
    case 'admin.flag_close': {
      const isClosed = await flagReview.close(admin, action.value);
      return flags(deps, text(isClosed ? 'admin.notice.reviewed' : 'admin.notice.not_open'));
    }
    case 'admin.drain':
      await service.drain(admin, action.value === 'on');
      return overview(deps);
    case 'admin.balance':
      return balance(deps);
    case 'admin.announce':
    case 'admin.announce_start':
    case 'admin.announce_confirmed':
    case 'admin.announce_end':
      return announced(deps, await actOnAnnouncement(deps, admin, action));
    case 'admin.broadcast':
    case 'admin.broadcast_send':
    case 'admin.broadcast_confirmed':
    case 'admin.broadcast_stop':
      return actOnBroadcast(deps, admin, action);
    default:
      return actOnPlayer(deps, admin, action);
  }
}

type PlayerAction = Extract<
  AdminAction,
  { action: `admin.${'player' | 'ban' | 'unban' | 'message' | 'gold' | 'draw'}` }
>;

async function actOnPlayer(deps: Deps, admin: number, action: PlayerAction): Promise<Reply> {
  const { admin: service } = deps;
  switch (action.action) {
    case 'admin.player':
      return card(deps, action.value);
    case 'admin.ban':
      return ask(deps, admin, { kind: 'ban', ...action.value });
    case 'admin.unban':
      return card(deps, action.value, await service.unban(admin, action.value));
    case 'admin.message':
      return ask(deps, admin, { kind: 'message', userId: action.value });
    case 'admin.gold':
      return askGold(deps, admin, action.value);
    case 'admin.draw':
      return card(deps, action.value, await service.endBattle(admin, action.value));
  }
}

type BroadcastAction = Extract<AdminAction, { action: `admin.broadcast${string}` }>;

async function actOnBroadcast(deps: Deps, admin: number, action: BroadcastAction): Promise<Reply> {
  const { admin: service, pending } = deps;
  switch (action.action) {
    case 'admin.broadcast':
      return ask(deps, admin, { kind: 'broadcast' });
    case 'admin.broadcast_send':
      return overview(deps, text('admin.notice.too_late'));
    case 'admin.broadcast_confirmed': {
      const { segment, previewId } = action.value;
      const asked = await pending.takePreview(admin, previewId);
      if (asked?.kind !== 'preview') return overview(deps, text('admin.notice.too_late'));
      await service.broadcast(admin, asked.message, segment);
      return overview(deps, text('admin.notice.broadcast'));
    }
    case 'admin.broadcast_stop':
      return overview(deps, await service.stopBroadcast(admin, action.value));
  }
}

/** What stands behind `/admin`. */
async function command(deps: Deps, admin: number, typed: string): Promise<Reply> {
  const [, word = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(typed.trim()) ?? [];
  if (word === 'find') {
    const userId = await deps.admin.findUser(rest.trim());
    return userId === null ? overview(deps, text('admin.notice.unknown')) : card(deps, userId);
  }
  if (word === 'battle') return battle(deps, { battleId: rest.trim(), step: 1 });
  if (word === 'drain' && (rest === 'on' || rest === 'off'))
    return act(deps, admin, { action: 'admin.drain', value: rest });
  if (word === 'broadcast') return act(deps, admin, { action: 'admin.broadcast' });
  return overview(deps, text('admin.notice.unknown_command'));
}

/** The text that was asked for. */
async function answer(deps: Deps, admin: number, typed: string): Promise<Reply> {
  const { admin: service, pending, entropy } = deps;
  const asked = await pending.take(admin);
  switch (asked?.kind) {
    case 'ban':
      return card(deps, asked.userId, await service.ban(admin, { ...asked, typed }));
    case 'message':
      return card(deps, asked.userId, await service.message(admin, asked.userId, typed));
    case 'gold':
      return card(deps, asked.userId, await service.giveGold(admin, { ...asked, typed }));
    case 'announcement':
      return announced(deps, await takeAnnouncementText(deps, admin, { ...asked, typed }));
    case 'broadcast': {
      const counts = await service.preview(admin, typed);
      const preview = { message: typed, previewId: entropy.id() };
      await pending.write(admin, { kind: 'preview', ...preview });
      return shown(previewScreen({ ...preview, counts }));
    }
    default:
      return overview(deps, text('admin.notice.too_late'));
  }
}

async function ask(
  { pending }: Deps,
  admin: number,
  asked: Exclude<Pending, { kind: 'gold' | 'preview' | 'announcement' }>,
): Promise<Reply> {
  await pending.write(admin, asked);
  return shown(askScreen(text(`admin.ask.${asked.kind}`)));
}

/** The question names the character, and the answer is for that one. */
async function askGold(deps: Deps, admin: number, userId: number): Promise<Reply> {
  const character = await deps.admin.characterForGold(userId);
  if (character === null) return card(deps, userId, text('admin.notice.no_character'));
  const { charId, name } = character;
  await deps.pending.write(admin, { kind: 'gold', userId, charId });
  return shown(askScreen(text('admin.ask.gold', { name: name ?? '–', id: String(charId) })));
}

async function overview({ admin, news }: Deps, notice: Text | null = null): Promise<Reply> {
  const [seen, announcement] = await Promise.all([admin.overview(), news.report()]);
  return noticed(adminScreen({ ...seen, announcement }), notice);
}

async function announced(deps: Deps, { screen, notice }: AnnouncementReply): Promise<Reply> {
  return screen === null ? overview(deps, notice) : noticed(screen, notice);
}

async function balance({ balance: reader, clock }: Deps): Promise<Reply> {
  const sinceMs = clock.now() - BALANCE_DAYS * DAY_MS;
  return shown(balanceScreen(await reader.countsSince(sinceMs)));
}

async function flags({ flagReview }: Deps, notice: Text | null = null): Promise<Reply> {
  return noticed(flagsScreen(await flagReview.open()), notice);
}

async function card(deps: Deps, userId: number, notice: Text | null = null): Promise<Reply> {
  const found = await deps.admin.card(userId);
  return found === null
    ? overview(deps, text('admin.notice.unknown'))
    : noticed(cardScreen(found), notice);
}

async function battle(deps: Deps, asked: AskedPage, notice: Text | null = null): Promise<Reply> {
  const page = await battlePage(deps.battles, asked);
  return typeof page === 'string' ? overview(deps, text(page)) : noticed(page, notice);
}

function noticed(screen: AdminPayload, notice: Text | null): Reply {
  return shown(notice === null ? screen : { ...screen, notice });
}
