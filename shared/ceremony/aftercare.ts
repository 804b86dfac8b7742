import { z } from 'zod';
import { digestSchema, nodeAddressSchema, personSchema, type NodeAddress } from '../ids.ts';
import { problemSchema, type Problem } from '../problem.ts';

/*
 * What follows a promotion, as a checklist. An item is done where a reading of the servers shows it,
 * or where only a person can know it and one says so by name; it is waived by name and reason; or
 * it is open. What is open when the ceremony ends is an open item of the record.
 */

/** The items, in the order in which they are best seen to. */
export const afterItemIds = [
  'login',
  'client-request',
  'nodes',
  'clients',
  'performance',
  'snapshot',
  'writes',
  'demoted',
  'ports',
  'versions',
  'follows',
  'batch-token',
  'fail-back',
] as const;
export const afterItemIdSchema = z.enum(afterItemIds);
export type AfterItemId = z.infer<typeof afterItemIdSchema>;

/** The items that only a person can know: their word, by name, makes them done. */
export const byWord: readonly AfterItemId[] = [
  'login',
  'clients',
  'writes',
  'ports',
  'versions',
  'batch-token',
  'fail-back',
];

/** The items that the app can look up by itself, without a token. */
export const byReading: readonly AfterItemId[] = [
  'nodes',
  'performance',
  'demoted',
  'versions',
  'follows',
  'batch-token',
];

const text = z.string().trim().min(1).max(2000);
/** The name a new primary knows a secondary by. */
export const secondaryIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/);

/** What is done with a token that a person enters in a window of its own. Each is sent once. */
export const afterTaskSchema = z.discriminatedUnion('kind', [
  /** `lookup-self` on the address that clients use. */
  z.strictObject({ kind: z.literal('client-request') }),
  /** A raft snapshot of the old primary, into a file that is not there yet. */
  z.strictObject({ kind: z.literal('snapshot'), file: z.string().trim().min(1).max(1000) }),
  z.strictObject({
    kind: z.literal('demote'),
    typed: z.string().max(80),
    by: personSchema,
    secondPerson: personSchema,
  }),
  /** An activation token of the new primary. It stays in memory for `attach`. */
  z.strictObject({ kind: z.literal('activate'), by: personSchema }),
  /** The old primary follows the new one. */
  z.strictObject({ kind: z.literal('attach'), by: personSchema }),
  /** A performance secondary is told the new primary's address. */
  z.strictObject({ kind: z.literal('follow'), by: personSchema, name: z.string().max(80) }),
]);
export type AfterTask = z.infer<typeof afterTaskSchema>;

/** A raft snapshot of the old primary: where it lies, and what is in it by its hash. */
export const keptSnapshotSchema = z.strictObject({
  node: nodeAddressSchema,
  file: z.string().max(1000),
  sha256: digestSchema,
  bytes: z.int().min(1),
});
export type KeptSnapshot = z.infer<typeof keptSnapshotSchema>;

/** The same as the checklist says it. */
export const snapshotSays = ({ file, bytes, sha256 }: KeptSnapshot): string =>
  `${file}, ${bytes} bytes, SHA-256 ${sha256}`;

export const afterTaskKindSchema = z.enum([
  'client-request',
  'snapshot',
  'demote',
  'activate',
  'attach',
  'follow',
]) satisfies z.ZodType<AfterTask['kind']>;

export const afterCalls = ['demote', 'activate', 'attach', 'follow'] as const;
export type AfterCall = (typeof afterCalls)[number];
const call = z.enum(afterCalls);

export const afterEvents = [
  /** Right after `promoted`: what there is to see to. Absent in records of version 0.1.0. */
  z.strictObject({
    type: z.literal('after.opened'),
    items: z.array(afterItemIdSchema).min(1).max(afterItemIds.length),
    /** The names of the performance secondaries that follow this site. */
    performance: z.array(z.string().max(80)).max(50),
  }),
  /** What the servers showed. `ok`: the item is done. */
  z.strictObject({
    type: z.literal('after.checked'),
    item: afterItemIdSchema,
    ok: z.boolean(),
    says: text,
  }),
  /** What a person says: done, waived with the reason, or still open. */
  z.strictObject({
    type: z.literal('after.settled'),
    item: afterItemIdSchema,
    outcome: z.enum(['done', 'waived', 'open']),
    by: personSchema,
    says: text,
  }),
  z.strictObject({
    type: z.literal('after.call.intended'),
    call,
    node: nodeAddressSchema,
    by: personSchema,
    /** For `demote`. */
    secondPerson: personSchema.optional(),
    /** For `activate`: the name the new primary will know the old one by. */
    secondaryId: secondaryIdSchema.optional(),
    /** For `follow`: the new primary's cluster addresses. */
    addresses: z.array(z.string().max(300)).max(50).optional(),
  }),
  z.strictObject({
    type: z.literal('after.call.accepted'),
    call,
    warnings: z.array(z.string().max(2000)).max(20),
  }),
  z.strictObject({ type: z.literal('after.call.failed'), call, problem: problemSchema }),
  z.strictObject({ type: z.literal('after.call.unknown'), call, problem: problemSchema }),
  /** The old primary's data as they were before its demotion. */
  z.strictObject({
    type: z.literal('after.snapshot.kept'),
    ...keptSnapshotSchema.shape,
  }),
] as const;
export type AfterEvent = z.infer<(typeof afterEvents)[number]>;

export interface AfterItem {
  readonly id: AfterItemId;
  readonly status: 'open' | 'done' | 'waived';
  /** What was seen or said last. */
  readonly says: string | undefined;
  /** Absent: the servers showed it. */
  readonly by: string | undefined;
  readonly at: string | undefined;
}

export interface CallMade {
  readonly node: NodeAddress;
  readonly by: string;
  readonly at: string;
  readonly secondaryId: string | undefined;
  readonly outcome: 'under-way' | 'accepted' | 'failed' | 'unknown';
  /** With `failed` and `unknown`. */
  readonly problem: Problem | undefined;
}

export interface Aftercare {
  readonly items: readonly AfterItem[];
  readonly performance: readonly string[];
  /** The newest call of each kind. */
  readonly calls: Readonly<Partial<Record<AfterCall, CallMade>>>;
  /** How many activation tokens were asked for: each needs a name of its own. */
  readonly activations: number;
}

/**
 * The items that apply. Nothing is left to fence or to lose where the primary was demoted before
 * Promote; a snapshot is due all the same, and could be taken only before that.
 */
export const itemsFor = (demotedBefore: boolean, performance: number): AfterItemId[] =>
  afterItemIds.filter((id) => {
    if (id === 'performance') return performance > 0;
    if (id === 'writes' || id === 'demoted') return !demotedBefore;
    return true;
  });

/** Which items a call waits for. The old primary is demoted first; attaching it erases what only it has. */
const before: Readonly<Record<AfterCall, readonly AfterItemId[]>> = {
  demote: ['snapshot'],
  activate: ['snapshot', 'writes', 'demoted', 'ports', 'versions'],
  attach: ['snapshot', 'writes', 'demoted', 'ports', 'versions'],
  follow: [],
};

/** The items that must be seen to before this call. A demotion cannot be waived before the attaching. */
export const blockersOf = ({ items }: Aftercare, call: AfterCall): readonly AfterItemId[] =>
  items
    .filter(({ id, status }) => before[call].includes(id) && !enough(id, status))
    .map(({ id }) => id);

const enough = (id: AfterItemId, status: AfterItem['status']): boolean =>
  status === 'done' || (status === 'waived' && id !== 'demoted');

/** The call whose outcome nobody has written yet, where there is one. */
export const callUnderWay = ({ calls }: Aftercare): AfterCall | undefined =>
  afterCalls.find((one) => calls[one]?.outcome === 'under-way');

/** Whether an activation token was issued that no attaching has used. */
export const isActivated = ({ calls }: Aftercare): boolean =>
  calls.activate?.outcome === 'accepted' &&
  (calls.attach === undefined ||
    calls.attach.outcome === 'failed' ||
    calls.attach.at < calls.activate.at);

/** What an item asks, as a short title. */
export const afterTitles: Readonly<Record<AfterItemId, string>> = {
  login: 'Somebody can log in to the new primary',
  'client-request': 'A request on the clients’ address is answered',
  nodes: 'Every node is unsealed',
  clients: 'Clients and load balancer point here',
  performance: 'The performance secondaries follow',
  snapshot: 'A snapshot of the old primary is kept',
  writes: 'The loss of its unshipped writes is accepted',
  demoted: 'The old primary is demoted',
  ports: 'The ports between the two clusters are open',
  versions: 'The versions fit',
  follows: 'The old primary follows the new one',
  'batch-token': 'A new batch token is issued',
  'fail-back': 'The fail-back is planned',
};

/** An item that is open at the end, as the record lists it. */
export const openItemOf = ({ id, says }: AfterItem): string =>
  `After the promotion, still open: ${afterTitles[id]}.${says ? ` Last: ${says}` : ''}`;
