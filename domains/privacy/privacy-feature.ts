import { EXPORT_EVERY_S } from '../../resources/numbers/privacy.ts';
import type { BlockList } from '../account/block-list.ts';
import type { Clock } from '../core/clock.ts';
import { type Feature, type Player, feature } from '../core/feature.ts';
import type { MemoOfUser, MemoStore } from '../core/memo-store.ts';
import type { Messenger } from '../core/messenger.ts';
import { type Reply, shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import type { Erasure } from './erasure.ts';
import { type PrivacyAction, privacyActionSchema } from './privacy-action.ts';
import {
  SUPPORT_ASKS,
  blocksScreen,
  dataSentScreen,
  forgetScreen,
  forgottenScreen,
  privacyScreen,
  supportReplyScreen,
  supportScreen,
} from './privacy-screens.ts';
import type { Support } from './support.ts';
import {
  type UserData,
  type UserDataRepository,
  type UserKeys,
  userDataSchema,
} from './user-data.ts';

export interface PrivacyFeatureDeps {
  readonly blockList: BlockList;
  readonly erasure: Erasure;
  readonly support: Support;
  readonly userData: UserDataRepository;
  readonly userKeys: UserKeys;
  readonly messenger: Messenger;
  readonly memos: MemoStore;
  readonly clock: Clock;
}

const EXPORT: MemoOfUser = 'mydata';

/** What is stored about a user; needs no character. */
export function privacyFeature(deps: PrivacyFeatureDeps): Feature {
  return feature({
    name: 'privacy',
    actions: privacyActionSchema,
    act: (player: Player, action) => act(deps, player, action),
    commands: [
      { name: 'privacy', action: { action: 'privacy' }, description: 'bot.command.privacy' },
      { name: 'mydata', action: { action: 'privacy.data' }, description: 'bot.command.mydata' },
      {
        name: 'forgetme',
        action: { action: 'privacy.forget' },
        description: 'bot.command.forgetme',
      },
      {
        name: 'support',
        action: { action: 'privacy.support' },
        description: 'bot.command.support',
        asks: SUPPORT_ASKS,
      },
    ],
    typed: {
      asks: SUPPORT_ASKS,
      handle: async ({ userId }, typed) =>
        shown(supportReplyScreen(await deps.support.send(userId, typed))),
    },
  });
}

async function act(
  deps: PrivacyFeatureDeps,
  player: Player,
  action: PrivacyAction,
): Promise<Reply> {
  switch (action.action) {
    case 'privacy':
      return shown(privacyScreen());
    case 'privacy.data':
      return sendData(deps, player);
    case 'privacy.forget':
      return askToForget(deps, player);
    case 'privacy.forget_confirmed':
      return forget(deps, player);
    case 'privacy.support':
      return askForSupport(deps, player);
    case 'privacy.blocks':
      return showBlocks(deps, player, action.value);
    case 'privacy.unblock': {
      const isSaved = await deps.blockList.unblock(player.userId, action.value);
      return isSaved ? showBlocks(deps, player, 0) : player.home(text('account.notice.away'));
    }
  }
}

async function sendData(deps: PrivacyFeatureDeps, player: Player): Promise<Reply> {
  const { memos, messenger } = deps;
  const id = String(player.userId);
  if ((await memos.read(EXPORT, id)) !== null)
    return player.home(text('privacy.notice.data_often'));
  const content = JSON.stringify(await dataOf(deps, player.userId), null, 2);
  await memos.write(EXPORT, id, { value: 1, ttlS: EXPORT_EVERY_S });
  const caption = text('privacy.data.caption');
  const isSent = await messenger.sendFile(player.userId, {
    name: 'arena-data.json',
    content,
    caption,
  });
  return isSent ? shown(dataSentScreen()) : player.home(text('privacy.notice.not_sent'));
}

async function dataOf(
  { userData, userKeys, clock }: PrivacyFeatureDeps,
  userId: number,
): Promise<UserData> {
  const [stored, live] = await Promise.all([
    userData.read(userId),
    userKeys.read(await userData.subjectOf(userId)),
  ]);
  const made_at = new Date(clock.now()).toISOString();
  return userDataSchema.parse({ format: 1, made_at, user_id: userId, ...stored, live });
}

async function askToForget({ erasure }: PrivacyFeatureDeps, player: Player): Promise<Reply> {
  const isBusy = await erasure.isBusy(player.userId);
  return isBusy ? player.home(text('privacy.notice.busy')) : shown(forgetScreen());
}

async function forget({ erasure }: PrivacyFeatureDeps, player: Player): Promise<Reply> {
  const reply = await erasure.erase(player.userId);
  return reply === 'erased'
    ? shown(forgottenScreen())
    : player.home(text(`privacy.notice.${reply}`));
}

async function askForSupport({ support }: PrivacyFeatureDeps, { userId }: Player): Promise<Reply> {
  const left = await support.left(userId);
  if (left === null) return shown(supportReplyScreen('none'));
  return shown(left === 0 ? supportReplyScreen('full') : supportScreen(left));
}

async function showBlocks(
  { blockList }: PrivacyFeatureDeps,
  player: Player,
  page: number,
): Promise<Reply> {
  const blocked = await blockList.list(player.userId);
  return blocked === null
    ? player.home(text('account.notice.away'))
    : shown(blocksScreen(blocked, page));
}
