/**
 * For processes that soon end: compiles WebAssembly simply. Optimizing the embedded database takes as much processor time
 * as its work in a test.
 */
export const shortRun = '--liftoff-only';
