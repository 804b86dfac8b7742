import { utf8 } from '@scure/base';
import { z } from 'zod';
import { ceremonyIdSchema, type CeremonyId } from '../ids.ts';
import { canonical, parseCanonical } from '../transcript/canonical.ts';
import { longestParcel } from './parcel.ts';

/** What is sealed to a ceremony's own key, and beside it in clear whose key that is. */
export interface Sealed {
  readonly ceremony: CeremonyId;
  /** A binary OpenPGP message, base64. */
  readonly message: string;
}

/**
 * The outside of what is sealed to a ceremony's own key. What it is bound to stands inside the message
 * too, where nobody can change it: the clear part only finds the key.
 *
 * @param longest characters of the message.
 */
export function sealedForm<W extends string>(what: W, longest = 8000) {
  const schema = z.strictObject({
    v: z.literal(1),
    what: z.literal(what),
    ceremony: ceremonyIdSchema,
    message: z.base64().min(40).max(longest),
  });
  return {
    /** @returns `undefined` for what is nothing of this form. */
    parse: (bytes: Uint8Array): Sealed | undefined => {
      if (bytes.length > longestParcel) return undefined;
      try {
        const parsed = parseCanonical(utf8.encode(bytes));
        return parsed.ok ? schema.safeParse(parsed.value).data : undefined;
      } catch {
        return undefined;
      }
    },
    bytes: ({ ceremony, message }: Sealed): Uint8Array =>
      utf8.decode(canonical({ v: 1, what, ceremony, message })),
  };
}
