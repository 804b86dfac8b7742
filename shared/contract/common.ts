import { z } from 'zod';
import { eventSchema } from '../ceremony/events.ts';
import { ceremonyIdSchema, digestSchema, instantSchema } from '../ids.ts';
import { colours } from '../profile.ts';

export const nothing = z.void();
export const ofCeremony = z.strictObject({ id: ceremonyIdSchema });

export const recordedSchema = z.strictObject({
  seq: z.int().min(0),
  at: instantSchema,
  event: eventSchema,
  /** The head of the record with this event on it: the witness writes its first words on paper. */
  head: digestSchema.optional(),
});

/** What every isolated page shows on top, so that nobody has to wonder where they are. */
export const bannerSchema = z.strictObject({
  practice: z.boolean(),
  cluster: z.string(),
  colour: z.enum(colours),
  /** "unseal key" or "recovery key": the primary's word. */
  shareWord: z.string(),
});
export type Banner = z.infer<typeof bannerSchema>;
