import { NAMED_ACHIEVEMENTS } from '../../resources/numbers/profile.ts';
import { type AchievementKey, achievements } from '../../resources/numbers/achievements.ts';
import { archetypes } from '../account/account-context.ts';
import { archetypeName } from '../account/account-screens.ts';
import { ratingText } from '../combat/battle-rating.ts';
import { recordLines } from '../combat/character-lines.ts';
import { joined } from '../combat/fighter-lines.ts';
import type { ProfileAction } from '../combat/profile-action.ts';
import type { HomeAction } from '../core/home-feature.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import { achievementKeys } from './battle-profile.ts';
import { type CharacterCounts, favouriteZone } from './character-counts.ts';
import type { Profile } from './profiles.ts';
import type { RatingCurve } from './rating-curve.ts';

export type ProfilePayload = UiPayload<ProfileAction | HomeAction>;
type ProfileButton = Button<ProfileAction | HomeAction>;

const homeButton: ProfileButton = { label: text('account.button.home'), action: 'home' };
const profileButton: ProfileButton = { label: text('profile.button.profile'), action: 'profile' };

/** The reader's own character, or an opponent. */
export function profileScreen(profile: Profile, isOwn: boolean): ProfilePayload {
  return {
    screen: isOwn ? 'profile' : 'profile.opponent',
    title: titleOf(profile),
    body: [
      ratingLine(profile),
      ...recordLines(profile.record),
      ...archetypeLines(profile.counts),
      ...zoneLine(profile.counts),
      ...latestLine(profile),
      null,
      ...achievementLines(profile.achievements),
    ],
    buttons: [...(isOwn ? [ownRow] : []), [homeButton]],
  };
}

const ownRow: readonly ProfileButton[] = [
  { label: text('profile.button.curve'), action: 'profile.curve' },
  { label: text('profile.button.achievements'), action: 'profile.achievements' },
];

/** All there are: what is granted, and how to get the others. */
export function achievementsScreen(granted: readonly AchievementKey[]): ProfilePayload {
  const facts = { count: granted.length, all: achievementKeys.length };
  return {
    screen: 'achievements',
    title: text('profile.achievements.title', facts),
    body: achievementKeys.map((key) =>
      text(`profile.achievement.${granted.includes(key) ? 'granted' : 'open'}`, {
        name: text(`achievement.${key}.name`),
        about: text(`achievement.${key}.about`, { limit: achievements[key].limit }),
      }),
    ),
    buttons: [[profileButton, homeButton]],
  };
}

/** After the picture was sent into the chat. */
export function curveSentScreen(): ProfilePayload {
  return {
    screen: 'curve',
    title: text('profile.curve.title'),
    body: [text('profile.curve.sent')],
    buttons: [[profileButton, homeButton]],
    isBelowFile: true,
  };
}

/** The figures of the picture, which has no text. */
export function curveCaption(name: string, { numbers, step, low, high }: RatingCurve): Text {
  return text('profile.curve.caption', {
    name,
    duels: numbers.length - 1,
    step,
    low,
    high,
    from: numbers.at(0) ?? 0,
    to: numbers.at(-1) ?? 0,
    lowest: Math.min(...numbers),
    highest: Math.max(...numbers),
  });
}

function titleOf({ name, gender, archetype }: Profile): Text {
  return text('profile.title', {
    name: name ?? text('account.nameless'),
    archetype: archetypeName(archetype ?? 'warrior', gender),
  });
}

function ratingLine({ rating }: Profile): Text {
  if (rating === null) return text('profile.rating.none');
  return text('profile.rating', { rating: ratingText(rating), peak: rating.peak });
}

/** Won and lost against each archetype that was met. */
function archetypeLines(counts: CharacterCounts): Text[] {
  const met = archetypes.flatMap((archetype) => {
    const of = (result: 'won' | 'lost' | 'drawn') => counts[`${result}.${archetype}`] ?? 0;
    const [won, lost, drawn] = [of('won'), of('lost'), of('drawn')];
    if (won + lost + drawn === 0) return [];
    const sign = text(`combat.archetype_sign.${archetype}`);
    const key = drawn === 0 ? 'profile.against' : 'profile.against.drawn';
    return [text(key, { sign, won, lost, drawn })];
  });
  const all = joined('combat.signs', met);
  return all === null ? [] : [text('profile.archetypes', { all })];
}

function zoneLine(counts: CharacterCounts): Text[] {
  const favourite = favouriteZone(counts);
  if (favourite === null) return [];
  const { zone, percent } = favourite;
  return [text('profile.zone', { into: text(`combat.into.${zone}`), percent })];
}

function latestLine({ latest }: Profile): Text[] {
  const signs = joined(
    'combat.signs',
    latest.map((result) => text(`history.result.${result}`)),
  );
  return signs === null ? [] : [text('profile.latest', { signs })];
}

function achievementLines(granted: readonly AchievementKey[]): Text[] {
  const count = text('profile.achievements', {
    count: granted.length,
    all: achievementKeys.length,
  });
  const names = granted.slice(0, NAMED_ACHIEVEMENTS);
  const latest = joined(
    'combat.list',
    names.map((key) => text(`achievement.${key}.name`)),
  );
  return latest === null ? [count] : [count, latest];
}
