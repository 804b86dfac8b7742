import { generateKey, readPrivateKey } from 'openpgp';
import { Secret } from '../../shared/secret.ts';
import { readPublicKey, type PublicKey } from './public-key.ts';

/**
 * A key is refused by a server whose clock is before its birth, and Vault notices only at the last
 * share: so it is born a day ago. In milliseconds.
 */
const backdated = 24 * 60 * 60 * 1000;

export interface MadeKey {
  readonly publicKey: PublicKey;
  /** Base64 of the binary key without a passphrase; with its name and kind it fits 2,560 bytes. */
  readonly privateKey: Secret<'pgp-private-key'>;
}

/**
 * Makes a key for one ceremony. The kind is the older curve25519 (EdDSA and ECDH), which every
 * Vault and gpg since 2.1 reads.
 *
 * @param name stands in the key as its user id; not secret.
 */
export async function makeKey(name: string): Promise<MadeKey> {
  const made = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name }],
    date: new Date(Date.now() - backdated),
    format: 'binary',
  });
  const privateKey = Buffer.from(made.privateKey).toString('base64');
  made.privateKey.fill(0);
  return {
    publicKey: await readPublicKey(made.publicKey),
    privateKey: Secret.of('pgp-private-key', privateKey),
  };
}

/** The public key that belongs to a private key made here. */
export async function publicHalf(key: Secret<'pgp-private-key'>): Promise<PublicKey> {
  const binaryKey = new Uint8Array(Buffer.from(key.expose(), 'base64'));
  return readPublicKey((await readPrivateKey({ binaryKey })).toPublic().write());
}
