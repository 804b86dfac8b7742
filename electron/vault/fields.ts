import { z } from 'zod';
import { cleanText } from './sanitise.ts';

/** A field that Vault leaves out, or sends as null, by version and state. */
export const maybe = <T>(schema: z.ZodType<T>) =>
  schema.nullish().transform((value) => value ?? undefined);

/** A server's text, fit to be shown and recorded. */
export const text = z
  .string()
  .max(4096)
  .transform((value) => cleanText(value, 1000));

/** A text where Vault says "none" with an empty one. */
export const maybeText = maybe(text).transform((value) => (value === '' ? undefined : value));

/** Vault writes some numbers as strings; which ones depends on the field and the version. */
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?[0-9]{1,19}$/)
    .transform(Number),
]);

/** A number of things: not negative, whole. */
export const count = number.pipe(z.number().int().min(0));

/** A list that may also be absent or null (Go's empty slice). */
export const listOf = <T>(schema: z.ZodType<T>) =>
  z
    .array(schema)
    .max(1000)
    .nullish()
    .transform((value) => value ?? []);

/** Vault's replication modes (1.14.9, sdk/helper/consts/replication.go); one it does not know is `unknown`. */
const modes = ['primary', 'secondary', 'bootstrapping', 'disabled', 'unknown'] as const;
export type ReplicationMode = (typeof modes)[number];
export const mode = z
  .string()
  .transform((value): ReplicationMode => modes.find((known) => known === value) ?? 'unknown');
