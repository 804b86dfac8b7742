import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Reads a file that Keyturn keeps in its data folder. A link could lead anywhere, a pipe would never
 * end, and a device has no size: none of them is read.
 *
 * @param largest bytes.
 * @returns `undefined` where nothing is there.
 * @throws Error where it is something else than a file, is larger, or cannot be read.
 */
export async function readRegularFile(path: string, largest: number): Promise<Buffer | undefined> {
  // Flags that Windows does not have count as 0.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new Error('it is not a file');
      if (stat.size > largest) throw new FileTooLarge();
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** The file is there and larger than one of its kind can be. */
export class FileTooLarge extends Error {}
