import { ControlError } from './control-error.ts';
import { faultJson, newDoubling, newFault, newRestart } from './fault-requests.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

/** What goes wrong. */
export const FAULT_ROUTES: readonly Route[] = [
  route('GET', '/faults', ({ desk }) => desk.faults.list().map(faultJson)),
  route('POST', '/faults', ({ desk, body }) => faultJson(desk.faults.add(newFault.parse(body)))),
  route('DELETE', '/faults', ({ desk }) => {
    desk.faults.clear();
    return { cleared: true };
  }),
  route('DELETE', '/faults/:faultId', ({ desk, path }) => {
    const { faultId = '' } = path;
    if (!desk.faults.remove(Number(faultId))) {
      throw new ControlError(404, `no fault ${faultId} is still to come`);
    }
    return { cleared: true };
  }),
  route('GET', '/doubled-updates', ({ desk }) => ({ times: desk.world.updates.doubledAhead })),
  route('POST', '/doubled-updates', ({ desk, body }) => {
    const { times } = newDoubling.parse(body ?? {});
    desk.world.updates.doubleNext(times);
    return { times };
  }),
  route('DELETE', '/doubled-updates', ({ desk }) => {
    desk.world.updates.doubleNext(0);
    return { times: 0 };
  }),
  route('POST', '/restarts', ({ desk, body, afterwards }) => {
    const { down_ms: downMs } = newRestart.parse(body ?? {});
    afterwards(() => desk.restart(downMs));
    return { downMs };
  }),
];
