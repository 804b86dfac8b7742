import { z } from 'zod';
import { instantSchema, personSchema } from '../ids.ts';
import { problemSchema, type Problem } from '../problem.ts';
import { batchTokenIdSchema } from '../shift/batch-token.ts';
import type { CeremonyState, Preflight } from './state.ts';
import { utcMoment } from '../report/instants.ts';

/** The three ways to Promote, in the order in which they are tried. */
export const ways = ['batch-token', 'ceremony', 'break-glass'] as const;
export const waySchema = z.enum(ways);
export type Way = z.infer<typeof waySchema>;

/** A kept batch token as a record names it. Without `expiresAt` its expiry is not known here. */
export const batchTokenSchema = z.strictObject({
  id: batchTokenIdSchema,
  label: z.string().max(200),
  expiresAt: instantSchema.optional(),
});
export type BatchToken = z.infer<typeof batchTokenSchema>;

const sentence = z.string().trim().min(1).max(2000);

export const wayEvents = [
  z.strictObject({
    type: z.literal('way.chosen'),
    way: waySchema,
    why: sentence,
    /** Who chose it against the facts, which is a deviation. Absent: the facts chose it. */
    by: personSchema.optional(),
  }),
  z.strictObject({
    type: z.literal('way.refused'),
    way: waySchema,
    problem: problemSchema,
    /** For `batch-token`: which of the kept ones it was. */
    batchToken: batchTokenIdSchema.optional(),
  }),
  z.strictObject({ type: z.literal('batch-token.armed'), token: batchTokenSchema }),
] as const;

export interface ChosenWay {
  readonly way: Way;
  readonly why: string;
  readonly at: string;
  readonly by: string | undefined;
}

export interface RefusedWay {
  readonly way: Way;
  readonly problem: Problem;
  readonly at: string;
  readonly batchToken: string | undefined;
}

/** What the facts say is next, and why, in a sentence for the screen and the record. */
export interface ProposedWay {
  readonly way: Way;
  readonly why: string;
}

/**
 * The way that the facts choose: A while a kept batch token is valid and was not refused, then B,
 * then C. From Vault 2.0 on B needs a Vault token beside the shares (docs/protocol.md §0.1).
 *
 * @param kept the batch tokens kept for this cluster that have not expired, in any order.
 */
export function wayByFacts(
  preflight: Preflight,
  kept: readonly BatchToken[],
  refused: readonly RefusedWay[],
): ProposedWay {
  const [token] = usableTokens(kept, refused);
  if (token)
    return {
      way: 'batch-token',
      why: `A DR operation batch token is kept here: “${token.label}”, ${validity(token)}. It promotes at once, without key holders.`,
    };
  if (!preflight.tokenNeeded)
    return {
      way: 'ceremony',
      why: `${noToken(refused)} The server asks for the shares and no Vault token.`,
    };
  if (preflight.required !== undefined)
    return {
      way: 'ceremony',
      why: `${noToken(refused)} A Vault token is at hand, and the server took it for the attempt.`,
    };
  if (!refused.some(({ way }) => way === 'ceremony'))
    return {
      way: 'ceremony',
      why: `${noToken(refused)} The server asks for a Vault token beside the shares: a batch token, or a root token of the primary.`,
    };
  return {
    way: 'break-glass',
    why: 'The server asks for a Vault token beside the shares, and nobody has one that it takes. The server administrator can let the attempt be made without one.',
  };
}

/** The kept tokens that were not refused in this ceremony, the longest-lived first. */
export const usableTokens = <T extends BatchToken>(
  kept: readonly T[],
  refused: readonly RefusedWay[],
): readonly T[] =>
  kept
    .filter(({ id }) => !refused.some(({ batchToken }) => batchToken === id))
    .sort((a, b) => lifeOf(b) - lifeOf(a));

/** Whether a token has expired at this moment, in milliseconds since 1970. Not known: no. */
export const hasExpired = ({ expiresAt }: BatchToken, now: number): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now;

/** An expiry that is not known may be now: such a token comes last. */
const lifeOf = ({ expiresAt }: BatchToken): number =>
  expiresAt === undefined ? 0 : Date.parse(expiresAt);

const validity = ({ expiresAt }: BatchToken): string =>
  expiresAt === undefined ? 'whose expiry is not known' : `valid until ${utcMoment(expiresAt)}`;

const noToken = (refused: readonly RefusedWay[]): string =>
  refused.some(({ way }) => way === 'batch-token')
    ? 'No kept batch token is left that can be used.'
    : 'No valid batch token is kept for this cluster.';

/** Whether the ceremony needs no key holders: it goes on with a batch token. */
export const isByBatchToken = (state: CeremonyState): boolean =>
  'batchToken' in state || state.way?.way === 'batch-token';
