import { ControlError } from './control-error.ts';
import { faultJson, newDoubling, newFault, newRestart } from './fault-requests.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

/** Faults, doubled updates and restarts. */
export const FAULT_ROUTES: readonly Route[] = [
  route('GET', '/faults', ({ context }) => context.faults.list().map(faultJson)),
  route('POST', '/faults', ({ context, body }) =>
    faultJson(context.faults.add(newFault.parse(body))),
  ),
  route('DELETE', '/faults', ({ context }) => {
    context.faults.clear();
    return { cleared: true };
  }),
  route('DELETE', '/faults/:faultId', ({ context, path }) => {
    const { faultId = '' } = path;
    if (!context.faults.remove(Number(faultId))) {
      throw new ControlError(404, `no fault ${faultId} is pending`);
    }
    return { cleared: true };
  }),
  route('GET', '/doubled-updates', ({ context }) => ({
    times: context.world.updates.doublingsLeft,
  })),
  route('POST', '/doubled-updates', ({ context, body }) => {
    const { times } = newDoubling.parse(body ?? {});
    context.world.updates.doubleNext(times);
    return { times };
  }),
  route('DELETE', '/doubled-updates', ({ context }) => {
    context.world.updates.doubleNext(0);
    return { times: 0 };
  }),
  route('POST', '/restarts', ({ context, body, afterResponse }) => {
    const { down_ms: downMs } = newRestart.parse(body ?? {});
    afterResponse(() => context.restart(downMs));
    return { downMs };
  }),
];
