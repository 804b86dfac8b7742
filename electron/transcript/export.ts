import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CeremonyId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { canonical } from '../../shared/transcript/canonical.ts';
import type { RecordReport } from '../../shared/transcript/report.ts';
import { faultSentence } from '../../shared/transcript/report-sentences.ts';
import { writeFolder } from './export-folder.ts';
import { checkOpenPgp } from './openpgp.ts';
import type { RecordSignatures, SignedStore } from './signing.ts';
import { verifyRecordBytes } from './verify-file.ts';

export interface ExportOrder {
  readonly store: SignedStore;
  readonly signatures: RecordSignatures;
  readonly id: CeremonyId;
  /** The folder, or the USB drive, in which the export gets a folder of its own. */
  readonly into: string;
  /** The stand-alone verifier's bytes: out/verifier/keyturn-verify.mjs. */
  readonly verifier: Uint8Array;
  /** What else goes along, by file name: the PDF, say. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

export interface Exported {
  /** `<into>/keyturn-<id>`. */
  readonly folder: string;
  readonly record: string;
  /** The names of the files in it. */
  readonly files: readonly string[];
  /** SHA-256 of the record file, as `sha256sum` shows it. */
  readonly sha256: string;
  readonly report: RecordReport;
}

/**
 * A record as one file: the journal's lines, then the lines of its signatures.
 *
 * @throws Trouble what `JournalStore.read` and `RecordSignatures.read` throw.
 */
export async function recordBytes(
  order: Pick<ExportOrder, 'store' | 'signatures' | 'id'>,
): Promise<Uint8Array> {
  // First the signatures: an event written in between is one more entry, not one too few.
  const signatures = await order.signatures.read(order.id);
  const { bytes } = await order.store.read(order.id);
  return Buffer.concat([
    bytes,
    Buffer.from(signatures.map((one) => `${canonical(one)}\n`).join('')),
  ]);
}

/**
 * Writes record, verifier and further files into a folder of their own: all of it, or nothing.
 * The record is verified before; one that is broken is not exported.
 *
 * @throws Trouble `journal.tampered`, `journal.unreadable`; `export.folder`, `export.exists`,
 * `export.disk-full`, `export.not-written`; `input.invalid` for the name of a further file.
 */
export async function exportRecord(order: ExportOrder): Promise<Exported> {
  const record = await recordBytes(order);
  const report = await verifyRecordBytes(record, { openPgp: checkOpenPgp });
  if (report.verdict.kind === 'broken')
    throw notWhole(report.verdict.line, faultSentence(report.verdict.reason));
  const files = new Map<string, Uint8Array>([
    ['record.jsonl', record],
    ['keyturn-verify.mjs', order.verifier],
    ['READ-ME-FIRST.txt', Buffer.from(readMe(order.id))],
  ]);
  for (const [name, bytes] of Object.entries(order.files ?? {})) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name) || files.has(name)) throw badName();
    files.set(name, bytes);
  }
  const folder = await writeFolder(order.into, `keyturn-${order.id}`, files);
  const sha256 = createHash('sha256').update(record).digest('hex');
  return {
    folder,
    record: join(folder, 'record.jsonl'),
    files: [...files.keys()],
    sha256,
    report,
  };
}

/**
 * A record that was made elsewhere, with the signatures added to it here, in a folder of its own:
 * whole or not at all. Nothing of it is judged: it is what it was.
 *
 * @param name what the record is called, for the folder
 * @throws Trouble `export.folder`, `export.exists`, `export.disk-full`, `export.not-written`
 */
export async function exportCopy(order: {
  readonly into: string;
  readonly name: string;
  readonly record: Uint8Array;
  readonly verifier: Uint8Array;
}): Promise<{ readonly folder: string; readonly files: readonly string[] }> {
  const files = new Map<string, Uint8Array>([
    ['record.jsonl', order.record],
    ['keyturn-verify.mjs', order.verifier],
    ['READ-ME-FIRST.txt', Buffer.from(readMe(order.name))],
  ]);
  const folder = await writeFolder(order.into, `keyturn-copy-${order.name}`, files);
  return { folder, files: [...files.keys()] };
}

const readMe = (id: string): string => `The record ${id}.

record.jsonl          what happened, one event a line, then the signatures
keyturn-verify.mjs    checks it; needs Node 18 or newer, no network and nothing else

To check that nothing was changed, you need the fingerprint of the key that signed it, or the words
that the witness wrote on paper. Get them from the people, not from this folder: whoever can change
the record can change everything beside it.

    node keyturn-verify.mjs record.jsonl --fingerprint "..."
    node keyturn-verify.mjs record.jsonl --words "..."

The program in this folder came with the record. Whoever does not trust it takes another copy, or
follows Keyturn's description of the format with openssl and sha256sum.
`;

const notWhole = (line: number, sentence: string): Trouble =>
  new Trouble({
    code: 'journal.tampered',
    known: `The record does not pass its own check at line ${line}: ${sentence}`,
    safe: 'Nothing was exported and nothing was changed.',
    next: 'Keep the data folder as it is for whoever looks into it. If only a signature is wrong, move the signatures file away and sign again.',
    facts: { line: String(line) },
  });

const badName = (): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known: 'A file that goes along with the record has a name that not every drive can take.',
    safe: 'Nothing was exported.',
    next: 'Give it a plain name and export again.',
  });
