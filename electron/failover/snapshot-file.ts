import { createHash } from 'node:crypto';
import { open, realpath, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, basename, sep } from 'node:path';
import { digestSchema, type Digest } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { syncFolder } from '../transcript/aside.ts';

export interface KeptFile {
  readonly file: string;
  readonly sha256: Digest;
  readonly bytes: number;
}

/**
 * Writes what `fill` delivers into a new file that only this user can read, syncs it, and names it
 * by its SHA-256. Whatever goes wrong, no part of it is left behind.
 *
 * @throws Trouble `input.invalid` for a place that will not do, and what `fill` throws.
 */
export async function keepFile(
  wanted: string,
  dataFolder: string,
  fill: (sink: (piece: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<KeptFile> {
  const file = await placeFor(wanted, dataFolder);
  const handle = await open(file, 'wx', 0o600).catch(() => {
    throw invalid(`${file} cannot be made: it is there already, or its folder takes no file.`);
  });
  const hash = createHash('sha256');
  let bytes = 0;
  let full: Trouble | undefined;
  try {
    await fill(async (piece) => {
      hash.update(piece);
      bytes += piece.length;
      await handle.writeFile(piece).catch((thrown: unknown) => {
        full = notWritten(file);
        throw thrown;
      });
    });
    if (bytes === 0) throw invalid('The server sent an empty snapshot.');
    await handle.sync();
    // Its name too: the record is about to say that it is kept.
    await syncFolder(dirname(file));
    return { file, bytes, sha256: digestSchema.parse(hash.digest('hex')) };
  } catch (thrown) {
    await rm(file, { force: true });
    throw full ?? thrown;
  } finally {
    await handle.close();
  }
}

/** Outside of the data folder: what lies there belongs to the app, and is removed with it. */
async function placeFor(wanted: string, dataFolder: string): Promise<string> {
  if (!isAbsolute(wanted)) throw invalid('The file’s place is given in full, from the root on.');
  const folder = await realpath(dirname(wanted)).catch(() => undefined);
  if (folder === undefined) throw invalid(`There is no folder ${dirname(wanted)}.`);
  const own = await realpath(dataFolder);
  if (folder === own || folder.startsWith(`${own}${sep}`))
    throw invalid('This place is inside Keyturn’s own data folder.');
  return join(folder, basename(wanted));
}

const notWritten = (file: string): Trouble =>
  new Trouble({
    code: 'export.not-written',
    known: `${file} could not be written to its end. The disk may be full.`,
    safe: 'What was written of it is removed. The old primary is as it was.',
    next: 'Name a file on a disk with more room.',
  });

const invalid = (known: string): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known,
    safe: 'No snapshot was kept, and the old primary is as it was.',
    next: 'Name a new file on a disk that is backed up, outside of Keyturn’s data folder.',
  });
