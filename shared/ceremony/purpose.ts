import { z } from 'zod';
import type { EventType } from './events.ts';

/** What a ceremony is held for. The first is the way back from a lost primary; the others run on any server. */
export const purposes = ['dr-operation-token', 'root-token', 'unseal'] as const;
export const purposeSchema = z.enum(purposes);
export type Purpose = z.infer<typeof purposeSchema>;

/**
 * The endpoints that an attempt lives at. OpenBao 2.6 has a second one for root tokens, which asks for
 * a Vault token and wraps its replies in `data` (docs/protocol.md §1.7).
 */
export const attemptFamilySchema = z.enum([
  'dr-operation-token',
  'root-token',
  'root-token-authenticated',
]);
export type AttemptFamily = z.infer<typeof attemptFamilySchema>;

/** What an attempt of this ceremony makes, within a sentence. */
export const tokenWords = (purpose: Purpose): 'DR operation token' | 'root token' =>
  purpose === 'root-token' ? 'root token' : 'DR operation token';

/** What kind of secret that is. Unsealing makes none. */
export type MadeToken = 'dr-operation-token' | 'root-token';
export const madeToken = (purpose: Purpose): MadeToken =>
  purpose === 'root-token' ? 'root-token' : 'dr-operation-token';

/**
 * Whether such an event has a place on the record of a ceremony of this purpose at all. When it may
 * come is for the fold to say.
 */
export function belongsTo(purpose: Purpose, type: EventType): boolean {
  if (type.startsWith('unseal.')) return purpose === 'unseal';
  switch (purpose) {
    case 'dr-operation-token':
      return type !== 'token.shown' && type !== 'token.stored';
    case 'root-token':
      return !startsWithOneOf(type, ofFailover);
    case 'unseal':
      return !startsWithOneOf(type, [...ofFailover, ...ofAttempts]);
  }
}

const startsWithOneOf = (type: EventType, starts: readonly string[]): boolean =>
  starts.some((start) => type.startsWith(start));

/** Only a failover has another cluster to look at, a way to choose and somebody to agree to Promote. */
const ofFailover = [
  'way.',
  'door.',
  'batch-token.',
  'fencing.',
  'promote',
  'watch.',
  'primary.',
  'pin.',
  'signing-key.',
  'signature.',
  'found.claimed',
  'attempt.joined',
  'token.encoded.shown',
] as const;

const ofAttempts = ['attempt.', 'found.', 'otp.', 'nonce.', 'share.', 'round.', 'token.'] as const;
