import { type Text, text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import { NAME_LETTERS } from '../../resources/numbers/account.ts';
import type { AccountAction } from './account-action.ts';
import {
  type Archetype,
  type Attributes,
  type Bio,
  archetypes,
  attributeNames,
  genders,
} from './account-context.ts';
import { type AccountPayload, button } from './account-screens.ts';
import { characterSheet } from './character-sheet.ts';
import { type OnboardingStep, stepOf } from './onboarding-service.ts';

export const ASKS_NAME = 'name';

const toLobby = button('account.button.lobby', { action: 'lobby' });

/** `problem`: why the typed name was refused. */
export function onboardingScreen(
  step: OnboardingStep,
  bio: Bio,
  problem: Text | null = null,
): AccountPayload {
  switch (step) {
    case 'name':
      return nameScreen(bio, problem);
    case 'gender':
      return genderScreen(bio);
    case 'archetype':
      return archetypeScreen(bio);
    case 'confirm':
      return confirmScreen(bio);
  }
}

function nameScreen({ name }: Bio, problem: Text | null): AccountPayload {
  return {
    screen: 'onboarding.name',
    title: text('account.name.title'),
    body: [...(problem === null ? [] : [problem, null]), text('account.name.body', NAME_LETTERS)],
    buttons: [...(name === null ? [] : [[keepName(name)]]), [toLobby]],
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

function archetypeScreen({ name }: Bio): AccountPayload {
  return {
    screen: 'onboarding.archetype',
    title: text('account.archetype.title', { name: name ?? '' }),
    body: archetypes.flatMap(archetypeLines),
    buttons: [
      ...archetypes.map((value) => [
        button(`account.archetype.${value}.name`, { action: 'onboarding.archetype', value }),
      ]),
      [backTo('gender'), toLobby],
    ],
  };
}

function archetypeLines(archetype: Archetype): (Text | null)[] {
  const { attributes, stats } = characterSheet({ archetype });
  const { hp, mp, stamina } = stats;
  return [
    text('account.archetype.line', {
      name: text(`account.archetype.${archetype}.name`),
      about: text(`account.archetype.${archetype}.about`),
    }),
    text('account.archetype.vitals', { hp: hp.max, mp: mp.max, stamina: stamina.max }),
    ...strengthsLine(attributes),
    null,
  ];
}

function strengthsLine(attributes: Attributes): Text[] {
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
      text('account.confirm.who', { name, gender: text(`account.gender.${gender}`) }),
      ...buildLines(archetype),
    ],
    buttons: [
      [button('account.button.confirm', { action: 'onboarding.confirm', style: 'success' })],
      [backTo('name'), backTo('gender'), backTo('archetype')],
      [toLobby],
    ],
  };
}

function buildLines(archetype: Archetype): (Text | null)[] {
  const { attributes, techniques, gs } = characterSheet({ archetype });
  return [
    text('account.confirm.archetype', {
      archetype: text(`account.archetype.${archetype}.name`),
      gs,
    }),
    null,
    ...attributeNames.map((name) =>
      text('account.confirm.attribute', {
        attribute: text(`account.attribute.${name}`),
        points: attributes[name],
      }),
    ),
    null,
    text('account.confirm.techniques'),
    ...techniques.map((technique) =>
      text('account.confirm.technique', {
        name: text(`combat.technique.${technique}.name`),
        hint: text(`combat.technique.${technique}.hint`),
      }),
    ),
  ];
}

function keepName(name: string): Button<AccountAction> {
  return button('account.button.keep', { action: 'home', style: 'primary' }, { name });
}

function backTo(step: 'name' | 'gender' | 'archetype'): Button<AccountAction> {
  return button(`account.button.back.${step}`, { action: 'onboarding.step', value: step });
}
