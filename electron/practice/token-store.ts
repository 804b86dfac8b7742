/** What a token that is neither root nor for DR operations may do, and for how long. */
export interface Terms {
  readonly policies: readonly string[];
  readonly displayName: string;
  /** Where it was made: `auth/token/create/…`. */
  readonly path: string;
  readonly role: string | undefined;
  /** The token it was made with, and dies with; undefined for an orphan. */
  readonly parent: string | undefined;
  readonly renewable: boolean;
  /** Seconds, as it was made. */
  readonly creationTtl: number;
  readonly expiresAt: Date;
}

export type TokenEntry =
  | { readonly kind: 'root' | 'dr-operation'; readonly since: Date }
  | { readonly kind: 'service' | 'batch'; readonly since: Date; readonly terms: Terms };

export type TokenKind = TokenEntry['kind'];

/** Tokens by their text. */
export class TokenStore {
  readonly #known: Map<string, TokenEntry>;

  constructor(known: Iterable<readonly [string, TokenEntry]> = []) {
    this.#known = new Map(known);
  }

  add(token: string, entry: TokenEntry): void {
    this.#known.set(token, entry);
  }

  get(token: string): TokenEntry | undefined {
    return this.#known.get(token);
  }

  revoke(token: string): void {
    this.#known.delete(token);
  }

  forget(kind: TokenKind): void {
    for (const [token, entry] of this.#known) if (entry.kind === kind) this.#known.delete(token);
  }

  copy(): TokenStore {
    return new TokenStore(this.#known);
  }
}
