import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder for one ceremony, in a folder of its own; both are gone afterwards. */
export async function inDataFolder<T>(work: (dataFolder: string) => Promise<T>): Promise<T> {
  const around = await mkdtemp(join(tmpdir(), 'keyturn-faults-'));
  const dataFolder = join(around, 'data');
  await mkdir(dataFolder);
  try {
    return await work(dataFolder);
  } finally {
    await rm(around, { recursive: true, force: true });
  }
}
