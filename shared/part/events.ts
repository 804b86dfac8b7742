import { z } from 'zod';
import {
  ceremonyIdSchema,
  digestSchema,
  nodeAddressSchema,
  nonceSchema,
  personSchema,
} from '../ids.ts';
import { problemSchema } from '../problem.ts';

/*
 * A part is what one laptop did towards a ceremony that another laptop conducts: at the offline desk,
 * an invitation answered, a share sealed, a token decoded; on a holder's laptop, a share given to Vault
 * from there. It has a record of its own, a list of these events. None of them can hold a secret.
 *
 * What shows a secret to a person is on disk before it is shown, and `share.intended` before the share
 * leaves.
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

/** What the status can show of a share whose reply was lost. Nobody else's progress can be told from it. */
export const rereadings = [
  'not-counted',
  'perhaps-counted',
  'new-round',
  'no-attempt',
  'other-attempt',
] as const;
export type Rereading = (typeof rereadings)[number];

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

/** In which mode of the app the work is done. */
const roleSchema = z.enum(['holder', 'officer']);
export type PartRole = z.infer<typeof roleSchema>;

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
    /** `officer` is the offline desk; so it is where this is absent, in records of earlier versions. */
    role: roleSchema.optional(),
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
    /** The ceremony's own public key (binary, base64): what is handed back later is sealed to it. */
    sealTo: z.strictObject({ key: z.base64().max(4000), fingerprint: pgpFingerprint }).optional(),
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

  // A share that is given to Vault from a holder's laptop
  /** The holder heard the same words from the operator. */
  event('words.compared', { holder: personSchema, nonce: nonceSchema }),
  event('share.intended', {
    ceremony: ceremonyIdSchema,
    holder: personSchema,
    node: nodeAddressSchema,
    /** As Vault said right before. */
    progressBefore: z.int().min(0),
    required: z.int().min(1),
    openedWith: z.enum(partOpeners).optional(),
  }),
  /** `duplicate`: Vault refused it as one that it has, and a reply had been lost before. */
  event('share.accepted', {
    progress: z.int().min(0),
    required: z.int().min(1),
    shownBy: z.enum(['reply', 'duplicate']),
  }),
  event('share.refused', { problem: problemSchema }),
  /** It was sent, and no reply came back that can be relied on. */
  event('share.unknown', { problem: problemSchema }),
  /** What Vault's status showed after that. */
  event('share.reread', { found: z.enum(rereadings), progress: z.int().min(0).optional() }),
  /** The progress went back with the same nonce: the shares did not combine, and Vault forgot them all. */
  event('round.began', { progress: z.int().min(0) }),

  // The encoded token, where the last share landed from here all the same
  /** In this laptop's keychain, before anything else was done with it. */
  event('token.kept', {}),
  /** It may leave this laptop, sealed to the key in the invitation. */
  event('token.offered', { to: personSchema }),
  /** Somebody says that it arrived; it is removed from the keychain. */
  event('token.handed', { to: personSchema, by: personSchema }),
  event('token.forgotten', { by: personSchema, why: text.min(1) }),
  /** It is not in the keychain any more, and nobody here removed it. */
  event('token.missing', {}),
  /** The app was started again while a token was kept, or while one was about to be. */
  event('part.resumed', {}),

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
