import { z } from 'zod';
import {
  ceremonyIdSchema,
  digestSchema,
  instantSchema,
  nodeAddressSchema,
  nonceSchema,
  personSchema,
} from '../ids.ts';
import { problemSchema } from '../problem.ts';
import { nothing } from './common.ts';
import { call } from './define.ts';
import { deskViewSchema, parcelName } from './offline.ts';

/** What Vault said last of the attempt in the invitation. */
export const attemptSeenSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('open'),
    at: instantSchema,
    node: nodeAddressSchema,
    progress: z.int(),
    required: z.int(),
    /** The next share is the last: it is not given from a holder's laptop. */
    last: z.boolean(),
  }),
  z.strictObject({ state: z.literal('none'), at: instantSchema }),
  z.strictObject({
    state: z.literal('other'),
    at: instantSchema,
    nonce: nonceSchema.optional(),
    words: z.array(z.string()),
  }),
  /** Vault 2.0 and newer: the status itself is for whoever has a Vault token. */
  z.strictObject({ state: z.literal('token-demanded'), at: instantSchema }),
  z.strictObject({ state: z.literal('failed'), at: instantSchema, problem: problemSchema }),
]);
export type AttemptSeen = z.infer<typeof attemptSeenSchema>;

/** What a holder's laptop has before it. No secret: the encoded token is "kept" or not. */
export const holderViewSchema = z.strictObject({
  invitation: deskViewSchema.shape.invitation,
  sealed: deskViewSchema.shape.sealed,
  /** How the cluster is reached from here; absent until the invitation is good. */
  route: z
    .discriminatedUnion('state', [
      /** By the profile of this name. */
      z.strictObject({ state: z.literal('profile'), name: z.string() }),
      z.strictObject({ state: z.literal('none'), problem: problemSchema }),
    ])
    .optional(),
  seen: attemptSeenSchema.optional(),
  /** Whose shares Vault counted in this round, given from here. */
  gave: z.array(z.string()),
  /** Shares were given from here before, in a round or an attempt that came to nothing. */
  newRound: z.boolean(),
  /** Whose share has no outcome yet: it was sent, and the reply was lost. */
  pending: z.string().optional(),
  /** Whose share may or may not have been counted. */
  doubtful: z.array(z.string()),
  /** The encoded token that came back to this laptop with the last share. */
  kept: z
    .strictObject({
      /** `memory`: the keychain did not take it yet. */
      where: z.enum(['keychain', 'memory']),
      cluster: z.string(),
      ceremony: ceremonyIdSchema,
      operator: z.string(),
      holder: z.string(),
      /** Ready to be shown or saved, for this person. */
      offered: z.strictObject({ to: z.string(), parcel: parcelName }).optional(),
      /** To whom it was shown or saved for, also before a restart. */
      offeredTo: z.array(z.string()),
    })
    .optional(),
  /** Whose share was under way when the app stopped the last time. */
  leftOver: z.array(z.string()),
});
export type HolderView = z.infer<typeof holderViewSchema>;

/** The guide's calls in the holder's mode. */
export const holderCalls = {
  'holder.view': call(nothing, holderViewSchema),
  /** As at the offline desk: a deviation. */
  'holder.trust-signer': call(
    z.strictObject({ fingerprint: digestSchema, comparedBy: personSchema, agreedBy: personSchema }),
    nothing,
  ),
  /** Reads the status of the attempt, and settles a share whose reply was lost. */
  'holder.look': call(nothing, nothing),
  'holder.open': call(z.strictObject({ page: z.enum(['scan', 'give', 'seal']) }), nothing),
  /** Tries the keychain again. */
  'holder.keep-token': call(nothing, nothing),
  /** Seals the encoded token to the operator's key, as QR codes and a file. */
  'holder.offer-token': call(z.strictObject({ to: personSchema }), nothing),
  /** It arrived: it is removed here, and the work ends. */
  'holder.token-handed': call(z.strictObject({ to: personSchema, by: personSchema }), nothing),
  'holder.forget-token': call(
    z.strictObject({ by: personSchema, why: z.string().trim().min(1).max(2000) }),
    nothing,
  ),
  'holder.note': call(
    z.strictObject({ by: personSchema, note: z.string().trim().min(1).max(2000) }),
    nothing,
  ),
  /** Ends the work here. A kept token stays, and is offered until it is settled. */
  'holder.clear': call(nothing, nothing),
} as const;

export const holderPushes = { 'holder.changed': holderViewSchema } as const;
