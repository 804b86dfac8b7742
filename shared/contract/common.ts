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

/** The largest armored signature a page may send, in characters; one by a 4096-bit RSA key has about 900. */
export const largestSignature = 64_000;

/** Where a statement to sign was written; `cancelled`: the person closed the dialog. */
export const savedStatementSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('saved'), folder: z.string(), file: z.string() }),
]);

/** The largest public key as text that a page may send, in characters. */
export const largestKeyText = 128_000;
