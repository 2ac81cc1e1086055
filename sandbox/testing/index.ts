/** What tests of bots need beside `startSandbox`. */
export { newTestPlayer as newTraveller } from './test-player.ts';
export type { TestPlayer as Traveller } from './test-player.ts';
