/** What tests of bots need beside `startSandbox`. */
export { newTraveller } from './scripted-person.ts';
export type { Traveller } from './scripted-person.ts';
