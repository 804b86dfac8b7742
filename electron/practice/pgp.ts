import { createMessage, encrypt, readKey, type PublicKey } from 'openpgp';
import { z } from 'zod';
import { decodeGoBase64 } from './shares.ts';

export type ReadKey =
  | { readonly ok: true; readonly key: PublicKey; readonly fingerprint: string }
  | { readonly ok: false; readonly error: string };

/** The binary public key behind `pgp_key`; armour is not understood, as in Vault (§1.2). */
export async function readPgpKey(text: string): Promise<ReadKey> {
  const binaryKey = decodeGoBase64(text);
  if (binaryKey === undefined) {
    return failed('error decoding given PGP key: illegal base64 data at input byte 0');
  }
  try {
    const key = await readKey({ binaryKey: new Uint8Array(binaryKey) });
    return { ok: true, key: key.toPublic(), fingerprint: key.getFingerprint() };
  } catch {
    return failed(
      'error parsing given PGP key: openpgp: invalid data: tag byte does not have MSB set',
    );
  }
}

/**
 * Standard base64 of the binary OpenPGP message of a text; undefined when the key cannot encrypt. A token
 * is encrypted as it is, a share as its hex (helper/pgpkeys/encrypt_decrypt.go 1.14).
 */
export async function encryptText(text: string, key: PublicKey): Promise<string | undefined> {
  try {
    const message = await createMessage({ binary: new Uint8Array(Buffer.from(text, 'utf8')) });
    const sealed = bytesSchema.parse(
      await encrypt({ message, encryptionKeys: key, format: 'binary' }),
    );
    return Buffer.from(sealed).toString('base64');
  } catch {
    return undefined;
  }
}

const failed = (why: string): ReadKey => ({ ok: false, error: `error parsing PGP key: ${why}` });

const bytesSchema = z.instanceof(Uint8Array);
