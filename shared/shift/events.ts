import { z } from 'zod';
import { clusterSchema } from '../ceremony/events.ts';
import { ceremonyIdSchema, instantSchema, nodeAddressSchema, personSchema } from '../ids.ts';
import { problemSchema } from '../problem.ts';
import { batchTokenIdSchema, keptBatchTokenSchema } from './batch-token.ts';
import { namesSchema } from './setup.ts';

/*
 * A shift is a list of these events: who looks after the DR operation batch tokens of one cluster,
 * and what became of each. None of them can hold a token.
 *
 * `*.intended` is on disk before the call it names leaves; its outcome is a later event.
 */

const text = z.string().trim().max(2000);

/** What is checked or written on the primary: the policy of the batch token, or the role it is issued by. */
export const setupParts = ['policy', 'role'] as const;
export type SetupPart = (typeof setupParts)[number];

/** When a person is warned that a token ends. */
export const warnings = ['2 hours', '30 minutes', 'expired'] as const;
export type Warning = (typeof warnings)[number];

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

const ofToken = { token: batchTokenIdSchema };

export const shiftEventSchema = z.discriminatedUnion('type', [
  event('shift.opened', {
    id: ceremonyIdSchema,
    cluster: clusterSchema,
    /** Who looks after the tokens from now on. */
    operator: personSchema,
    appVersion: z.string().max(40),
    keychain: z.enum(['os', 'memory']),
    /** The shift before, whose record ends where this one begins. */
    follows: ceremonyIdSchema.optional(),
    /** What the keychain held of this cluster when the shift began. */
    tokens: z.array(keptBatchTokenSchema).max(200),
    names: namesSchema,
  }),
  event('names.set', { names: namesSchema }),

  // The policy and the role on the primary
  event('setup.checked', {
    part: z.enum(setupParts),
    name: z.string().max(300),
    node: nodeAddressSchema,
    /** Each difference as a sentence; none: it is as it should be. */
    differences: z.array(text).max(100),
    found: z.boolean(),
  }),
  event('setup.write.intended', {
    part: z.enum(setupParts),
    name: z.string().max(300),
    node: nodeAddressSchema,
    by: personSchema,
  }),
  event('setup.written', { part: z.enum(setupParts), name: z.string().max(300) }),
  event('setup.write.failed', {
    part: z.enum(setupParts),
    problem: problemSchema,
    /** True where the request may have arrived: checking shows what is there. */
    mayHaveArrived: z.boolean(),
  }),

  // Tokens
  event('batch.issue.intended', {
    node: nodeAddressSchema,
    role: z.string().max(300),
    ttlSeconds: z.int().min(60),
    label: text.min(1),
    by: personSchema,
  }),
  event('batch.issued', { about: keptBatchTokenSchema, warnings: z.array(text).max(20) }),
  event('batch.issue.failed', {
    problem: problemSchema,
    /** Until when a token that nobody holds may be valid: the reply was lost, or it was not kept. */
    mayExistUntil: instantSchema.optional(),
  }),
  event('batch.pasted', { about: keptBatchTokenSchema, by: personSchema }),
  /** What the primary says of the token (lookup-self, capabilities-self). */
  event('batch.checked', {
    ...ofToken,
    node: nodeAddressSchema,
    /** What is not as it should be, each a sentence; none: proved there. */
    doubts: z.array(text).max(20),
    /** Vault's own `expire_time`. */
    expireTime: z.string().max(60).optional(),
  }),
  /** A harmless call on the DR secondary with the token. */
  event('batch.tried', {
    ...ofToken,
    node: nodeAddressSchema.optional(),
    result: z.enum(['accepted', 'refused', 'not-proved']),
    says: text,
  }),
  event('batch.warned', { ...ofToken, warning: z.enum(warnings) }),
  event('batch.expired', ofToken),
  event('batch.forgotten', { ...ofToken, by: personSchema, why: text.min(1) }),
  /** The keychain no longer has it, and nobody here removed it. */
  event('batch.missing', ofToken),

  // At any time, and the end
  event('note.added', { by: personSchema, note: text.min(1) }),
  event('resumed', { tornBytes: z.int().min(0).optional() }),
  event('shift.ended', {
    by: personSchema,
    /** Who goes on; absent: nobody, and no token is looked after. */
    to: personSchema.optional(),
  }),
]);

export type ShiftEvent = z.infer<typeof shiftEventSchema>;
export type ShiftEventOf<T extends ShiftEvent['type']> = Extract<ShiftEvent, { type: T }>;
