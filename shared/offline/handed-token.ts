import { z } from 'zod';
import { ceremonyIdSchema, nonceSchema, personSchema } from '../ids.ts';
import { sealedForm } from './sealed-form.ts';

/*
 * The encoded token on its way back from a holder's laptop, where the last share landed: an OpenPGP
 * message to the ceremony's own key, and beside it in clear the ceremony whose key that is. It travels
 * like a sealed share, and for the same reason what it is bound to stands inside the message too.
 */

export const { parse: parseHandedToken, bytes: handedTokenBytes } = sealedForm(
  'keyturn-handed-token',
  11_000,
);

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
