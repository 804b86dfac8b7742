import { z } from 'zod';

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
] as const;

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
});
export type Finding = z.infer<typeof findingSchema>;

/** What is seen of the primary from here. Unreachable is "not visible", never "down". */
export const primarySeenSchema = z.enum([
  'answers-as-active',
  'not-visible',
  'answers-otherwise',
  'none-known',
]);
export type PrimarySeen = z.infer<typeof primarySeenSchema>;
