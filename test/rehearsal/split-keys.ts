import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateKey } from 'openpgp';

/** A person's own OpenPGP key, as they have it: not made by Keyturn. */
export interface PersonsKey {
  /** Armored. */
  readonly publicKey: string;
  readonly publicFile: string;
  /** On the person's own drive; no laptop of another sees it. */
  readonly privateFile: string;
  /** Armored, locked with the passphrase. */
  readonly privateKey: string;
  readonly passphrase: string;
}

/** @param folder where the two files go. */
export async function personsKey(folder: string, name: string): Promise<PersonsKey> {
  const passphrase = `the passphrase of ${name}`;
  const { publicKey, privateKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name, email: `${name.toLowerCase()}@example.org` }],
    passphrase,
    date: new Date(Date.now() - 24 * 60 * 60 * 1000),
    format: 'armored',
  });
  const publicFile = join(folder, `${name}-public.asc`);
  const privateFile = join(folder, `${name}-private.asc`);
  await writeFile(publicFile, publicKey);
  await writeFile(privateFile, privateKey, { mode: 0o600 });
  return { publicKey, publicFile, privateKey, privateFile, passphrase };
}
