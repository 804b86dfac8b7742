import { z } from 'zod';
import { longestMessageText } from '../pgp/message.ts';
import { pgpFingerprintSchema } from '../pgp/key.ts';
import { Secret } from '../secret.ts';
import { nothing, ofCeremony } from './common.ts';
import { call } from './define.ts';

/** Characters of a key as text: one of 8,192 bits with pictures and many signatures has less. */
export const longestKeyText = 400_000;

/** Which key the token is to be encrypted to. */
export const startKeySchema = z.discriminatedUnion('from', [
  /** Made by the app for this ceremony. */
  z.strictObject({ from: z.literal('app') }),
  /** A public key as text: armored, or base64 of the binary key. */
  z.strictObject({ from: z.literal('file'), text: z.string().min(1).max(longestKeyText) }),
  z.strictObject({ from: z.literal('gpg'), fingerprint: pgpFingerprintSchema }),
]);
export type StartKeyChoice = z.infer<typeof startKeySchema>;

const namedKey = z.strictObject({
  fingerprint: pgpFingerprintSchema,
  userIds: z.array(z.string()),
});

/** The guide's own: nothing here is secret, and nothing is decrypted through it but by gpg. */
export const pgpGuideCalls = {
  /** What a public key is, before an attempt is started with it. */
  'pgp.read-key': call(z.strictObject({ text: z.string().min(1).max(longestKeyText) }), namedKey),
  /** The keys that the gpg of this machine can decrypt with. */
  'pgp.gpg-keys': call(nothing, z.array(namedKey.extend({ onCard: z.boolean() }))),
  'ceremony.decode-with-gpg': call(ofCeremony, nothing),
  /** Stops a gpg that waits for a card or a PIN. */
  'pgp.stop-gpg': call(nothing, nothing),
} as const;

const keyFile = {
  key: z
    .string()
    .min(1)
    .max(longestKeyText)
    .transform((text) => Secret.of('pgp-private-key', text)),
  /** Absent: the key has none. */
  passphrase: z
    .string()
    .min(1)
    .max(1024)
    .transform((text) => Secret.of('pgp-passphrase', text))
    .optional(),
};

/** A key file as one call of an entry page carries it: used once, kept nowhere. */
export const keyFileSchema = z.strictObject(keyFile);

/** An encrypted share, and with what it is opened. */
export const encryptedShareSchema = z.strictObject({
  message: z.string().min(1).max(longestMessageText),
  opener: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('key'), ...keyFile }),
    z.strictObject({ kind: z.literal('gpg') }),
  ]),
});
