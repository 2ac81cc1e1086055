/** What tests and tools of a bot need beside `startSandbox`. */
export type { CallRecord } from '../faults/call-log.ts';
export { seededDraw } from '../faults/seeded-draw.ts';
export { drawChat, lastScreen } from '../people/chat-view.ts';
export type { SandboxPerson } from '../people/sandbox-person.ts';
export { parseHtml } from '../text/html-parser.ts';
export type { ChatEvent } from '../world/chat-event-log.ts';
export type { ButtonView, MessageView } from '../world/message-view.ts';
export { newTestPlayer } from './test-player.ts';
export type { TestPlayer } from './test-player.ts';
