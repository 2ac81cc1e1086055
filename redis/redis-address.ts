import type { RedisOptions } from 'ioredis';
import { RedisStartError } from './redis-start-error.ts';

export interface RedisAddress {
  readonly kind: 'server' | 'cluster' | 'sentinel';
  /** `host:port`, comma-separated: the part of the address without secrets. */
  readonly hostPort: string;
  readonly nodes: { host: string; port: number }[];
  /** The master's name at the sentinels; '' for the other kinds. */
  readonly master: string;
  readonly options: Pick<RedisOptions, 'username' | 'password' | 'db' | 'tls'>;
}

const ports = { server: 6379, cluster: 6379, sentinel: 26_379 } as const;
const shape =
  /^redis(?<tls>s?)(?<kind>|\+cluster|\+sentinel):\/\/(?:(?<user>[^@]*)@)?(?<nodes>[^/?#@]+)(?<path>\/[^?#]*)?$/;

/**
 * `redis://[user:password@]host:port[/db]`, `redis+cluster://[…@]host:port,host:port,…` or
 * `redis+sentinel://[…@]host:port,host:port,…/master[/db]`; `rediss` for TLS.
 */
export function readRedisAddress(url: string): RedisAddress {
  const { tls, kind: suffix, user, nodes: list = '', path = '' } = shape.exec(url)?.groups ?? {};
  const kind = suffix === undefined ? null : kindOf(suffix);
  if (kind === null) throw wrong();
  const nodes = list.split(',').map((node) => nodeOf(node, ports[kind]));
  const words = path.split('/').filter((word) => word !== '');
  const master = kind === 'sentinel' ? (words.shift() ?? '') : '';
  const db = dbOf(words);
  const isClear =
    kind === 'server' ? nodes.length === 1 : kind === 'cluster' ? db === 0 : master !== '';
  if (!isClear) throw wrong();
  return {
    kind,
    nodes,
    master,
    hostPort: nodes.map(({ host, port }) => `${host}:${port}`).join(','),
    options: { ...credentialsOf(user), db, ...(tls === 's' ? { tls: {} } : {}) },
  };
}

function kindOf(suffix: string): RedisAddress['kind'] {
  if (suffix === '+cluster') return 'cluster';
  return suffix === '+sentinel' ? 'sentinel' : 'server';
}

function nodeOf(node: string, fallback: number): { host: string; port: number } {
  const [, host, port] = /^(\[[\da-f:]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(node.trim()) ?? [];
  if (host === undefined) throw wrong();
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? fallback : Number(port) };
}

function dbOf(words: readonly string[]): number {
  const [db = '0', ...more] = words;
  if (more.length > 0 || !/^\d{1,3}$/.test(db)) throw wrong();
  return Number(db);
}

function credentialsOf(user: string | undefined): { username?: string; password?: string } {
  if (user === undefined || user === '') return {};
  const [name = '', ...rest] = user.split(':');
  const password = rest.length === 0 ? {} : { password: decodeURIComponent(rest.join(':')) };
  return { ...(name === '' ? {} : { username: decodeURIComponent(name) }), ...password };
}

function wrong(): RedisStartError {
  return new RedisStartError(
    'REDIS_URL is no Redis address: write it as redis://host:6379 (rediss:// for TLS), ' +
      'redis+cluster://host:6379,host:6379 or redis+sentinel://host:26379,host:26379/master.',
  );
}
