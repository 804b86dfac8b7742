import { z } from 'zod';
import { digestSchema, instantSchema } from './ids.ts';
import { utcMoment } from './report/instants.ts';

/** What a self-test looks at, in the order in which it is told. */
export const checkIds = [
  'keychain',
  'practice',
  'cluster',
  'clock',
  'time-zone',
  'disk-space',
  'file-modes',
  'swap',
  'core-dumps',
  'screen-lock',
  'network',
  'program',
] as const;
export type CheckId = (typeof checkIds)[number];

/**
 * One answer. `stop`: a ceremony would fail or must not be held here. `unknown` is its own answer:
 * what could not be read is never shown as fine.
 */
export const checkSchema = z.strictObject({
  id: z.enum(checkIds),
  level: z.enum(['ok', 'warning', 'stop', 'unknown']),
  what: z.string().max(2000),
  /** What to do; empty where there is nothing to do. */
  todo: z.string().max(2000),
});
export type Check = z.infer<typeof checkSchema>;

export const verdicts = ['green', 'amber', 'red'] as const;
export type SelfTestVerdict = (typeof verdicts)[number];

export const programHashSchema = z.strictObject({
  /** SHA-256 over the list of files and their SHA-256 (docs/verify-download.md). */
  hash: digestSchema,
  files: z.int().min(1),
});
export type ProgramHash = z.infer<typeof programHashSchema>;

export const selfTestSchema = z.strictObject({
  at: instantSchema,
  verdict: z.enum(verdicts),
  /** Whether the saved clusters were asked too. */
  clustersAsked: z.boolean(),
  checks: z.array(checkSchema).max(1000),
  program: programHashSchema.optional(),
});
export type SelfTest = z.infer<typeof selfTestSchema>;

/** What a person chooses beside the checks that are always made. */
export const selfTestWishSchema = z.strictObject({
  /** Connects to the nodes of every saved cluster, without a token. */
  askClusters: z.boolean(),
  /** This machine is meant to have no network: an interface that is up is then a stop. */
  expectNoNetwork: z.boolean(),
});
export type SelfTestWish = z.infer<typeof selfTestWishSchema>;

/** What of a self-test goes on a ceremony's record: other clusters are none of its business. */
export const selfTestEvents = [
  z.strictObject({
    type: z.literal('self-test.recorded'),
    at: instantSchema,
    verdict: z.enum(verdicts),
    checks: z.array(checkSchema.omit({ todo: true })).max(100),
    program: programHashSchema.optional(),
  }),
] as const;
export type SelfTestEvent = z.infer<(typeof selfTestEvents)[0]>;

/** Red where anything stops a ceremony, amber where anything wants a look or is not known. */
export function verdictOf(checks: readonly Check[]): SelfTestVerdict {
  if (checks.some(({ level }) => level === 'stop')) return 'red';
  return checks.every(({ level }) => level === 'ok') ? 'green' : 'amber';
}

/** A self-test as an event of the ceremony that is opened after it. */
export const selfTestEvent = ({ at, verdict, checks, program }: SelfTest): SelfTestEvent => ({
  type: 'self-test.recorded',
  at,
  verdict,
  checks: checks
    .filter(({ id }) => id !== 'cluster')
    .slice(0, 100)
    .map(({ id, level, what }) => ({ id, level, what })),
  ...(program ? { program } : {}),
});

export const checkNames: Readonly<Record<CheckId, string>> = {
  keychain: 'Keychain',
  practice: 'Practice ceremony',
  cluster: 'Cluster',
  clock: 'Clock',
  'time-zone': 'Time zone',
  'disk-space': 'Disk space',
  'file-modes': 'Rights of files',
  swap: 'Swap',
  'core-dumps': 'Core dumps',
  'screen-lock': 'Screen lock',
  network: 'Network',
  program: 'This program',
};

/** For the record: the verdict, and what was not green. */
export function selfTestSentence({ at, verdict, checks }: SelfTestEvent): string {
  const others = checks.filter(({ level }) => level !== 'ok').map(({ what }) => what);
  const rest = others.length === 0 ? '' : ` What was not green: ${others.join(' ')}`;
  return `A self-test of this machine at ${utcMoment(at)} was ${verdict}.${rest}`;
}
