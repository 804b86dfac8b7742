import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Trouble } from '../../shared/problem.ts';
import { writeFailed } from './journal-trouble.ts';
import { isRunning, processIdentitySchema, thisProcess } from './process-identity.ts';
import { readRegularFile } from './regular-file.ts';

export interface FolderLock {
  /** Gives the folder back. Only needed when the process goes on: a dead process holds nothing. */
  release(): Promise<void>;
}

const lockSchema = z.strictObject({
  holder: processIdentitySchema,
  /** Different for every lock, so that two locks of one process are told apart. */
  token: z.string().regex(/^[0-9a-f]{32}$/),
});

/**
 * Makes this process the only one that uses a data folder. A lock whose process is gone (power cut,
 * `kill -9`) is taken over.
 *
 * @throws Trouble `ceremony.busy` when another process holds it; `journal.write-failed`,
 * `journal.disk-full` when no lock can be written.
 */
export async function lockDataFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'keyturn.lock');
  const token = randomBytes(16).toString('hex');
  const mine = join(folder, `keyturn.lock.${token}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(mine, JSON.stringify({ holder: await thisProcess(), token }));
    await take(mine, path, folder);
  } catch (cause) {
    throw writeFailed(cause);
  } finally {
    await rm(mine, { force: true });
  }
  return {
    release: async () => {
      if ((await readText(path))?.includes(token) === true) await rm(path, { force: true });
    },
  };
}

/** A link appears with its whole content or not at all, so nobody reads half a lock. */
async function take(mine: string, path: string, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await linkedAs(mine, path)) return;
    const text = await readText(path);
    if (text === undefined) continue; // Given back in between.
    const claims = await claimAfter(text, mine, path, folder);
    if (claims === undefined) continue;
    // Whoever followed this lock before has moved on from it: its place is taken, or given back.
    const isStill = (await readText(path)) === text;
    if (isStill) await rename(mine, path);
    for (const claim of claims) await rm(claim, { force: true });
    if (isStill) return;
  }
  throw inUse(folder, path);
}

/**
 * Becomes the one successor of a lock whose process is gone. The right to follow is a file named by
 * what it follows, so only one process can make it; one that dies with it is followed the same way.
 *
 * @returns the files of the rights that were followed, ours the last; nothing where one vanished.
 */
async function claimAfter(
  text: string,
  mine: string,
  path: string,
  folder: string,
): Promise<readonly string[] | undefined> {
  const claims: string[] = [];
  for (let last = text; claims.length < 100;) {
    if (await isHeld(last)) break;
    const claim = `${path}.after.${createHash('sha256').update(last).digest('hex').slice(0, 32)}`;
    claims.push(claim);
    if (await linkedAs(mine, claim)) return claims;
    const next = await readText(claim);
    // Its owner has just moved to the lock itself, or gave up: look again.
    if (next === undefined) return undefined;
    last = next;
  }
  throw inUse(folder, path);
}

async function linkedAs(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (cause) {
    if (!isExisting(cause)) throw cause;
    return false;
  }
}

async function isHeld(text: string): Promise<boolean> {
  const lock = lockSchema.safeParse(parseJson(text));
  // Links are made of whole files only: what is not a lock was damaged by a power cut.
  return lock.success && (await isRunning(lock.data.holder));
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Bytes. One lock has less than two hundred. */
const largestLock = 64 * 1024;

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readRegularFile(path, largestLock))?.toString('utf8');
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isExisting = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';

const inUse = (folder: string, lock: string): Trouble =>
  new Trouble({
    code: 'ceremony.busy',
    known: 'Another Keyturn is open on this data folder.',
    safe: 'Nothing was changed. The other one goes on undisturbed.',
    next: `Go on in the other window, or close it first. If there is none, restart the machine, or remove the lock file by hand.`,
    facts: { folder, lock },
  });
