import { randomBytes } from 'node:crypto';
import type { Cluster } from './cluster.ts';

export type ReplicationKind = 'dr' | 'performance';

interface Activation {
  readonly kind: ReplicationKind;
  readonly primary: Cluster;
  readonly secondaryId: string;
  readonly expiresAt: Date;
}

/** Secondary activation tokens that were given out: each is good once, and for its time (§4.2). */
export class Activations {
  readonly #open = new Map<string, Activation>();

  issue(activation: Activation): string {
    const token = `eyJhbGciOiJFUzUxMiIsInR5cCI6IkpXVCJ9.${randomBytes(120).toString('base64url')}`;
    this.#open.set(token, activation);
    return token;
  }

  /** Unwraps the token, which ends it; undefined where it is unknown, used, too old or for the other kind. */
  take(token: string, kind: ReplicationKind, now: Date): Activation | undefined {
    const activation = this.#open.get(token);
    if (activation?.kind !== kind) return undefined;
    this.#open.delete(token);
    return activation.expiresAt > now ? activation : undefined;
  }
}
