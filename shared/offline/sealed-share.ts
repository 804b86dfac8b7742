import { z } from 'zod';
import { ceremonyIdSchema, nonceSchema, personSchema } from '../ids.ts';
import { sealedForm } from './sealed-form.ts';

/*
 * A sealed share as it travels: an OpenPGP message to the ceremony's own key, and beside it in clear the
 * ceremony whose key that is. What it is bound to stands inside the message too, where nobody can change
 * it; the clear part only finds the key.
 */

export const { parse: parseSealedShare, bytes: sealedShareBytes } =
  sealedForm('keyturn-sealed-share');

/** What the message says. */
export const sealedContentSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-share'),
  ceremony: ceremonyIdSchema,
  nonce: nonceSchema,
  holder: personSchema,
  /** 16 random bytes in hex: by them a sealed share is known again, however it is wrapped. */
  once: z.string().regex(/^[0-9a-f]{32}$/),
  share: z.string().min(1).max(200),
});
