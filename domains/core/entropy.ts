/** Where chance comes from. Handed in; everything random in a battle derives from one seed. */
export interface Entropy {
  /** 32 lower-case hexadecimal digits (128 bits): the seed of one battle. */
  seed(): string;
  /** A short unique id, `[a-z0-9]{12}`, fit for keys and callback data. */
  id(): string;
}
