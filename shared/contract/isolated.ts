import { z } from 'zod';
import { afterTaskKindSchema } from '../ceremony/aftercare.ts';
import { serverReportSchema } from '../ceremony/events.ts';
import { batchTokenSchema } from '../ceremony/ways.ts';
import { nodeAddressSchema, nonceSchema, personSchema } from '../ids.ts';
import { Secret } from '../secret.ts';
import { bannerSchema, largestSignature, nothing, savedStatementSchema } from './common.ts';
import { call } from './define.ts';
import { encryptedShareSchema, keyFileSchema } from './pgp.ts';

/** The largest text an entry page may send: a share is at most 66 characters, a batch token a few thousand. */
export const longestSecret = 16_384;

const secret = z.string().min(1).max(longestSecret);

/** A PIN has at least so many characters. */
export const shortestPin = 6;
const pin = z.string().min(shortestPin).max(256);

const givenSchema = z.strictObject({
  progress: z.int(),
  required: z.int(),
  complete: z.boolean(),
  /** On a holder's laptop, where it was the last share all the same: the encoded token is kept there. */
  kept: z.boolean().optional(),
});

/** The page where one holder gives one share. It is destroyed after each. */
export const shareEntry = {
  calls: {
    'share.context': call(
      nothing,
      z.strictObject({
        banner: bannerSchema,
        /** Which attempt it is; for unsealing, which node. */
        goal: z.discriminatedUnion('kind', [
          z.strictObject({
            kind: z.literal('attempt'),
            nonce: nonceSchema,
            words: z.array(z.string()),
          }),
          z.strictObject({ kind: z.literal('node'), node: nodeAddressSchema }),
        ]),
        holders: z.array(z.strictObject({ name: z.string(), gave: z.boolean() })),
        /** The share is not given here: it is sealed to the operator's key. */
        seals: z.boolean().optional(),
        /** On a holder's laptop: the ceremony is conducted elsewhere. */
        away: z.boolean().optional(),
        /** The practice clusters run in this Keyturn, so their envelopes can be opened here. */
        envelopes: z.boolean().optional(),
        round: z.int(),
        progress: z.int(),
        required: z.int(),
      }),
    ),
    'share.confirm-words': call(z.strictObject({ holder: personSchema }), nothing),
    'share.give': call(
      z.strictObject({
        holder: personSchema,
        share: secret.transform((value) => Secret.of('share', value)),
      }),
      givenSchema,
    ),
    /** The same for a share that is encrypted to its holder: opened in main, then given. */
    'share.give-encrypted': call(
      encryptedShareSchema.extend({ holder: personSchema }),
      givenSchema,
    ),
    'share.stop-gpg': call(nothing, nothing),
    /** Practice only: the paper envelope this holder would have brought. */
    'share.practice-envelope': call(
      z.strictObject({ holder: personSchema }),
      z.strictObject({ share: z.string() }),
    ),
    'share.close': call(nothing, nothing),
  },
  pushes: {},
} as const;

/** The page for every other secret: one value in, or one value shown. */
export const secretEntry = {
  calls: {
    'secret.context': call(
      nothing,
      z.strictObject({
        banner: bannerSchema,
        what: z.enum([
          'vault-token',
          'otp',
          'show-otp',
          'pin',
          'pgp-key',
          'primary-token',
          'batch-token',
          'show-encoded',
          'show-token',
          'demote',
          'after',
          'show-root-token',
          // At the offline desk
          'encoded-token',
          'encrypted-share',
          'desk-otp',
          'desk-key',
          'show-share',
          'show-new-otp',
        ]),
        /** For `pin`: whose it is. For `demote`: the primary's address. */
        person: z.string().optional(),
        /** For `after`: which thing of the checklist, and what the token goes to. */
        task: afterTaskKindSchema.optional(),
        target: z.string().optional(),
        /** For `otp`: the length Vault asks for. */
        length: z.int().optional(),
        agreedBy: z.string().optional(),
      }),
    ),
    'secret.give-token': call(
      z.strictObject({ token: secret.transform((value) => Secret.of('vault-token', value)) }),
      nothing,
    ),
    /** Practice only: a token of the practice primary, which its operator would have brought. */
    'secret.practice-token': call(nothing, z.strictObject({ token: z.string() })),
    /** A batch token that was issued elsewhere; it goes into the keychain. */
    'secret.give-batch-token': call(
      z.strictObject({
        token: secret.transform((value) => Secret.of('batch-token', value.trim())),
      }),
      nothing,
    ),
    'secret.give-otp': call(
      z.strictObject({ otp: secret.transform((value) => Secret.of('otp', value)) }),
      nothing,
    ),
    'secret.give-encoded-token': call(
      z.strictObject({ encoded: secret.transform((value) => Secret.of('encoded-token', value)) }),
      nothing,
    ),
    /** Opens the encoded token of a ceremony in PGP mode, or what lies on the desk. */
    'secret.decrypt-token': call(keyFileSchema, nothing),
    'secret.give-pin': call(
      z.strictObject({ pin: pin.transform((value) => Secret.of('pin', value)) }),
      nothing,
    ),
    /** A token of the old primary, used for one call: the demotion this page was opened for. */
    'secret.demote': call(
      z.strictObject({ token: secret.transform((value) => Secret.of('vault-token', value)) }),
      nothing,
    ),
    /** A token for the one thing of the checklist that this page was opened for. */
    'secret.after': call(
      z.strictObject({ token: secret.transform((value) => Secret.of('vault-token', value)) }),
      nothing,
    ),
    /** Only where this page was opened to show the OTP, an encoded token or a root token; recorded as an event. */
    'secret.reveal': call(nothing, z.strictObject({ value: z.string() })),
    'secret.close': call(nothing, nothing),
  },
  pushes: {},
} as const;

/** The page with the one irreversible button. */
export const promote = {
  calls: {
    'promote.context': call(
      nothing,
      z.strictObject({
        banner: bannerSchema,
        operator: z.string(),
        people: z.array(z.string()),
        server: serverReportSchema,
        /** What the first test pinned, to be read beside the server's report. */
        pinned: z
          .strictObject({ clusterId: z.string(), secondaryId: z.string().optional() })
          .optional(),
        fencing: z.strictObject({
          how: z.string(),
          confirmedBy: z.string(),
          /** As it looks now. */
          primary: z.string(),
          /** Why promote although it answers as active. */
          reason: z.string().optional(),
        }),
        /** The batch token that promote is sent with; absent: the DR operation token of the ceremony. */
        batchToken: batchTokenSchema.optional(),
        /** Why this is asked again: what Vault said to the promote before. */
        refused: z.strictObject({ known: z.string(), serverText: z.string() }).optional(),
        /** Who has a PIN, and how many tries are left; absent: nobody, or none is asked for. */
        pin: z.strictObject({ person: z.string(), triesLeft: z.int() }).optional(),
        /** Who set an OpenPGP key, and what they sign, as text and without a line feed at the end. */
        signature: z
          .strictObject({
            person: z.string(),
            fingerprint: z.string(),
            words: z.array(z.string()),
            statement: z.string(),
            statementWithForce: z.string(),
          })
          .optional(),
        /** Whether the host asks for a folder in a dialog; else the page asks for its path. */
        folderDialog: z.boolean(),
        /** The rules of the site that bind this page. */
        rules: z.strictObject({ secondIsNotOperator: z.boolean(), factorRequired: z.boolean() }),
        forceOffered: z.boolean(),
        /** The sentence to type before `force` is sent. */
        forceSentence: z.string(),
        /** Anything that closes the button, in sentences. Empty: it is open. */
        stops: z.array(z.string()),
      }),
    ),
    'promote.confirm': call(
      z.strictObject({
        clusterName: z.string().max(80),
        secondPerson: personSchema,
        pin: z
          .string()
          .min(1)
          .max(256)
          .transform((value) => Secret.of('pin', value))
          .optional(),
        /** Over the statement: detached and armored, or the statement signed as text. Not a secret. */
        signature: z.string().min(1).max(largestSignature).optional(),
        primaryClusterAddr: z.string().trim().max(300).optional(),
        force: z.strictObject({ accepted: z.string().max(2000) }).optional(),
      }),
      nothing,
    ),
    /** Writes the statement to sign into a new folder. `folder` only where there is no dialog for it. */
    'promote.save-statement': call(
      z.strictObject({ force: z.boolean(), folder: z.string().max(4000).optional() }),
      savedStatementSchema,
    ),
    'promote.close': call(nothing, nothing),
  },
  pushes: {},
} as const;
