import { callbackMethods } from './callback-methods.ts';
import { chatInfoMethods } from './chat-info-methods.ts';
import { chatMethods } from './chat-methods.ts';
import { copyMethods } from './copy-methods.ts';
import { deleteMethods } from './delete-methods.ts';
import { editMethods } from './edit-methods.ts';
import { fileMethods } from './file-methods.ts';
import { menuButtonMethods } from './menu-button-methods.ts';
import type { Method } from './method.ts';
import { profileMethods } from './profile-methods.ts';
import { sendMethods } from './send-methods.ts';
import { updateMethods } from './update-methods.ts';
import { webhookMethods } from './webhook-methods.ts';

export const METHODS: readonly Method[] = [
  ...profileMethods,
  ...updateMethods,
  ...webhookMethods,
  ...sendMethods,
  ...copyMethods,
  ...editMethods,
  ...deleteMethods,
  ...callbackMethods,
  ...chatMethods,
  ...chatInfoMethods,
  ...menuButtonMethods,
  ...fileMethods,
];

const BY_NAME: ReadonlyMap<string, Method> = new Map(
  METHODS.map((method) => [method.name.toLowerCase(), method]),
);

/** The method of this name in any case, or null. */
export function findMethod(name: string): Method | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}
