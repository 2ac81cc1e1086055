import { type Text, type TextArg, text } from '../core/text.ts';
import { type AdminButton, type AdminPayload, backToAdmin } from './admin-payload.ts';
import type { FlaggedUser, OpenFlags, StoredFlag } from './flag-store.ts';

/** Flags that no operator has reviewed; a player's card tells more of either. */
export function flagsScreen({ flags, count }: OpenFlags): AdminPayload {
  return {
    screen: 'admin.flags',
    title: text('admin.flags.title', { count }),
    body:
      flags.length === 0
        ? [text('admin.flags.none')]
        : flags.map((flag, at) => text('admin.flags.row', { place: at + 1, ...factsOf(flag) })),
    buttons: [
      ...flags.map(flagRow),
      [{ label: text('admin.button.refresh'), action: 'admin.flags' }, backToAdmin],
    ],
  };
}

/** The flags of a player on their card. */
export function flagLines(flags: readonly StoredFlag[]): (Text | null)[] {
  if (flags.length === 0) return [];
  const lines = flags.map((flag) =>
    text(flag.isReviewed ? 'admin.flags.reviewed' : 'admin.flags.open', factsOf(flag)),
  );
  return [null, ...lines];
}

function factsOf({ user, other, kind, evidence, atMs }: StoredFlag): Record<string, TextArg> {
  const of = (name: string) => evidence[name] ?? 0;
  const counts = { wins: of('wins'), ofWins: of('of_wins'), battles: of('battles') };
  const more = { changes: of('changes'), losses: of('losses'), members: of('members') };
  return {
    one: nameOf(user),
    oneId: String(user.userId),
    other: nameOf(other),
    otherId: String(other.userId),
    reason: text(`admin.flag.${kind}`, { ...counts, ...more }),
    at: { atMs, as: 'date' },
  };
}

function nameOf({ firstName }: FlaggedUser): TextArg {
  return firstName ?? text('battle.deleted_player');
}

/** To both cards, and that it is reviewed. */
function flagRow({ id, user, other }: StoredFlag, at: number): AdminButton[] {
  const place = at + 1;
  const card = ({ userId }: FlaggedUser, of: 'one' | 'other'): AdminButton => ({
    label: text(`admin.button.flag.${of}`, { place }),
    action: 'admin.player',
    value: userId,
  });
  const label = text('admin.button.flag.close', { place });
  return [
    card(user, 'one'),
    card(other, 'other'),
    { label, action: 'admin.flag_close', value: id },
  ];
}
