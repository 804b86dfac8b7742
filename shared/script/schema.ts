import { z } from 'zod';
import { isWholeText } from '../whole-text.ts';

/** The steps of a ceremony in their order, by the names the step rail has. */
export const stepIds = [
  'preflight',
  'people',
  'start',
  'shares',
  'decode',
  'promote',
  'watch',
  'after',
] as const;
export const stepIdSchema = z.enum(stepIds);
export type StepId = z.infer<typeof stepIdSchema>;

/** The steps whose verb a required check can hold back. Watching has none: it ends by itself. */
export const checkableSteps = [
  'preflight',
  'people',
  'start',
  'shares',
  'decode',
  'promote',
  'after',
] as const;

export const roles = [
  'operator',
  'holder',
  'witness',
  'second person',
  'server administrator',
] as const;

const words = z.string().refine(isWholeText, 'Half a character is no text.').trim().min(1);
const line = words.max(200);
const text = words.max(2000);

/** A step of ours: what is done, and what is asked and answered aloud when it is signed off. */
const ownStepSchema = z.strictObject({
  id: stepIdSchema,
  title: line,
  owner: z.enum(roles),
  text,
  challenge: line,
  response: line,
});

/** A step that a site adds. It stands at a step of ours, and is done before that step's verb. */
export const siteStepSchema = z
  .strictObject({
    id: z
      .string()
      .max(60)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    at: stepIdSchema,
    title: line,
    owner: z.enum(roles),
    text,
    /** What somebody must have checked before the step can go on. */
    check: line.optional(),
  })
  .refine((step) => step.check === undefined || step.at !== 'watch', {
    message: 'A required check cannot stand at "watch": that step ends by itself.',
    path: ['check'],
  });
export type SiteStep = z.infer<typeof siteStepSchema>;

const siteSteps = z
  .array(siteStepSchema)
  .max(50)
  .refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, {
    message: 'Two steps have the same id.',
  });

/** What a site writes in its file (docs/script-format.md). */
export const siteScriptSchema = z.strictObject({
  version: z.literal(1),
  title: line,
  steps: siteSteps,
});
export type SiteScript = z.infer<typeof siteScriptSchema>;

/** The script a ceremony follows: ours, and what the site added. This is what is hashed. */
export const scriptSchema = z.strictObject({
  version: z.literal(1),
  title: line,
  steps: z.array(ownStepSchema).length(stepIds.length),
  siteSteps,
});
export type Script = z.infer<typeof scriptSchema>;
