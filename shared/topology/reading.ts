import { z } from 'zod';
import { instantSchema, nodeAddressSchema, profileIdSchema } from '../ids.ts';
import { problemSchema } from '../problem.ts';

const amount = z.number();

/** The other end of a replication link, as the node that was asked sees it. */
const otherEndSchema = z.strictObject({
  id: z.string().optional(),
  address: z.string().optional(),
  /** `connected` or `disconnected`. */
  connection: z.string().optional(),
  lastHeartbeat: instantSchema.optional(),
  clockSkewMs: amount.optional(),
  canaryAgeMs: amount.optional(),
});

/** One kind of replication as one node tells it (§3.5). WALs are counts of writes, not times. */
export const linkReadingSchema = z.strictObject({
  mode: z.string(),
  /** `stream-wals` is good on a secondary, `running` on a primary. */
  state: z.string().optional(),
  connection: z.string().optional(),
  clusterId: z.string().optional(),
  secondaryId: z.string().optional(),
  /** On a primary: the last write that this replication ships. */
  lastShippedWal: amount.optional(),
  /** On a secondary: the last write that came from the primary. */
  lastRemoteWal: amount.optional(),
  otherEnds: z.array(otherEndSchema),
});
export type LinkReading = z.infer<typeof linkReadingSchema>;

/** What one node said of itself, at one time. What it did not say is absent. */
export const nodeFactsSchema = z.strictObject({
  at: instantSchema,
  initialized: z.boolean(),
  sealed: z.boolean(),
  standby: z.boolean().optional(),
  performanceStandby: z.boolean().optional(),
  removed: z.boolean().optional(),
  /** Leads its cluster: `sys/leader` where that was asked, else what `sys/health` says of standby. */
  active: z.boolean(),
  drMode: z.string().optional(),
  performanceMode: z.string().optional(),
  version: z.string().optional(),
  clusterName: z.string().optional(),
  lastWal: amount.optional(),
  /** By how much its clock is ahead of this laptop's; known to about a second. Milliseconds. */
  clockAheadMs: amount.optional(),
  /** Its own word on its clock and its active node's. Milliseconds. */
  clockSkewMs: amount.optional(),
  seal: z
    .strictObject({
      type: z.string().optional(),
      recovery: z.boolean(),
      threshold: z.int().optional(),
      shares: z.int().optional(),
      progress: z.int().optional(),
    })
    .optional(),
  leaderAddress: z.string().optional(),
  dr: linkReadingSchema.optional(),
  performance: linkReadingSchema.optional(),
  /** Which of the calls after `sys/health` got no answer that could be read. */
  unanswered: z.array(z.string()),
});
export type NodeFacts = z.infer<typeof nodeFactsSchema>;

/** One node as it was last seen from here. */
export const nodeReadingSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('answers'), node: nodeAddressSchema, facts: nodeFactsSchema }),
  /** Nobody here can tell why: it may be down, or only the way to it. */
  z.strictObject({
    state: z.literal('silent'),
    node: nodeAddressSchema,
    /** The first look without an answer after the last one with. */
    since: instantSchema,
    triedAt: instantSchema,
    problem: problemSchema,
    /** What it said when it last answered, in this run of the app. */
    last: nodeFactsSchema.optional(),
  }),
]);
export type NodeReading = z.infer<typeof nodeReadingSchema>;

/** A site's readings. A node that is not in the list was not looked at yet. */
export const siteReadingSchema = z.strictObject({
  profileId: profileIdSchema,
  /** Why none of its nodes can be asked at all: the profile itself cannot be used. */
  problem: problemSchema.optional(),
  nodes: z.array(nodeReadingSchema),
});
export type SiteReading = z.infer<typeof siteReadingSchema>;

/** `short`: how it is and how it replicates. `full`: also its seal and who leads. */
export const depthSchema = z.enum(['short', 'full']);
export type Depth = z.infer<typeof depthSchema>;

/** A batch of news joined with what was known: each node's newest reading stands. */
export function mergeReadings(known: SiteReading | undefined, news: SiteReading): SiteReading {
  const fresh = new Set(news.nodes.map(({ node }) => node));
  const kept = known?.nodes.filter(({ node }) => !fresh.has(node)) ?? [];
  return { ...news, nodes: [...kept, ...news.nodes] };
}
