import { expect, test } from 'vitest';
import { sharesByCause } from '../../tools/bench/shares-by-cause.ts';

const packages = 'file:///arena/node_modules';

interface Place {
  readonly url?: string;
  readonly children?: readonly number[];
}

const node = (id: number, functionName: string, { url = '', children = [] }: Place = {}) => ({
  id,
  callFrame: { functionName, url },
  children,
});

test('sharesByCause counts calls of Node to their caller, and leaves idle time out', () => {
  const nodes = [
    node(1, '(root)', { children: [2, 3, 7] }),
    node(2, '(idle)'),
    node(3, 'tap', { url: 'file:///arena/bot/handlers.ts', children: [4, 6] }),
    node(4, 'send', { url: `${packages}/ioredis/built/Redis.js`, children: [5] }),
    node(5, 'writev', { url: 'node:net' }),
    node(6, 'parse', { url: `${packages}/@a/b/node_modules/@c/d/index.js` }),
    node(7, '(garbage collector)'),
  ];
  const profile = { nodes, samples: [2, 3, 5, 4, 6, 7], timeDeltas: [500, 10, 30, 20, 20, 20] };
  expect(sharesByCause(profile)).toEqual([
    { cause: 'ioredis', share: 0.5 },
    { cause: '@c/d', share: 0.2 },
    { cause: '(garbage collector)', share: 0.2 },
    { cause: 'bot/', share: 0.1 },
  ]);
});
