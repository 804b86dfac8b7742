import { z } from 'zod';
import {
  nodeAddressSchema,
  personSchema,
  shareFingerprintSchema,
  type NodeAddress,
  type ShareFingerprint,
} from '../ids.ts';
import { problemSchema, type Problem } from '../problem.ts';

/*
 * Unsealing goes node by node: each process counts shares for itself, has its own nonce once the first
 * is in, and forgets them all when they do not combine (Vault 1.14.9, vault/core.go, `Unseal`).
 */

const count = z.int().min(0).max(255);
const sentence = z.string().trim().min(1).max(2000);

/** A node as its seal status shows it. */
export const sealReadingSchema = z.discriminatedUnion('standing', [
  z.strictObject({
    node: nodeAddressSchema,
    standing: z.literal('sealed'),
    required: count.min(1),
    progress: count,
  }),
  z.strictObject({ node: nodeAddressSchema, standing: z.literal('unsealed') }),
  z.strictObject({ node: nodeAddressSchema, standing: z.literal('not-visible') }),
]);
export type SealReading = z.infer<typeof sealReadingSchema>;

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

export const unsealEvents = [
  event('unseal.begun', { nodes: z.array(sealReadingSchema).min(1).max(50) }),
  /** A node was read again: after a lost reply, a restart, or because somebody asked. */
  event('unseal.read', { reading: sealReadingSchema }),
  event('unseal.share.intended', {
    node: nodeAddressSchema,
    holder: personSchema,
    fingerprint: shareFingerprintSchema,
    progressBefore: count,
  }),
  event('unseal.share.accepted', { node: nodeAddressSchema, progress: count }),
  event('unseal.share.refused', { node: nodeAddressSchema, problem: problemSchema }),
  event('unseal.share.unknown', { node: nodeAddressSchema, problem: problemSchema }),
  /** All shares were in and they did not open it: the node has forgotten them. */
  event('unseal.round.failed', { node: nodeAddressSchema, problem: problemSchema }),
  event('unseal.done', { node: nodeAddressSchema }),
  event('unseal.reset.intended', { node: nodeAddressSchema, by: personSchema, why: sentence }),
  event('unseal.reset.done', { node: nodeAddressSchema }),
  event('unseal.reset.failed', { node: nodeAddressSchema, problem: problemSchema }),
  /** The node stays sealed for now: by name and reason. */
  event('unseal.waived', { node: nodeAddressSchema, by: personSchema, why: sentence }),
] as const;

export interface UnsealShare {
  readonly at: string;
  readonly holder: string;
  readonly fingerprint: ShareFingerprint;
}

export type UnsealNode =
  | { readonly standing: 'unsealed' | 'not-visible'; readonly node: NodeAddress }
  | {
      readonly standing: 'waived';
      readonly node: NodeAddress;
      /** How it stood then: of a node that is not visible nobody here knows whether it is sealed. */
      readonly was: 'sealed' | 'not-visible';
      readonly by: string;
      readonly why: string;
    }
  | SealedNode;

export interface SealedNode {
  readonly standing: 'sealed';
  readonly node: NodeAddress;
  readonly required: number;
  readonly progress: number;
  /** 1 for the first pass; one more each time the node has forgotten the shares. */
  readonly round: number;
  /** Given from here in this round. Fewer than `progress`: somebody gives elsewhere. */
  readonly given: readonly UnsealShare[];
  readonly pending:
    | (UnsealShare & { readonly progressBefore: number; readonly unknown: Problem | undefined })
    | undefined;
  readonly trouble: Problem | undefined;
  readonly resetting: boolean;
}

/** The node whose turn it is: the first sealed one. `undefined`: none is left to give a share to. */
export const nodeNow = (nodes: readonly UnsealNode[]): SealedNode | undefined =>
  nodes.find((one) => one.standing === 'sealed');

/** Whether nothing is left to do: each node answers unsealed, or was left out by name and reason. */
export const allSettled = (nodes: readonly UnsealNode[]): boolean =>
  nodes.every(({ standing }) => standing === 'unsealed' || standing === 'waived');
