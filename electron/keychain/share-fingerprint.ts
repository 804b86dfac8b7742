import { createHmac, randomBytes } from 'node:crypto';
import { shareFingerprintSchema, type ShareFingerprint } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';

/** 32 random bytes, kept as base64. */
export const newFingerprintKey = (): Secret<'fingerprint-key'> =>
  Secret.of('fingerprint-key', randomBytes(32).toString('base64'));

/**
 * Tells whether two shares of one ceremony are the same without keeping either: HMAC-SHA-256 over
 * the decoded bytes, so that hex and base64 of one share meet, cut to 16 bytes. Without the key,
 * which is removed when the ceremony closes, it says nothing about the share.
 */
export function fingerprintShare(
  key: Secret<'fingerprint-key'>,
  bytes: Uint8Array,
): ShareFingerprint {
  const mac = createHmac('sha256', Buffer.from(key.expose(), 'base64')).update(bytes).digest('hex');
  return shareFingerprintSchema.parse(mac.slice(0, 32));
}
