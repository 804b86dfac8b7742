import { utf8 } from '@scure/base';
import { z } from 'zod';
import { ceremonyIdSchema, nonceSchema, personSchema } from '../ids.ts';
import { canonical, parseCanonical } from '../transcript/canonical.ts';
import { longestParcel } from './parcel.ts';

/*
 * The encoded token on its way back from a holder's laptop, where the last share landed: an OpenPGP
 * message to the ceremony's own key, and beside it in clear the ceremony whose key that is. It travels
 * like a sealed share, and for the same reason what it is bound to stands inside the message too.
 */

export const handedTokenSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-handed-token'),
  ceremony: ceremonyIdSchema,
  /** A binary OpenPGP message, base64. */
  message: z.base64().min(40).max(11_000),
});
export type HandedToken = z.infer<typeof handedTokenSchema>;

/** Characters of an encoded token that can be handed back; one encrypted to an RSA key of 8,192 bits has less. */
export const longestHandedToken = 5000;

/** What the message says. */
export const handedContentSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-encoded-token'),
  ceremony: ceremonyIdSchema,
  nonce: nonceSchema,
  /** Whose share was the last. */
  holder: personSchema,
  /** As Vault said it. */
  encoded: z.string().min(1).max(longestHandedToken),
});

/** @returns `undefined` for what is no handed-back token. */
export function parseHandedToken(bytes: Uint8Array): HandedToken | undefined {
  if (bytes.length > longestParcel) return undefined;
  try {
    const parsed = parseCanonical(utf8.encode(bytes));
    return parsed.ok ? handedTokenSchema.safeParse(parsed.value).data : undefined;
  } catch {
    return undefined;
  }
}

export const handedTokenBytes = (handed: HandedToken): Uint8Array => utf8.decode(canonical(handed));
