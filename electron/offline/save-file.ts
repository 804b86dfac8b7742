import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Trouble } from '../../shared/problem.ts';

/**
 * Writes a file into a folder that a person chose, whole or not at all: written and synced under
 * another name first. What is there already is never replaced. Only the owner can read it, where the
 * drive knows owners.
 *
 * @param into absolute path of a folder that exists.
 * @returns the file's path.
 * @throws Trouble `export.folder`, `export.exists`, `export.disk-full`, `export.not-written`
 */
export async function saveWhole(into: string, name: string, bytes: Uint8Array): Promise<string> {
  if (!isAbsolute(into)) throw noFolder(into);
  const found = await stat(into).catch(() => undefined);
  if (found?.isDirectory() !== true) throw noFolder(into);
  const target = join(into, name);
  const partial = join(into, `.${name}.${randomBytes(6).toString('hex')}.partial`);
  try {
    await writeSynced(partial, bytes);
    await putInPlace(partial, target);
    await syncFolder(into);
    return target;
  } catch (thrown) {
    throw notWritten(thrown, target);
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A hard link fails where the name is taken; FAT has no links, so there the name is taken first. */
async function putInPlace(partial: string, target: string): Promise<void> {
  try {
    await link(partial, target);
  } catch (thrown) {
    if (!cannotLink.has(codeOf(thrown) ?? '')) throw thrown;
    await copyInPlace(partial, target);
  }
}

async function copyInPlace(partial: string, target: string): Promise<void> {
  const taken = await open(target, 'wx', 0o600);
  await taken.close();
  try {
    await rename(partial, target);
  } catch (thrown) {
    await rm(target, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

const cannotLink: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Not every drive can sync a folder; the file in it is synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function notWritten(thrown: unknown, target: string): Trouble {
  const code = codeOf(thrown) ?? 'unknown';
  const facts = { file: target, code };
  if (code === 'EEXIST')
    return new Trouble({
      code: 'export.exists',
      known: 'A file of this name is there already.',
      safe: 'What is there was not touched, and nothing was written.',
      next: 'Choose another folder, or move away what is there.',
      facts,
    });
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new Trouble({
      code: 'export.disk-full',
      known: 'The drive is full: the file was not written.',
      safe: 'No half of it was left there. What is on this screen is unchanged.',
      next: 'Free some space on it, or choose another drive, and save again.',
      facts,
    });
  return new Trouble({
    code: 'export.not-written',
    known: 'The file could not be written to its end.',
    safe: 'What is on this screen is unchanged. Half a file may be left only where the drive went away.',
    next: 'Check that the drive is still there and that you may write to it, then save again.',
    facts,
  });
}

const noFolder = (path: string): Trouble =>
  new Trouble({
    code: 'export.folder',
    known: `“${path.slice(0, 300)}” is not a folder that can be found.`,
    safe: 'Nothing was written.',
    next: 'Give the full path of a folder that exists, for example /media/robin/usb.',
  });

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
