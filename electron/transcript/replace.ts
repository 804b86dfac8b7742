import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './aside.ts';

/**
 * A new file takes the old one's place: a power cut leaves one or the other, whole.
 *
 * @throws Error of the file system; the old file is then as it was.
 */
export async function replaceFile(path: string, bytes: string | Uint8Array): Promise<void> {
  const mine = `${path}.${randomBytes(8).toString('hex')}.new`;
  try {
    const file = await open(mine, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(mine, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(mine, { force: true }).catch(() => undefined);
    throw cause;
  }
}
