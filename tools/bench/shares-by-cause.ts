/** A profile as `node --cpu-prof` writes it; times in µs. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Ids of the nodes on top, and the time before each sample. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children: readonly number[];
}

export interface CauseShare {
  readonly cause: string;
  /** Of the time in which the process was busy, 0 to 1. */
  readonly share: number;
}

/**
 * Shares by cause, the largest first: the package or the folder of the project that a sample is in. A sample in Node's
 * own code belongs to its caller.
 */
export function sharesByCause({ nodes, samples, timeDeltas }: CpuProfile): CauseShare[] {
  const causes = causesOf(nodes);
  const times = new Map<string, number>();
  let busy = 0;
  for (const [at, id] of samples.entries()) {
    const cause = causes.get(id) ?? 'Node';
    if (cause === '(idle)') continue;
    const time = timeDeltas[at] ?? 0;
    busy += time;
    times.set(cause, (times.get(cause) ?? 0) + time);
  }
  return [...times]
    .map(([cause, time]) => ({ cause, share: time / busy }))
    .toSorted((one, other) => other.share - one.share);
}

/** The cause of each node: its own, or else that of its caller. */
function causesOf(nodes: readonly ProfileNode[]): ReadonlyMap<number, string> {
  const causes = new Map<number, string>();
  // Node writes a caller before those it calls.
  for (const { id, callFrame, children } of nodes) {
    const cause = ownCause(callFrame) ?? causes.get(id) ?? 'Node';
    causes.set(id, cause);
    for (const child of children) causes.set(child, cause);
  }
  return causes;
}

function ownCause({ functionName, url }: ProfileNode['callFrame']): string | null {
  if (/^\((?:idle|garbage collector)\)$/.test(functionName)) return functionName;
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (name !== undefined) return name;
  const [, folder] =
    /\/(bot|database|domains|redis|resources|sandbox|tests|tools)\//.exec(url) ?? [];
  return folder === undefined ? null : `${folder}/`;
}
