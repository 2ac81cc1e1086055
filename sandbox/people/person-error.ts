/** Something a person cannot do: tap a button that is not there, write to a bot they blocked. */
export class PersonError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PersonError';
  }
}
