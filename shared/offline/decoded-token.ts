import { z } from 'zod';
import { ceremonyIdSchema, nonceSchema, personSchema } from '../ids.ts';
import { partOpeners } from '../part/events.ts';
import { sealedForm } from './sealed-form.ts';

/*
 * A token that an officer decoded on another laptop, on its way back to the operator's: an OpenPGP message
 * to the ceremony's own key, which the invitation names. What it is bound to stands inside the message,
 * where nobody can change it; the ceremony beside it in clear only finds the key.
 */

export const { parse: parseSealedDecodedToken, bytes: sealedDecodedTokenBytes } =
  sealedForm('keyturn-sealed-token');

/** What the message says. */
export const decodedTokenSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-decoded-token'),
  ceremony: ceremonyIdSchema,
  nonce: nonceSchema,
  /** Who decoded it. */
  from: personSchema,
  /** What opened it there. */
  with: z.enum(['OTP', ...partOpeners]),
  /** 16 random bytes in hex: by them it is known again, however it is wrapped. */
  once: z.string().regex(/^[0-9a-f]{32}$/),
  token: z.string().min(1).max(400),
});
