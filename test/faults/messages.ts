import { z } from 'zod';
import { eventSchema } from '../../shared/ceremony/events.ts';
import { nodeAddressSchema } from '../../shared/ids.ts';
import { problemSchema } from '../../shared/problem.ts';

/*
 * What the process that is killed and the process that kills it say to each other. The site runs in
 * the parent, so it outlives every child, as a real server does.
 */

/** A practice site as another process can be told of it. */
export const siteSchema = z.strictObject({
  nodes: z.array(nodeAddressSchema),
  primary: nodeAddressSchema,
  balancer: nodeAddressSchema,
  caPem: z.string(),
  client: z.strictObject({ certPem: z.string(), keyPem: z.string() }),
  shares: z.array(z.string()),
  rootToken: z.string(),
});
export type SiteFacts = z.infer<typeof siteSchema>;

export const wayNames = [
  'ceremony-1',
  'ceremony-2',
  'pgp',
  'batch',
  'break-glass',
  'planned',
] as const;
export type WayName = (typeof wayNames)[number];

/** Everything that can be on the record of a ceremony. */
export const eventTypes = eventSchema.options.map(({ shape }) => shape.type.value);

/** Where in the writing of a line the process dies. */
export const moments = ['before-write', 'half-written', 'before-sync', 'after-sync'] as const;
export type Moment = (typeof moments)[number];
export const momentTitles: Readonly<Record<Moment, string>> = {
  'before-write': 'Killed before the write',
  'half-written': 'Half a line on the disk',
  'before-sync': 'Killed before the fsync',
  'after-sync': 'Killed after the fsync',
};

/** The calls that change a server, by how their path ends; the start is the one that is no GET or DELETE. */
export const calls = [
  '/attempt',
  '/update',
  '/promote',
  '/operation-token/delete',
  '/demote',
  '/secondary-token',
  '/update-primary',
] as const;

/** When a process ends itself by SIGKILL. `nth` counts from 1. */
export const deathSchema = z.discriminatedUnion('at', [
  z.strictObject({
    at: z.literal('event'),
    type: z.enum(eventTypes),
    nth: z.int().min(1),
    moment: z.enum(moments),
  }),
  /** The server has answered a call of this kind, and the first byte of the answer is here. */
  z.strictObject({
    at: z.literal('reply'),
    call: z.enum(calls),
    nth: z.int().min(1),
  }),
  /** Right before the nth thing of this kind is done to a file of the ceremony. */
  z.strictObject({ at: z.literal('disk'), what: z.string(), nth: z.int().min(1) }),
]);
export type Death = z.infer<typeof deathSchema>;

export const ordersSchema = z.strictObject({
  way: z.enum(wayNames),
  dataFolder: z.string(),
  site: siteSchema,
  death: deathSchema.optional(),
});
export type Orders = z.infer<typeof ordersSchema>;

/** What a person sees of a ceremony that was taken up again. */
export const reportSchema = z.strictObject({
  /** The phase; or that Home lists no ceremony, or one whose record cannot be read. */
  state: z.string(),
  told: z.string(),
  /** How many events are on the record. */
  events: z.int(),
});
export type Report = z.infer<typeof reportSchema>;

/** From the child. After `taken-up`, `ask` and nothing else it waits for an answer. */
export const saidSchema = z.discriminatedUnion('say', [
  z.strictObject({ say: z.literal('step'), step: z.string() }),
  z.strictObject({ say: z.literal('trouble'), step: z.string(), problem: problemSchema }),
  z.strictObject({ say: z.literal('taken-up'), report: reportSchema }),
  z.strictObject({ say: z.literal('ask'), what: z.enum(['open-door', 'close-door']) }),
  z.strictObject({ say: z.literal('disk'), what: z.string() }),
  z.strictObject({ say: z.literal('over'), ended: z.string() }),
]);
export type Said = z.infer<typeof saidSchema>;
