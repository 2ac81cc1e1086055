import { bundleOnce } from './bot-child.ts';

/** Before the first test and after the last; what it returns is the teardown of the run. */
export const setup = bundleOnce;
