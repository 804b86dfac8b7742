import { z } from 'zod';
import { nodeAddressSchema, personSchema, type NodeAddress } from '../ids.ts';
import type { CeremonyState } from './state.ts';

/*
 * Vault >= 2.0 can be told to let attempts be made without a token: `enable_unauthenticated_access`
 * (docs/protocol.md §0.1). While it is set, whoever reaches a node can start, cancel and complete
 * an attempt. That is "the door". It is counted as open from the moment an administrator is asked to
 * open it, until every node refuses all three families, or a named person has looked at its file.
 */

/** The families of paths that the setting can open, by the names it has for them. */
export const doorFamilies = ['generate-operation-token', 'generate-root', 'rekey'] as const;
export type DoorFamily = (typeof doorFamilies)[number];

/** The one line of the server's configuration file that opens what a DR ceremony needs. */
export const doorLine = 'enable_unauthenticated_access = ["generate-operation-token"]';

/** What a node said to a call without a token. */
export const doorAnswers = ['refuses-permission', 'answers', 'other'] as const;
export type DoorAnswer = (typeof doorAnswers)[number];

export const probedFamilySchema = z.strictObject({
  family: z.enum(doorFamilies),
  answer: z.enum(doorAnswers),
  /** For `other`: what came instead, in a sentence. */
  says: z.string().max(500).optional(),
});
export type ProbedFamily = z.infer<typeof probedFamilySchema>;

const text = z.string().trim().min(1).max(2000);

export const doorEvents = [
  /** On the record before the commands are shown: from here on the door counts as open. */
  z.strictObject({ type: z.literal('door.opened'), by: personSchema }),
  z.strictObject({
    type: z.literal('door.probed'),
    node: nodeAddressSchema,
    families: z.array(probedFamilySchema).min(1).max(doorFamilies.length),
  }),
  z.strictObject({ type: z.literal('door.put-off'), by: personSchema, why: text }),
  /** An administrator says that the line is gone and every node was told. The nodes prove it. */
  z.strictObject({ type: z.literal('door.closed'), by: personSchema }),
  /** Not proved by the node itself: a named administrator looked at its configuration. */
  z.strictObject({
    type: z.literal('door.vouched'),
    node: nodeAddressSchema,
    by: personSchema,
    how: text,
  }),
] as const;
export type DoorEvent = z.infer<(typeof doorEvents)[number]>;

export interface DoorProbe {
  readonly at: string;
  readonly families: readonly ProbedFamily[];
}

export interface DoorNode {
  readonly node: NodeAddress;
  /** The newest probe. */
  readonly probe: DoorProbe | undefined;
  readonly vouched: { readonly by: string; readonly how: string; readonly at: string } | undefined;
}

export interface Door {
  readonly openedBy: string;
  readonly openedAt: string;
  readonly nodes: readonly DoorNode[];
  /** Closing is due before Promote; put off, it waits for the end, and the warning stays. */
  readonly putOff: { readonly by: string; readonly why: string } | undefined;
  readonly closedBy: string | undefined;
}

/**
 * What one node's newest answers add up to.
 * - `open`: it answers at least one family without a token.
 * - `refuses`: it refuses permission for all three.
 * - `not-proved`: anything else, or it was not asked yet.
 */
export type DoorVerdict = 'open' | 'refuses' | 'not-proved';

export function verdictOf(probe: DoorProbe | undefined): DoorVerdict {
  if (!probe) return 'not-proved';
  if (probe.families.some(({ answer }) => answer === 'answers')) return 'open';
  const refused = doorFamilies.every((family) =>
    probe.families.some((one) => one.family === family && one.answer === 'refuses-permission'),
  );
  return refused ? 'refuses' : 'not-proved';
}

/**
 * Whether nothing is left to see to on this node. A refusal counts only once the door is closed:
 * before, it may mean that this node was not told yet, and its file opens the door at a restart.
 */
export const isShut = (door: Door, { probe, vouched }: DoorNode): boolean =>
  door.closedBy !== undefined && (verdictOf(probe) === 'refuses' || vouched !== undefined);

/** The nodes on which the door is not known to be closed. Empty: it is closed, or never was open. */
export const openDoors = ({ door }: Pick<CeremonyState, 'door'>): readonly DoorNode[] =>
  door ? door.nodes.filter((one) => !isShut(door, one)) : [];

/** The open item of a ceremony that ends with its door open. */
export const doorItem =
  'The server administrator closes the door (enable_unauthenticated_access) on every node, and every node is asked again.';
