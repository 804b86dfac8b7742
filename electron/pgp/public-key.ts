import { enums, readKeys, type Key } from 'openpgp';
import { pgpFingerprintSchema, type PgpFingerprint } from '../../shared/pgp/key.ts';
import { visible } from '../../shared/report/visible.ts';
import { keyUnfit } from './pgp-trouble.ts';

/** A public key that Vault can encrypt a token to, checked. */
export interface PublicKey {
  /** Of the primary key, as Vault reports it. */
  readonly fingerprint: PgpFingerprint;
  readonly userIds: readonly string[];
  /** Standard base64 of the binary key, without pictures and other people's signatures: Vault's `pgp_key`. */
  readonly base64: string;
}

/** A ceremony takes an evening; a key that ends within it would fail at the last share. In milliseconds. */
const mustLast = 24 * 60 * 60 * 1000;
/** RSA bits. Below: too weak. Above: the encoded token would not fit every system's keychain. */
const fewestBits = 2048;
const mostBits = 8192;

/**
 * Reads one public key and makes sure that Vault will be able to encrypt to it: Vault itself only
 * parses the key at the start, and a key that cannot encrypt fails with the last share, when every
 * holder has given (vault/generate_root.go and helper/pgpkeys 1.14).
 *
 * @param input armored text, base64 of the binary key, or its bytes.
 * @throws Trouble `pgp.key-unfit`, saying what is the matter with it.
 */
export async function readPublicKey(
  input: string | Uint8Array,
  now: Date = new Date(),
): Promise<PublicKey> {
  const key = await readOne(input);
  if (key.isPrivate())
    throw keyUnfit('This is a private key. Here the public one belongs: gpg --armor --export NAME');
  if (key.keyPacket.version !== 4)
    throw keyUnfit(
      `This is a key of version ${key.keyPacket.version}. Vault encrypts to keys of version 4.`,
    );
  if (key.getCreationTime() > now)
    throw keyUnfit('This key says that it was made in the future. A clock is wrong somewhere.');
  if (await key.isRevoked(undefined, undefined, now)) throw keyUnfit('This key is revoked.');
  const until = await key.getExpirationTime();
  if (until instanceof Date && until.getTime() <= now.getTime() + mustLast)
    throw keyUnfit(
      `This key ${until <= now ? 'expired' : 'expires'} on ${until.toISOString().slice(0, 10)}. It has to last a day longer than the ceremony.`,
    );
  await checkEncryption(key, now);

  key.users = key.users.filter(({ userID }) => userID !== null);
  for (const user of key.users) user.otherCertifications = [];
  return {
    fingerprint: pgpFingerprintSchema.parse(key.getFingerprint()),
    userIds: key
      .getUserIDs()
      .slice(0, 10)
      .map((id) => visible(id).slice(0, 300)),
    base64: Buffer.from(key.write()).toString('base64'),
  };
}

/** Whichever part Vault picks must do: every part that can encrypt now is looked at. */
async function checkEncryption(key: Key, now: Date): Promise<void> {
  const parts = [key, ...key.getSubkeys()];
  const weak = parts.map(({ keyPacket }) => keyPacket).find(isWeak);
  let able = 0;
  for (const part of parts) {
    if (!(await canEncrypt(key, part, now))) continue;
    able += 1;
    const { algorithm } = part.keyPacket;
    const bits = part.getAlgorithmInfo().bits ?? 0;
    if (!knownToVault.includes(algorithm))
      throw keyUnfit(
        'A part of this key uses a method that not every Vault knows. RSA and ECDH (such as cv25519) are known.',
      );
    if (bits > mostBits)
      throw keyUnfit(
        `This key has ${bits} bits. Up to ${mostBits} are taken: what is encrypted to a larger one does not fit every keychain.`,
      );
    if (!(await canEncrypt(key, part, new Date(now.getTime() + mustLast))))
      throw keyUnfit('The part of this key that encrypts expires within a day.');
  }
  if (able > 0) return;
  if (weak !== undefined)
    throw keyUnfit(`This key is too weak: RSA keys need ${fewestBits} bits, and DSA is not taken.`);
  if (key.getSubkeys().length === 0)
    throw keyUnfit('This key can sign but not encrypt. The token is to be encrypted to it.');
  throw keyUnfit(
    'No part of this key can encrypt now: what could is expired, revoked or for signatures only.',
  );
}

async function canEncrypt(key: Key, part: Pick<Key, 'getKeyID'>, at: Date): Promise<boolean> {
  try {
    const found = await key.getEncryptionKey(part.getKeyID(), at);
    return found.getKeyID().equals(part.getKeyID());
  } catch {
    return false;
  }
}

const { rsaEncryptSign, rsaEncrypt, rsaSign, dsa, elgamal, ecdh } = enums.publicKey;
const knownToVault: readonly number[] = [rsaEncryptSign, rsaEncrypt, ecdh];

function isWeak(packet: Key['keyPacket'] | ReturnType<Key['getSubkeys']>[number]['keyPacket']) {
  const { algorithm } = packet;
  if (algorithm === dsa || algorithm === elgamal) return true;
  const isRsa = [rsaEncryptSign, rsaEncrypt, rsaSign].includes(algorithm);
  return isRsa && (packet.getAlgorithmInfo().bits ?? 0) < fewestBits;
}

async function readOne(input: string | Uint8Array): Promise<Key> {
  const keys = await readAll(input);
  const [key] = keys;
  if (key === undefined) throw keyUnfit('This is not an OpenPGP public key.');
  if (keys.length > 1)
    throw keyUnfit(`These are ${keys.length} keys. Vault takes one: export the one that is meant.`);
  return key;
}

async function readAll(input: string | Uint8Array): Promise<readonly Key[]> {
  try {
    if (typeof input !== 'string') return await readKeys({ binaryKeys: input });
    if (input.includes('-----BEGIN')) return await readKeys({ armoredKeys: input });
    const binaryKeys = new Uint8Array(Buffer.from(input.replace(/\s+/g, ''), 'base64'));
    return await readKeys({ binaryKeys });
  } catch {
    return []; // The library's message may quote what it read.
  }
}
