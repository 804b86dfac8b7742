import { z } from 'zod';
import { ceremonyIdSchema, instantSchema } from '../ids.ts';
import { ofCeremony, nothing } from './common.ts';
import { call } from './define.ts';

/** One line of the list of records that are not ceremonies. */
export const otherRecordLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('readable'),
    id: ceremonyIdSchema,
    /** What it is the record of: "Shift". */
    noun: z.string(),
    cluster: z.string(),
    practice: z.boolean(),
    openedAt: instantSchema,
    lastAt: instantSchema,
    headline: z.string(),
    ended: z.boolean(),
    openItems: z.int(),
    people: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('unreadable'), name: z.string(), reason: z.string() }),
]);
export type OtherRecordLine = z.infer<typeof otherRecordLineSchema>;

/** A record of any kind as sentences. */
export const toldRecordSchema = z.strictObject({
  id: ceremonyIdSchema,
  title: z.string(),
  noun: z.string(),
  cluster: z.string(),
  practice: z.boolean(),
  headline: z.string(),
  ended: z.boolean(),
  openItems: z.array(z.string()),
  lines: z.array(
    z.strictObject({
      seq: z.int(),
      at: instantSchema,
      says: z.string(),
      mark: z.enum(['deviation', 'trouble']).optional(),
    }),
  ),
});
export type ToldRecord = z.infer<typeof toldRecordSchema>;

/** Records that are not ceremonies: shifts, and what comes after them. */
export const otherRecordCalls = {
  'records.others': call(nothing, z.array(otherRecordLineSchema)),
  'records.read': call(ofCeremony, toldRecordSchema),
} as const;
