import type { Cluster, Redis } from 'ioredis';

/** One server (perhaps found by its sentinels), or a cluster of them. */
export type RedisClient = Redis | Cluster;
