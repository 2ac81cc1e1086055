/** Injected source of randomness. Everything random in a battle derives from one seed. */
export interface Entropy {
  /** 32 lower-case hexadecimal digits (128 bits): the seed of one battle. */
  seed(): string;
  /** A unique id, `[a-z0-9]{12}`, short enough for callback data. */
  id(): string;
}
