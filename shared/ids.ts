import { z } from 'zod';

/** One ceremony; also the name of its journal file and the prefix of its keychain entries. */
export const ceremonyIdSchema = z
  .string()
  .regex(/^[0-9]{8}-[0-9]{6}-[0-9a-f]{8}$/)
  .brand<'CeremonyId'>();
export type CeremonyId = z.infer<typeof ceremonyIdSchema>;

export const profileIdSchema = z
  .string()
  .regex(/^[0-9a-z][0-9a-z-]{2,63}$/)
  .brand<'ProfileId'>();
export type ProfileId = z.infer<typeof profileIdSchema>;

/** Vault's own name for one attempt: a UUID. Not confidential; people compare it by voice. */
export const nonceSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i)
  .brand<'Nonce'>();
export type Nonce = z.infer<typeof nonceSchema>;

/** SHA-256 in lower-case hex. */
export const digestSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Digest'>();
export type Digest = z.infer<typeof digestSchema>;

/** Keyed fingerprint of a share: tells two shares of one ceremony apart, says nothing about either. */
export const shareFingerprintSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'ShareFingerprint'>();
export type ShareFingerprint = z.infer<typeof shareFingerprintSchema>;

/** `https://host:port`, normalised: lower case, no path, no user, port only where it is not 443. */
export const nodeAddressSchema = z
  .string()
  .max(300)
  .regex(/^https:\/\/(\[[0-9a-f:.]+\]|[0-9a-z._-]+)(:[0-9]{1,5})?$/)
  .brand<'NodeAddress'>();
export type NodeAddress = z.infer<typeof nodeAddressSchema>;

/** A person's name as typed: shown and recorded as text, nothing else. */
export const personSchema = z.string().trim().min(1).max(120);

/** A copy of a record from elsewhere: the first half of the SHA-256 of its bytes, and its folder's name. */
export const foreignIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'ForeignId'>();
export type ForeignId = z.infer<typeof foreignIdSchema>;

/** An instant as ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3 });
