import { utf8 } from '@scure/base';
import { z } from 'zod';
import { ceremonyIdSchema, nonceSchema, personSchema } from '../ids.ts';
import { partOpeners } from '../part/events.ts';
import { canonical, parseCanonical } from '../transcript/canonical.ts';
import { longestParcel } from './parcel.ts';

/*
 * A token that an officer decoded on another laptop, on its way back to the operator's: an OpenPGP message
 * to the ceremony's own key, which the invitation names. What it is bound to stands inside the message,
 * where nobody can change it; the ceremony beside it in clear only finds the key.
 */

export const sealedDecodedTokenSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-sealed-token'),
  ceremony: ceremonyIdSchema,
  /** A binary OpenPGP message, base64. */
  message: z.base64().min(40).max(8000),
});
export type SealedDecodedToken = z.infer<typeof sealedDecodedTokenSchema>;

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

/** @returns `undefined` for what is no sealed token. */
export function parseSealedDecodedToken(bytes: Uint8Array): SealedDecodedToken | undefined {
  if (bytes.length > longestParcel) return undefined;
  try {
    const parsed = parseCanonical(utf8.encode(bytes));
    return parsed.ok ? sealedDecodedTokenSchema.safeParse(parsed.value).data : undefined;
  } catch {
    return undefined;
  }
}

export const sealedDecodedTokenBytes = (sealed: SealedDecodedToken): Uint8Array =>
  utf8.decode(canonical(sealed));
