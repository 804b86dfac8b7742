import { z } from 'zod';
import { instantSchema, nodeAddressSchema } from '../ids.ts';
import { largestKeyText, nothing } from './common.ts';
import { call } from './define.ts';
import { parcelName } from './offline.ts';

/** What a drill with several laptops needs of the practice clusters. */
export const practiceMoreCalls = {
  /** For another Keyturn on this machine: its scan page reads it. */
  'practice.access': call(nothing, z.strictObject({ parcel: parcelName })),
  /** Forgets the practice clusters of another Keyturn. */
  'practice.leave': call(nothing, nothing),
  /** A holder's envelope as a share encrypted to the holder's public key, as Vault's -pgp-keys makes it. */
  'practice.encrypted-envelope': call(
    z.strictObject({
      /** The first holder of the roster is 1. */
      number: z.int().min(1).max(20),
      key: z.string().min(1).max(largestKeyText),
    }),
    z.strictObject({
      parcel: parcelName,
      fingerprint: z.string(),
      userIds: z.array(z.string()),
    }),
  ),
  /** What the practice clusters were asked, the newest 2,000, oldest first. Never a body. */
  'practice.requests': call(
    nothing,
    z.array(
      z.strictObject({
        at: instantSchema,
        node: nodeAddressSchema,
        method: z.string(),
        path: z.string(),
        status: z.union([z.int(), z.literal('dropped')]),
      }),
    ),
  ),
} as const;
