import type { ClaimReply, Match } from './arena-store.ts';

/**
 * The claims that this process is making at this moment. In a crowd most claims would come too late
 * by one of them: whoever waits for its end instead need not ask Redis to be told so.
 */
export class ClaimsUnderWay {
  readonly #takes = new Map<number, Promise<boolean>>();

  /** Sends the claim, unless one that is under way takes a side of it first. */
  async claim(match: Match, send: () => Promise<ClaimReply>): Promise<ClaimReply> {
    const seekerId = match.seeker.charId;
    const opponentId = match.opponent?.charId ?? null;
    // No step may come between the last look and the note of one's own claim.
    for (
      let take = this.#takeOf(seekerId, opponentId);
      take;
      take = this.#takeOf(seekerId, opponentId)
    ) {
      if (await take.isTaken) return take.side;
    }
    const ids = opponentId === null ? [seekerId] : [seekerId, opponentId];
    return this.#noted(ids, send());
  }

  #takeOf(seekerId: number, opponentId: number | null) {
    const ofSeeker = this.#takes.get(seekerId);
    if (ofSeeker !== undefined) return { isTaken: ofSeeker, side: 'seeker_gone' } as const;
    const ofOpponent = opponentId === null ? undefined : this.#takes.get(opponentId);
    if (ofOpponent !== undefined) return { isTaken: ofOpponent, side: 'opponent_gone' } as const;
    return null;
  }

  async #noted(ids: readonly number[], claim: Promise<ClaimReply>): Promise<ClaimReply> {
    const isTaken = claim.then(
      (reply) => reply === 'claimed',
      () => false,
    );
    for (const id of ids) this.#takes.set(id, isTaken);
    try {
      return await claim;
    } finally {
      for (const id of ids) if (this.#takes.get(id) === isTaken) this.#takes.delete(id);
    }
  }
}
