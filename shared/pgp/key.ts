import { z } from 'zod';

/** Fingerprint of an OpenPGP key of version 4, in lower-case hex, as Vault reports it (docs/protocol.md §1.3). */
export const pgpFingerprintSchema = z
  .string()
  .regex(/^[0-9a-f]{40}$/)
  .brand<'PgpFingerprint'>();
export type PgpFingerprint = z.infer<typeof pgpFingerprintSchema>;

/**
 * Where the key that will read the token is: made by the app and kept in its keychain, a person's
 * own from a file, or one that gpg knows.
 */
export const pgpKeySources = ['app', 'file', 'gpg'] as const;
export type PgpKeySource = (typeof pgpKeySources)[number];

/** A public key as a record and a screen name it. */
export const pgpKeySchema = z.strictObject({
  fingerprint: pgpFingerprintSchema,
  from: z.enum(pgpKeySources),
  /** Names and addresses as the key says them: they prove nothing, the fingerprint does. */
  userIds: z.array(z.string().max(300)).max(10),
});
export type PgpKey = z.infer<typeof pgpKeySchema>;

/** A fingerprint for reading: ten groups of four, in capitals. */
export const groupedFingerprint = (fingerprint: PgpFingerprint): string =>
  (fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ');
