import { z } from 'zod';
import { digestSchema, nodeAddressSchema, type NodeAddress } from '../ids.ts';
import type { Problem } from '../problem.ts';

/** What was looked at before the start. */
export const findingIds = [
  'reachable',
  'tls',
  'unsealed',
  'dr-secondary',
  'pins',
  'leader',
  'version',
  'attempt',
  'primary',
  'replication',
  'clock',
  'keychain',
  'lag',
  'versions',
  'licence',
] as const;

/** A certificate whose dates are over, and nothing else is known to be wrong with it. */
export const expiredLeafSchema = z.strictObject({
  node: nodeAddressSchema,
  /** SHA-256 of its DER: what two people compare by another channel. */
  leaf: digestSchema,
  subject: z.string().max(300),
  issuer: z.string().max(300),
  until: z.string().max(40),
});
export type ExpiredLeaf = z.infer<typeof expiredLeafSchema>;

/** The certificate that was refused for its dates alone, as far as that could be seen. */
export function expiredLeafOf(
  node: NodeAddress,
  { code, facts }: Problem,
): ExpiredLeaf | undefined {
  if (code !== 'vault.certificate' || facts?.['reason'] !== 'CERT_HAS_EXPIRED') return undefined;
  const read = expiredLeafSchema.safeParse({
    node,
    leaf: facts['leafSha256'],
    subject: facts['subject'],
    issuer: facts['issuer'],
    until: facts['certificateUntil'],
  });
  return read.success ? read.data : undefined;
}

/**
 * One finding: what was seen, why it matters, what to do. `unknown` is its own answer: what could
 * not be read is never shown as fine.
 */
export const findingSchema = z.strictObject({
  id: z.enum(findingIds),
  level: z.enum(['ok', 'warning', 'stop', 'unknown']),
  what: z.string().max(2000),
  why: z.string().max(2000),
  todo: z.string().max(2000),
  /** One address, or several that the same is true of, with commas between. */
  node: z.string().max(20_000).optional(),
  /** With an expired certificate: the one that two people may trust for this ceremony. */
  expired: expiredLeafSchema.optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** More than this is no list that anybody reads; a site of 50 nodes stays far below. */
export const mostFindings = 200;

/** The gravest first; within one level as they were found. */
export const byGravity = <F extends Pick<Finding, 'level'>>(findings: readonly F[]): readonly F[] =>
  [...findings].sort((a, b) => gravity[a.level] - gravity[b.level]);

const gravity: Readonly<Record<Finding['level'], number>> = {
  stop: 0,
  unknown: 1,
  warning: 2,
  ok: 3,
};

/** Findings of one kind and level, which are read together: the same trouble on several nodes. */
export interface FindingGroup {
  readonly level: Finding['level'];
  readonly id: Finding['id'];
  readonly findings: readonly Finding[];
}

/** The gravest first, and like beside like: fifty nodes with one trouble are one thing to see to. */
export function inGroups(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<
    string,
    { level: Finding['level']; id: Finding['id']; findings: Finding[] }
  >();
  for (const finding of byGravity(findings)) {
    const { level, id } = finding;
    const key = `${level} ${id}`;
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else groups.set(key, { level, id, findings: [finding] });
  }
  return [...groups.values()];
}

/** What is seen of the primary from here. Unreachable is "not visible", never "down". */
export const primarySeenSchema = z.enum([
  'answers-as-active',
  'not-visible',
  'answers-otherwise',
  'none-known',
]);
export type PrimarySeen = z.infer<typeof primarySeenSchema>;
