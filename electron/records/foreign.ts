import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { ForeignLine } from '../../shared/contract/records.ts';
import { ceremonyIdSchema, foreignIdSchema, type ForeignId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { canonical, parseCanonical } from '../../shared/transcript/canonical.ts';
import type { RecordReport } from '../../shared/transcript/report.ts';
import { headline } from '../../shared/transcript/report-sentences.ts';
import { signatureLine } from '../../shared/transcript/signature.ts';
import type { Trust } from '../../shared/transcript/trust.ts';
import { checkOpenPgp } from '../transcript/openpgp.ts';
import { makeStatement, readBrought, refused } from '../transcript/person-signature.ts';
import { readRegularFile } from '../transcript/regular-file.ts';
import { replaceFile } from '../transcript/replace.ts';
import { verifyRecordFile } from '../transcript/verify-file.ts';

/** Bytes. A ceremony of a day has less than one million; the verifier beside an export has no limit. */
export const largestRecordFile = 1024 * 1024 * 1024;

/** Bytes. Four short texts and an instant. */
const largestAbout = 64 * 1024;

const aboutSchema = z.strictObject({
  v: z.literal(1),
  /** The name of the file that it was copied from. */
  from: z.string(),
  importedAt: z.iso.datetime({ precision: 3 }),
  headline: z.string(),
  cluster: z.string().optional(),
  record: z.string().optional(),
});

/**
 * Records that were made elsewhere, each in a folder of its own and never among those of this
 * installation. A copy is kept byte for byte, also of one that is broken: it may be evidence.
 */
export class ForeignRecords {
  readonly #folder: string;

  /** @param folder absolute; made with the first record. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The newest first. What cannot be read is left out: its files stay. */
  async list(): Promise<readonly ForeignLine[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const lines: ForeignLine[] = [];
    for (const name of names) {
      const id = foreignIdSchema.safeParse(name);
      if (!id.success) continue;
      const bytes = await readRegularFile(
        join(this.#folder, name, 'about.json'),
        largestAbout,
      ).catch(() => undefined);
      const parsed = parseCanonical(bytes?.toString('utf8') ?? '');
      const about = aboutSchema.safeParse(parsed.ok ? parsed.value : undefined);
      if (!about.success) continue;
      const { v: _, ...rest } = about.data;
      lines.push({ id: id.data, ...rest });
    }
    return lines.sort((a, b) => (a.importedAt < b.importedAt ? 1 : -1));
  }

  /**
   * Keeps a copy, whole or not at all. The same file again is the same record.
   *
   * @throws Trouble `input.invalid` where it is no file or too large, `export.not-written`.
   */
  async keep(path: string, report: RecordReport): Promise<ForeignId> {
    const partial = join(this.#folder, `.${randomBytes(8).toString('hex')}.partial`);
    try {
      await mkdir(partial, { recursive: true, mode: 0o700 });
      const record = join(partial, 'record.jsonl');
      await copyFile(path, record);
      const beside = await signaturesBeside(path);
      if (beside !== undefined) await copyFile(beside, join(partial, 'signatures.jsonl'));
      const about: z.infer<typeof aboutSchema> = {
        v: 1,
        from: basename(path),
        importedAt: new Date().toISOString(),
        headline: headline(report.verdict),
        ...(report.about ? { cluster: report.about.cluster, record: report.about.record } : {}),
      };
      await replaceFile(join(partial, 'about.json'), canonical(about));
      const id = foreignIdSchema.parse((await sha256Of(record)).slice(0, 32));
      if (await isThere(join(this.#folder, id))) await rm(partial, { recursive: true });
      else await rename(partial, join(this.#folder, id));
      return id;
    } catch {
      await rm(partial, { recursive: true, force: true }).catch(() => undefined);
      throw notKept;
    }
  }

  /** @throws Trouble `input.invalid` where there is none of this name. */
  async check(id: ForeignId, trust?: Trust): Promise<RecordReport> {
    const { record, signatures } = this.#paths(id);
    return verifyForeign(record, trust, signatures);
  }

  /** @throws Trouble `input.invalid` for a broken record too: it is not clear what would be signed. */
  async statement(id: ForeignId, by: string, key: string): Promise<Uint8Array> {
    const { about, entries, head, verdict } = await this.check(id);
    const record = ceremonyIdSchema.safeParse(about?.record);
    if (verdict.kind === 'broken' || !record.success || head === undefined)
      throw refused('This record is broken: there is nothing that a signature could stand for.');
    const at = new Date().toISOString();
    return makeStatement({ v: 1, record: record.data, seq: entries, head, at }, by, key);
  }

  /** Puts a person's signature beside the copy, after checking that it is over this record's events. */
  async add(id: ForeignId, statement: Uint8Array | undefined, signature: string): Promise<void> {
    const { unsigned, signature: detached } = await readBrought(statement, signature);
    const { record, signatures } = this.#paths(id);
    const before = await readFile(signatures, 'utf8').catch(() => '');
    const line = signatureLine(unsigned, detached);
    if (before.split('\n').includes(line)) return;
    const next = `${before}${line}\n`;
    const trial = `${signatures}.trial`;
    await replaceFile(trial, next);
    const { verdict } = await verifyForeign(record, undefined, trial);
    if (verdict.kind !== 'broken') return rename(trial, signatures);
    await rm(trial, { force: true });
    throw refused('The signed file is about other events than those on this record.');
  }

  /**
   * The copy with every signature that was added to it, as one file: what goes back to whoever made it.
   *
   * @throws Trouble `input.invalid` where it cannot be read.
   */
  async whole(id: ForeignId): Promise<Uint8Array> {
    const { record, signatures } = this.#paths(id);
    try {
      const bytes = await readFile(record);
      if (!(await isThere(signatures))) return bytes;
      const lineEnd = bytes.at(-1) === 0x0a ? '' : '\n';
      return Buffer.concat([bytes, Buffer.from(lineEnd), await readFile(signatures)]);
    } catch {
      throw noFile(record, 'cannot be read');
    }
  }

  /** Removes the copy. The file it came from is not touched. */
  async remove(id: ForeignId): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }

  #paths(id: ForeignId): { readonly record: string; readonly signatures: string } {
    const folder = join(this.#folder, id);
    return { record: join(folder, 'record.jsonl'), signatures: join(folder, 'signatures.jsonl') };
  }
}

/**
 * Verifies a record file of any origin, read in pieces, with the signatures that lie beside it.
 *
 * @throws Trouble `input.invalid` where it is no file, cannot be read, or is larger than a gigabyte.
 */
export async function verifyForeign(
  path: string,
  trust?: Trust,
  signatures?: string,
): Promise<RecordReport> {
  if (!isAbsolute(path)) throw noFile(path, 'is not a full path');
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw noFile(path, found ? 'is not a file' : 'cannot be found');
  if (found.size > largestRecordFile)
    throw noFile(path, 'is larger than a gigabyte; the verifier beside each export has no limit');
  const beside = signatures ?? (await signaturesBeside(path));
  const followedBy = beside !== undefined && (await isThere(beside)) ? beside : undefined;
  try {
    return await verifyRecordFile(path, {
      ...(trust ? { trust } : {}),
      openPgp: checkOpenPgp,
      followedBy,
    });
  } catch {
    throw noFile(path, 'cannot be read');
  }
}

/** `<id>.signatures.jsonl` beside a bare journal `<id>.jsonl`. */
async function signaturesBeside(path: string): Promise<string | undefined> {
  const beside = path.replace(/\.jsonl$/, '.signatures.jsonl');
  return beside !== path && (await isThere(beside)) ? beside : undefined;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(bytesOf(chunk));
  return hash.digest('hex');
}

const bytesOf = (chunk: unknown): Uint8Array => z.instanceof(Uint8Array).parse(chunk);

const noFile = (path: string, what: string): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known: `“${path}” ${what}.`,
    safe: 'Nothing was checked, kept or changed.',
    next: 'Give the full path of the record, for example /media/robin/usb/keyturn-…/record.jsonl.',
  });

const notKept = new Trouble({
  code: 'export.not-written',
  known: 'The copy of the record could not be written to the data folder.',
  safe: 'Nothing of it was kept, and the file that it comes from was not touched.',
  next: 'Check that the disk has room and that the file is still there, then try again.',
});
