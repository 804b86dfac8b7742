import { z } from 'zod';
import {
  ceremonyIdSchema,
  digestSchema,
  instantSchema,
  nodeAddressSchema,
  personSchema,
  profileIdSchema,
} from '../ids.ts';
import { colours } from '../profile.ts';
import { problemSchema } from '../problem.ts';
import { batchTokenIdSchema, keptBatchTokenSchema } from '../shift/batch-token.ts';
import { setupParts } from '../shift/events.ts';
import { namesSchema } from '../shift/setup.ts';
import { nothing } from './common.ts';
import { call } from './define.ts';

const ofProfile = z.strictObject({ profileId: profileIdSchema });
const ofToken = ofProfile.extend({ token: batchTokenIdSchema });
const part = z.enum(setupParts);
const label = z.string().trim().min(1).max(80);
const words = z.string().trim().min(1).max(2000);

/** How long a batch token may be asked for, in seconds: a minute to a month. */
export const ttlRange = { shortest: 60, longest: 31 * 24 * 3600 } as const;

const heldSchema = z.strictObject({
  about: keptBatchTokenSchema,
  /** What the primary said, when it was last asked. */
  checked: z
    .strictObject({ at: instantSchema, node: nodeAddressSchema, doubts: z.array(z.string()) })
    .optional(),
  tried: z
    .strictObject({
      at: instantSchema,
      node: nodeAddressSchema.optional(),
      result: z.enum(['accepted', 'refused', 'not-proved']),
      says: z.string(),
    })
    .optional(),
});

const setupSeenSchema = z.strictObject({
  at: instantSchema,
  name: z.string(),
  found: z.boolean(),
  differences: z.array(z.string()),
});

export const shiftViewSchema = z.strictObject({
  profileId: profileIdSchema,
  cluster: z.string(),
  colour: z.enum(colours),
  practice: z.boolean(),
  /** Absent while nobody has the shift. */
  shift: z
    .strictObject({
      id: ceremonyIdSchema,
      operator: z.string(),
      openedAt: instantSchema,
      names: namesSchema,
      setup: z.strictObject({
        policy: setupSeenSchema.optional(),
        role: setupSeenSchema.optional(),
      }),
      openItems: z.array(z.string()),
      trouble: problemSchema.optional(),
    })
    .optional(),
  tokens: z.array(heldSchema),
  /** Whether the operator's own Vault token for the primary is in memory. */
  vaultToken: z.boolean(),
});
export type ShiftView = z.infer<typeof shiftViewSchema>;

export const setupLookSchema = z.strictObject({
  name: z.string(),
  found: z.boolean(),
  differences: z.array(z.string()),
  wanted: z.string(),
  diff: z.array(z.strictObject({ kind: z.enum(['same', 'there', 'wanted']), text: z.string() })),
  seen: digestSchema,
});
export type SetupLookView = z.infer<typeof setupLookSchema>;

/** The shift desk: who looks after the batch tokens of a cluster. No call carries a token. */
export const shiftCalls = {
  /** Every cluster; `notifies` where the host shows notices on the desktop. */
  'shift.overview': call(
    nothing,
    z.strictObject({ notifies: z.boolean(), clusters: z.array(shiftViewSchema) }),
  ),
  'shift.view': call(ofProfile, shiftViewSchema),
  'shift.open': call(ofProfile.extend({ operator: personSchema }), nothing),
  'shift.set-names': call(ofProfile.extend({ names: namesSchema }), nothing),
  /** Opens the page for a secret: the operator's own Vault token, or a batch token from elsewhere. */
  'shift.enter': call(
    ofProfile.extend({
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('primary-token') }),
        z.strictObject({ kind: z.literal('batch-token'), label, by: personSchema }),
      ]),
    }),
    nothing,
  ),
  /** Practice only: the operator's token of the practice primary, without anybody typing it. */
  'shift.practice-token': call(ofProfile, nothing),
  'shift.look': call(ofProfile.extend({ part }), setupLookSchema),
  /** Writes what the look with this `seen` showed. */
  'shift.write': call(ofProfile.extend({ part, seen: digestSchema, by: personSchema }), nothing),
  'shift.issue': call(
    ofProfile.extend({
      label,
      by: personSchema,
      ttlSeconds: z.int().min(ttlRange.shortest).max(ttlRange.longest),
    }),
    nothing,
  ),
  'shift.prove': call(ofToken, nothing),
  'shift.forget': call(ofToken.extend({ by: personSchema, why: words }), nothing),
  'shift.hand-over': call(ofProfile.extend({ by: personSchema, to: personSchema }), nothing),
  'shift.end': call(ofProfile.extend({ by: personSchema }), nothing),
  'shift.note': call(ofProfile.extend({ by: personSchema, note: words }), nothing),
} as const;

/** Something at the desk changed: it is to be read again. */
export const shiftPushes = { 'shift.changed': nothing } as const;
