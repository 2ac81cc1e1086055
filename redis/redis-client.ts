import type { Cluster, Redis } from 'ioredis';

/** One server, perhaps behind sentinels, or a cluster. */
export type RedisClient = Redis | Cluster;
