import { type Text, genderArg, text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import { NAME_LETTERS } from '../../resources/numbers/account.ts';
import type { AccountAction } from './account-action.ts';
import {
  type Archetype,
  type Bio,
  type Gender,
  archetypes,
  attributeNames,
  genders,
} from './account-context.ts';
import { type AccountPayload, archetypeName, button, callMeButton } from './account-screens.ts';
import { type CharacterSheet, characterSheet } from './character-sheet.ts';
import { type OnboardingStep, stepOf } from './onboarding-service.ts';

export const ASKS_NAME = 'name';

const toLobby = button('account.button.lobby', { action: 'lobby' });

export interface StepFacts {
  readonly step: OnboardingStep;
  readonly bio: Bio;
  /** Why the typed name was refused. */
  readonly problem?: Text | null;
  /** A name that the user may take with one tap. */
  readonly offered?: string | null;
}

export function onboardingScreen({ step, bio, ...facts }: StepFacts): AccountPayload {
  switch (step) {
    case 'name':
      return nameScreen(bio, facts);
    case 'gender':
      return genderScreen(bio);
    case 'archetype':
      return archetypeScreen(bio);
    case 'confirm':
      return confirmScreen(bio);
  }
}

function nameScreen(
  { name }: Bio,
  { problem = null, offered = null }: Pick<StepFacts, 'problem' | 'offered'>,
): AccountPayload {
  return {
    screen: 'onboarding.name',
    title: text('account.name.title'),
    body: [...(problem === null ? [] : [problem, null]), text('account.name.body', NAME_LETTERS)],
    buttons: [
      ...(name === null ? [] : [[keepName(name)]]),
      ...(offered === null || name !== null ? [] : [[callMeButton(offered)]]),
      [toLobby],
    ],
    asks: ASKS_NAME,
  };
}

function genderScreen({ name }: Bio): AccountPayload {
  return {
    screen: 'onboarding.gender',
    title: text('account.gender.title', { name: name ?? '' }),
    body: [],
    buttons: [
      genders.map((value) =>
        button(`account.gender.${value}`, { action: 'onboarding.gender', value }),
      ),
      [backTo('name'), toLobby],
    ],
  };
}

function archetypeScreen({ name, gender }: Bio): AccountPayload {
  const rows = [archetypes.slice(0, 2), archetypes.slice(2)];
  const chooser = (value: Archetype): Button<AccountAction> => ({
    label: archetypeName(value, gender),
    action: 'onboarding.archetype',
    value,
  });
  return {
    screen: 'onboarding.archetype',
    title: text('account.archetype.title', { name: name ?? '' }),
    body: archetypes.flatMap((one) => archetypeLines(one, gender)),
    buttons: [...rows.map((row) => row.map(chooser)), [backTo('gender'), toLobby]],
  };
}

function archetypeLines(archetype: Archetype, gender: Gender | null): (Text | null)[] {
  return [
    text('account.archetype.line', {
      name: archetypeName(archetype, gender),
      about: text(`account.archetype.${archetype}.about`, { gender: genderArg(gender) }),
    }),
    vitalsLine(characterSheet({ archetype })),
    null,
  ];
}

function vitalsLine({ stats: { hp, mp, stamina } }: CharacterSheet): Text {
  return text('account.archetype.vitals', { hp: hp.max, mp: mp.max, stamina: stamina.max });
}

function strengthsLine({ attributes }: CharacterSheet): Text[] {
  const [first, second] = attributeNames.toSorted(
    (one, other) => attributes[other] - attributes[one],
  );
  if (first === undefined || second === undefined) return [];
  return [
    text('account.archetype.strengths', {
      first: text(`account.attribute.${first}`),
      firstPoints: attributes[first],
      second: text(`account.attribute.${second}`),
      secondPoints: attributes[second],
    }),
  ];
}

function confirmScreen(bio: Bio): AccountPayload {
  const { name, gender } = bio;
  const archetype = bio.archetype ?? null;
  if (name === null || gender === null || archetype === null) {
    throw new Error(`Onboarding cannot be confirmed at step ${stepOf(bio)}`);
  }
  return {
    screen: 'onboarding.confirm',
    title: text('account.confirm.title'),
    body: [
      text('account.confirm.who', { name, who: text(`account.gender.${gender}`) }),
      ...buildLines(archetype, gender),
    ],
    buttons: [
      [button('account.button.confirm', { action: 'onboarding.confirm', style: 'success' })],
      [backTo('name'), backTo('gender'), backTo('archetype')],
      [toLobby],
    ],
  };
}

function buildLines(archetype: Archetype, gender: Gender): (Text | null)[] {
  const sheet = characterSheet({ archetype });
  return [
    text('account.confirm.archetype', {
      archetype: archetypeName(archetype, gender),
      gs: sheet.gs,
    }),
    vitalsLine(sheet),
    ...strengthsLine(sheet),
    null,
    text('account.character.techniques'),
    ...sheet.techniques.map((technique) =>
      text('account.character.technique', {
        name: text(`combat.technique.${technique}.name`),
        hint: text(`combat.technique.${technique}.hint`),
      }),
    ),
  ];
}

function keepName(name: string): Button<AccountAction> {
  return button(
    'account.button.keep',
    { action: 'onboarding.continue', style: 'primary' },
    { name },
  );
}

function backTo(step: 'name' | 'gender' | 'archetype'): Button<AccountAction> {
  return button(`account.button.back.${step}`, { action: 'onboarding.step', value: step });
}
