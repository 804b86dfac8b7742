import { utf8 } from '@scure/base';
import { z } from 'zod';
import { ceremonyIdSchema, nonceSchema, personSchema } from '../ids.ts';
import { canonical, parseCanonical } from '../transcript/canonical.ts';
import { longestParcel } from './parcel.ts';

/*
 * A sealed share as it travels: an OpenPGP message to the ceremony's own key, and beside it in clear the
 * ceremony whose key that is. What it is bound to stands inside the message too, where nobody can change
 * it; the clear part only finds the key.
 */

export const sealedShareSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-sealed-share'),
  ceremony: ceremonyIdSchema,
  /** A binary OpenPGP message, base64. */
  message: z.base64().min(40).max(8000),
});
export type SealedShare = z.infer<typeof sealedShareSchema>;

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

/** @returns `undefined` for what is no sealed share. */
export function parseSealedShare(bytes: Uint8Array): SealedShare | undefined {
  if (bytes.length > longestParcel) return undefined;
  try {
    const parsed = parseCanonical(utf8.encode(bytes));
    return parsed.ok ? sealedShareSchema.safeParse(parsed.value).data : undefined;
  } catch {
    return undefined;
  }
}

export const sealedShareBytes = (sealed: SealedShare): Uint8Array => utf8.decode(canonical(sealed));
