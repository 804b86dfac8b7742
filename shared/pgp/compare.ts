import type { Problem } from '../problem.ts';
import { groupedFingerprint, type PgpKey } from './key.ts';

/**
 * What is wrong where the server does not report the key this attempt was started with; nothing
 * where it does. Vault names the key in the reply to the start and in every status
 * (docs/protocol.md §1.3); an attempt with an OTP has none.
 *
 * @param reported `pgp_fingerprint` as the server sent it; empty and absent are the same.
 */
export function keyTrouble(
  key: PgpKey | undefined,
  reported: string | undefined,
): Problem | undefined {
  const seen = (reported ?? '').toLowerCase();
  if (seen === (key?.fingerprint ?? '')) return undefined;
  return {
    code: 'pgp.fingerprint-differs',
    known: `The server reports ${seen === '' ? 'no key' : 'another key'} for this attempt than the one it was started with. A token would not be encrypted to whom it is meant for.`,
    safe: 'No share is given while that is so.',
    next: 'Stop here. Find out what stands between this laptop and Vault, cancel the attempt, and start a new one.',
    facts: {
      'Started with': key ? groupedFingerprint(key.fingerprint) : 'an OTP, no key',
      'The server reports': seen === '' ? 'no key' : seen.slice(0, 200),
    },
  };
}
