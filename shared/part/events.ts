import { z } from 'zod';
import { ceremonyIdSchema, digestSchema, nonceSchema, personSchema } from '../ids.ts';
import { problemSchema } from '../problem.ts';

/*
 * A part is what one laptop did towards a ceremony that another laptop conducts: at the offline desk,
 * an invitation answered, a share sealed, a token decoded. It has a record of its own, a list of these
 * events. None of them can hold a secret.
 *
 * What shows a secret to a person is on disk before it is shown.
 */

const text = z.string().trim().max(2000);
/** An OpenPGP fingerprint, version 4 or 6. */
const pgpFingerprint = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const userIds = z.array(z.string().max(300)).max(10);

/** With what an encrypted share or token was opened. */
export const partOpeners = ['key file', 'gpg'] as const;
export const openedSchema = z.enum(['token', 'share']);
/** What lies opened on the desk. */
export type Opened = z.infer<typeof openedSchema>;

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

const beforeTwo = { to: personSchema, agreedBy: personSchema };

export const partEventSchema = z.discriminatedUnion('type', [
  event('part.opened', {
    id: ceremonyIdSchema,
    /** As the invitation calls it; where none was read, `Offline desk`. */
    cluster: z.strictObject({
      name: z.string().min(1).max(120),
      kind: z.enum(['real', 'practice']),
    }),
    appVersion: z.string().max(40),
    keychain: z.enum(['os', 'memory']),
  }),

  // An invitation, and the shares that answer it
  event('invitation.read', {
    ceremony: ceremonyIdSchema,
    cluster: z.string().max(120),
    nonce: nonceSchema,
    operator: personSchema,
    /** Of the installation that signed it. */
    signer: digestSchema,
    verdict: z.enum(['good', 'signer-unknown', 'refused']),
    says: z.array(text).max(20),
  }),
  /** Every word of the signer's fingerprint was compared by voice: a deviation. */
  event('signer.trusted', {
    signer: digestSchema,
    operator: personSchema,
    comparedBy: personSchema,
    agreedBy: personSchema,
  }),
  event('share.sealed', {
    ceremony: ceremonyIdSchema,
    holder: personSchema,
    /** Fingerprint of the key it was sealed to. */
    sealTo: pgpFingerprint,
    /** The share itself came encrypted, and this opened it. */
    openedWith: z.enum(partOpeners).optional(),
  }),
  event('sealed-share.checked', { ceremony: ceremonyIdSchema, holder: personSchema }),

  // A token or a share, opened here
  event('secret.opened', {
    what: openedSchema,
    with: z.enum(['OTP', ...partOpeners]),
    /** What looks unusual about a token. */
    doubts: z.array(text).max(20),
  }),
  event('secret.open.failed', { what: openedSchema, problem: problemSchema }),
  event('secret.shown', { what: openedSchema, ...beforeTwo }),
  /** It may leave this laptop, readable by this key only. */
  event('secret.encrypted', { what: openedSchema, recipient: pgpFingerprint, userIds }),

  /** A decoded token may leave this laptop, sealed to the ceremony's own key. */
  event('token.sealed', {
    ceremony: ceremonyIdSchema,
    /** Who decoded it. */
    from: personSchema,
    sealTo: pgpFingerprint,
  }),

  event('otp.made', { length: z.int().min(1).max(128) }),
  event('otp.shown', beforeTwo),

  event('note.added', { by: personSchema, note: text.min(1) }),
  event('part.ended', { why: z.enum(['cleared', 'locked', 'quit', 'interrupted']) }),
]);

export type PartEvent = z.infer<typeof partEventSchema>;
export type PartEventOf<T extends PartEvent['type']> = Extract<PartEvent, { type: T }>;
