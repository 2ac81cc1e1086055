// @ts-check
import { setInterval } from 'node:timers';

const CHECK_MS = 250;
const parentPid = process.ppid;

/**
 * Below `npm start`: what stands between npm and this process may end by a signal without passing it on.
 * @param {() => void} listener may be called again
 */
export function onParentEnd(listener) {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const check = () => {
    if (process.ppid !== parentPid) listener();
  };
  setInterval(check, CHECK_MS).unref();
}
