import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';

/**
 * A data folder for one ceremony, in a folder of its own; both are gone afterwards, and so is what its
 * keychain holds: a keyring is written anew at every change, and is slow when it is full.
 */
export async function inDataFolder<T>(work: (dataFolder: string) => Promise<T>): Promise<T> {
  const around = await mkdtemp(join(tmpdir(), 'keyturn-faults-'));
  const dataFolder = join(around, 'data');
  await mkdir(dataFolder);
  try {
    return await work(dataFolder);
  } finally {
    await rm(around, { recursive: true, force: true });
    const { service } = new OsKeychain({ dataFolder });
    for (const { account } of await keytar.findCredentials(service))
      await keytar.deletePassword(service, account);
  }
}
