import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Trouble } from '../../shared/problem.ts';

/**
 * Writes files into a new folder: whole or not at all. They are written and synced under another
 * name first; only the owner can read them. A drive that is taken out on the way is noticed: what
 * lies below its place on the laptop's own disk is not taken for it.
 *
 * @param into absolute path of a folder that exists
 * @param name of the new folder in it
 * @returns the new folder's path
 * @throws Trouble `export.folder`, `export.exists`, `export.disk-full`, `export.not-written`
 */
export async function writeFolder(
  into: string,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string> {
  const place = await mustBeFolder(into);
  const target = join(into, name);
  if (await exists(target)) throw taken(target);
  const partial = join(into, `.${name}.${randomBytes(6).toString('hex')}.partial`);
  try {
    await mkdir(partial, { mode: 0o700 });
    if (!(await isStill(into, place))) throw gone;
    for (const [file, bytes] of files) await writeSynced(join(partial, file), bytes);
    await syncFolder(partial);
    await rename(partial, target);
    await syncFolder(into);
    if (!(await isStill(into, place))) throw gone;
    return target;
  } catch (thrown) {
    const there = await isStill(into, place);
    const removed = await rm(partial, { recursive: true, force: true }).then(
      () => true,
      () => false,
    );
    if (!there) throw takenOut(into, name);
    throw notWritten(thrown, target, removed ? undefined : partial);
  }
}

/** Which folder of which drive a path led to. */
interface Place {
  readonly dev: number;
  readonly ino: number;
}

const gone = new Error('The folder is not the one that was written to.');

async function isStill(path: string, { dev, ino }: Place): Promise<boolean> {
  const now = await stat(path).catch(() => undefined);
  return now?.dev === dev && now.ino === ino;
}

async function mustBeFolder(path: string): Promise<Place> {
  if (!isAbsolute(path)) throw noFolder(path, 'is not a full path');
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw noFolder(path, 'cannot be found');
  if (!found.isDirectory()) throw noFolder(path, 'is not a folder');
  return found;
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Not every system or drive can sync a folder; the files in it are synced one by one. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  if (folder === undefined) return;
  try {
    await folder.sync();
  } catch (thrown) {
    if (!cannotSync.has(codeOf(thrown) ?? '')) throw thrown;
  } finally {
    await folder.close();
  }
}

const cannotSync: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'EPERM', 'EACCES', 'EISDIR']);

function notWritten(thrown: unknown, target: string, left: string | undefined): Trouble {
  const code = codeOf(thrown);
  if (code === 'EEXIST' || code === 'ENOTEMPTY') return taken(target);
  const facts = { folder: target, code: code ?? 'unknown' };
  const safe =
    left === undefined
      ? 'Nothing was left there, and the record itself was not touched.'
      : `The record itself was not touched. A half-written folder may be left there: ${left}`;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new Trouble({
      code: 'export.disk-full',
      known: 'The drive is full: the record was not exported.',
      safe,
      next: 'Free some space on it, or choose another folder.',
      facts,
    });
  return new Trouble({
    code: 'export.not-written',
    known: 'The record was not exported: the folder could not be written to its end.',
    safe,
    next: 'Check that the drive is still there and that you may write to the folder, then export again.',
    facts,
  });
}

/** The files have their last name only once each is on the drive, so nothing half-written has it. */
const takenOut = (into: string, name: string): Trouble =>
  new Trouble({
    code: 'export.not-written',
    known: `The drive was taken out before everything was on it, or “${into}” is another folder now.`,
    safe: `Nothing of it is lost here. On the drive, “${name}” is whole if it is there; a hidden folder .${name}…partial is not.`,
    next: 'Put the drive back, delete the hidden folder if there is one, and write it again.',
    facts: { folder: join(into, name) },
  });

const taken = (target: string): Trouble =>
  new Trouble({
    code: 'export.exists',
    known: 'This record was exported to this place before, or something else has its name there.',
    safe: 'What is there was not touched, and nothing was written.',
    next: 'Choose another folder, or move away what is there.',
    facts: { folder: target },
  });

const noFolder = (path: string, what: string): Trouble =>
  new Trouble({
    code: 'export.folder',
    known: `“${path}” ${what}.`,
    safe: 'Nothing was written.',
    next: 'Give the full path of a folder that exists, for example /media/robin/usb.',
  });

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
