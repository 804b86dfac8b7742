import { z } from 'zod';
import { ceremonyIdSchema, foreignIdSchema, instantSchema, personSchema } from '../ids.ts';
import { papers } from '../report/style.ts';
import { largestKeyText, nothing, ofCeremony } from './common.ts';
import { call } from './define.ts';

/** A record of this installation, or a copy of one from elsewhere. */
export const recordTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own'), id: ceremonyIdSchema }),
  z.strictObject({ kind: z.literal('foreign'), id: foreignIdSchema }),
]);
export type RecordTarget = z.infer<typeof recordTargetSchema>;

/** What a check found. */
export const checkedSchema = z.strictObject({
  /** Whole in itself, and signed as was asked for. */
  accepted: z.boolean(),
  headline: z.string(),
  /** The whole finding, line by line, as the command line prints it. */
  lines: z.array(z.string()),
});
export type Checked = z.infer<typeof checkedSchema>;

/** One signature on a record, for a list. */
export const signatureViewSchema = z.strictObject({
  kind: z.enum(['ed25519', 'openpgp']),
  /** The name under which a person signed. */
  by: z.string().optional(),
  fingerprint: z.string(),
  at: z.string(),
  /** The first so many events. */
  covers: z.int(),
});
export type SignatureView = z.infer<typeof signatureViewSchema>;

/** A record that was made elsewhere, as the list shows it. */
export const foreignLineSchema = z.strictObject({
  id: foreignIdSchema,
  from: z.string(),
  importedAt: instantSchema,
  /** What the check said when it was kept. */
  headline: z.string(),
  cluster: z.string().optional(),
  record: z.string().optional(),
});
export type ForeignLine = z.infer<typeof foreignLineSchema>;

/** What is known of a record by another way than the record. */
const known = {
  fingerprint: z.string().max(2000).optional(),
  words: z.string().max(2000).optional(),
};
const folder = z.string().max(4000).optional();
const ofTarget = z.strictObject({ of: recordTargetSchema });

const exportedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({
    kind: z.literal('exported'),
    folder: z.string(),
    files: z.array(z.string()),
  }),
]);

/** What the guide may do with records. */
export const recordCalls = {
  /** Writes record and report into a new folder. `folder` only where there is no dialog for it. */
  'records.export': call(ofCeremony.extend({ paper: z.enum(papers), folder }), exportedSchema),
  /** Checks a record of this laptop, as if it had been signed by this installation. */
  'records.check': call(ofCeremony, checkedSchema),
  /**
   * Checks a record file from elsewhere. `path` only where the host has no dialog for it; `keep`: a copy
   * stays among the records from elsewhere.
   */
  'records.check-file': call(
    z.strictObject({ path: z.string().max(4000).optional(), keep: z.boolean(), ...known }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cancelled') }),
      z.strictObject({ kind: z.literal('checked'), path: z.string(), checked: checkedSchema }),
    ]),
  ),
  'records.foreign': call(nothing, z.array(foreignLineSchema)),
  'records.check-foreign': call(z.strictObject({ id: foreignIdSchema, ...known }), checkedSchema),
  /** The copy with every signature added to it here, and the verifier. `folder` as for `records.export`. */
  'records.export-foreign': call(z.strictObject({ id: foreignIdSchema, folder }), exportedSchema),
  /** Removes the copy of a record from elsewhere. */
  'records.remove-foreign': call(z.strictObject({ id: foreignIdSchema }), nothing),

  'records.signatures': call(ofTarget, z.array(signatureViewSchema)),
  /** Signs with this installation's key what is on the record now, ended or not. */
  'records.sign': call(ofCeremony, signatureViewSchema),
  /** Writes what a person has to sign with their OpenPGP key into a new folder. */
  'records.save-statement': call(
    ofTarget.extend({ by: personSchema, key: z.string().min(1).max(largestKeyText), folder }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cancelled') }),
      z.strictObject({
        kind: z.literal('saved'),
        folder: z.string(),
        file: z.string(),
        statement: z.string(),
      }),
    ]),
  ),
  /** `statement` may be absent where the signature has the text inside (`gpg --clearsign`). */
  'records.add-signature': call(
    ofTarget.extend({
      statement: z.string().max(largestKeyText).optional(),
      signature: z
        .string()
        .min(1)
        .max(2 * largestKeyText),
    }),
    nothing,
  ),

  /** Deletes the record of an ended ceremony for good; `typed` is its cluster's name. */
  'records.delete': call(ofCeremony.extend({ typed: z.string().max(80) }), nothing),
} as const;
