import { utf8 } from '@scure/base';
import { z } from 'zod';
import { ceremonyIdSchema, nonceSchema, personSchema } from '../ids.ts';
import { partOpeners } from '../part/events.ts';
import { canonical, parseCanonical } from '../transcript/canonical.ts';
import { longestParcel } from './parcel.ts';

/*
 * A token on its way back to the operator's laptop: an OpenPGP message to the ceremony's own key, which
 * the invitation names. Either still encoded, where the last share landed on a holder's laptop, or
 * decoded at an officer's desk. What it is bound to stands inside the message, where nobody can change
 * it; the ceremony beside it in clear only finds the key.
 */

export const sealedTokenSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-sealed-token'),
  ceremony: ceremonyIdSchema,
  /** A binary OpenPGP message, base64. */
  message: z.base64().min(40).max(14_000),
});
export type SealedToken = z.infer<typeof sealedTokenSchema>;

const bound = {
  v: z.literal(1),
  what: z.literal('keyturn-token'),
  ceremony: ceremonyIdSchema,
  nonce: nonceSchema,
  /** `encoded`: the holder whose share was the last. `decoded`: who opened it. */
  from: personSchema,
  /** 16 random bytes in hex: by them a sealed token is known again, however it is wrapped. */
  once: z.string().regex(/^[0-9a-f]{32}$/),
};

/** What the message says. */
export const sealedTokenContentSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('encoded'), ...bound, token: z.string().min(1).max(8000) }),
  z.strictObject({
    state: z.literal('decoded'),
    ...bound,
    with: z.enum(['OTP', ...partOpeners]),
    token: z.string().min(1).max(400),
  }),
]);
export type SealedTokenContent = z.infer<typeof sealedTokenContentSchema>;

/** @returns `undefined` for what is no sealed token. */
export function parseSealedToken(bytes: Uint8Array): SealedToken | undefined {
  if (bytes.length > longestParcel) return undefined;
  try {
    const parsed = parseCanonical(utf8.encode(bytes));
    return parsed.ok ? sealedTokenSchema.safeParse(parsed.value).data : undefined;
  } catch {
    return undefined;
  }
}

export const sealedTokenBytes = (sealed: SealedToken): Uint8Array => utf8.decode(canonical(sealed));
