import { z } from 'zod';
import { instantSchema, profileIdSchema } from '../ids.ts';

/** Our own name for a kept batch token. Vault has none for it: a batch token has no accessor. */
export const batchTokenIdSchema = z
  .string()
  .regex(/^[0-9a-f]{12}$/)
  .brand<'BatchTokenId'>();
export type BatchTokenId = z.infer<typeof batchTokenIdSchema>;

/** What is known of a DR operation batch token in the keychain. Never the token. */
export const keptBatchTokenSchema = z.strictObject({
  id: batchTokenIdSchema,
  profileId: profileIdSchema,
  /** What people call it: the shift it was issued for. */
  label: z.string().trim().min(1).max(80),
  source: z.enum(['issued', 'pasted']),
  /** When it was issued here; for a pasted one when it was kept. */
  issuedAt: instantSchema,
  /**
   * By this machine's clock: now plus the TTL that Vault named. A clock that is wrong by the same
   * amount all night does not matter. Absent for a pasted token that nobody could look up.
   */
  expiresAt: instantSchema.optional(),
  policies: z.array(z.string().max(300)).max(100),
});
export type KeptBatchToken = z.infer<typeof keptBatchTokenSchema>;

/** Whether a token's time is over. One whose end is unknown never counts as expired. */
export const isExpired = (token: Pick<KeptBatchToken, 'expiresAt'>, now: Date): boolean =>
  token.expiresAt !== undefined && Date.parse(token.expiresAt) <= now.getTime();
