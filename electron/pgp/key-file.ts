import { decrypt, decryptKey, readMessage, readPrivateKeys, type PrivateKey } from 'openpgp';
import { z } from 'zod';
import type { Secret } from '../../shared/secret.ts';
import { noPrivateKey, notOpened } from './pgp-trouble.ts';

/** Bytes. A share or a token has a hundred: whatever unpacks to more is neither. */
export const mostContent = 16 * 1024;

/**
 * Decrypts a message with a private key and its passphrase, in this process. Neither is kept. Keys
 * that have expired since still open what was encrypted to them.
 *
 * @param key armored text or base64 of the binary key.
 * @returns what was inside; overwrite it with zeros when it is no longer needed.
 * @throws Trouble `pgp.key-unfit` where the file holds no private key, else `pgp.not-opened`.
 */
export async function decryptWithKeyFile(
  message: Uint8Array,
  key: Secret<'pgp-private-key'>,
  passphrase: Secret<'pgp-passphrase'> | undefined,
): Promise<Uint8Array> {
  const keys = await readPrivate(key);
  try {
    const opened: unknown = await decrypt({
      message: await readMessage({ binaryMessage: message }),
      decryptionKeys: await Promise.all(keys.map((one) => unlocked(one, passphrase))),
      format: 'binary',
      config: { maxDecompressedMessageSize: mostContent },
    });
    const { data } = openedSchema.parse(opened);
    if (data.length <= mostContent) return data;
  } catch {
    // The library says which part failed: that is the hint nobody should get.
  }
  throw notOpened();
}

const openedSchema = z.object({ data: z.instanceof(Uint8Array) });

async function unlocked(
  key: PrivateKey,
  passphrase: Secret<'pgp-passphrase'> | undefined,
): Promise<PrivateKey> {
  if (key.isDecrypted()) return key;
  return decryptKey({ privateKey: key, passphrase: passphrase?.expose() ?? '' });
}

async function readPrivate(key: Secret<'pgp-private-key'>): Promise<readonly PrivateKey[]> {
  const text = key.expose();
  const armored = text.includes('-----BEGIN');
  if (armored && !text.includes('-----BEGIN PGP PRIVATE KEY BLOCK-----'))
    throw noPrivateKey('This file holds no OpenPGP private key. It may be the public one.');
  try {
    return armored
      ? await readPrivateKeys({ armoredKeys: text })
      : await readPrivateKeys({ binaryKeys: new Uint8Array(Buffer.from(text, 'base64')) });
  } catch {
    throw noPrivateKey('This file holds no OpenPGP private key that can be read.');
  }
}
