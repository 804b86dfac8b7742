import {
  createMessage,
  enums,
  readKeys,
  readSignature,
  verify,
  type Key,
  type Signature,
} from 'openpgp';
import { Trouble } from '../../shared/problem.ts';
import type { CheckOpenPgp } from './verify-file.ts';

/** A person's public key as it goes on a record. */
export interface OpenPgpIdentity {
  /** Binary, base64, without other people's certifications and pictures. */
  readonly key: string;
  /** The primary key's fingerprint, lower-case hex. */
  readonly fingerprint: string;
  /** Name and address as the key says them. */
  readonly userIds: readonly string[];
}

/** A public key's size on a record, in bytes; a 4096-bit RSA key with three subkeys has about 6,000. */
const largestKey = 48 * 1024;

/**
 * @param text a public key, armored, or its bytes.
 * @throws Trouble `input.invalid` when it is not one public key; a private key is refused too.
 */
export async function openPgpIdentity(text: string | Uint8Array): Promise<OpenPgpIdentity> {
  const key = await readKey(text);
  if (key === undefined) throw notAKey('This is not an OpenPGP public key.');
  if (key.isPrivate())
    throw notAKey(
      'This is a private key. A record takes the public one: gpg --armor --export NAME',
    );
  key.users = key.users.filter(({ userID }) => userID !== null);
  for (const user of key.users) user.otherCertifications = [];
  const bytes = key.write();
  if (bytes.length > largestKey) throw notAKey(`This key has more than ${largestKey} bytes.`);
  return {
    key: Buffer.from(bytes).toString('base64'),
    fingerprint: key.getFingerprint(),
    userIds: key.getUserIDs(),
  };
}

/**
 * A detached signature as bytes, from its armored text or its bytes.
 *
 * @throws Trouble `input.invalid` when it is none.
 */
export async function openPgpSignature(text: string | Uint8Array): Promise<Uint8Array> {
  const signature = await readDetached(text);
  if (signature !== undefined) return signature.packets.write();
  throw notAKey('This is not a detached OpenPGP signature.');
}

/**
 * Whether a signature was made by that key over that statement. The key is judged as of the moment
 * it signed: years later it may have expired.
 */
export const checkOpenPgp: CheckOpenPgp = async ({ key, fingerprint, statement, signature }) => {
  try {
    const publicKey = await readKey(key);
    const detached = await readDetached(signature);
    const [packet] = detached?.packets ?? [];
    if (publicKey === undefined || publicKey.isPrivate() || detached === undefined)
      return 'invalid';
    if (publicKey.getFingerprint() !== fingerprint) return 'invalid';
    if (packet?.signatureType !== enums.signature.binary || packet.created === null)
      return 'invalid';
    const result = await verify({
      message: await createMessage({ binary: statement }),
      signature: detached,
      verificationKeys: publicKey.toPublic(),
      date: packet.created,
      format: 'binary',
    });
    const [only] = result.signatures;
    return (await only?.verified) === true ? 'valid' : 'invalid';
  } catch {
    return 'invalid';
  }
};

async function readKey(text: string | Uint8Array): Promise<Key | undefined> {
  try {
    const keys = await (typeof text === 'string'
      ? readKeys({ armoredKeys: text })
      : readKeys({ binaryKeys: text }));
    return keys.length === 1 ? keys[0] : undefined;
  } catch {
    return undefined;
  }
}

async function readDetached(text: string | Uint8Array): Promise<Signature | undefined> {
  try {
    const signature = await (typeof text === 'string'
      ? readSignature({ armoredSignature: text })
      : readSignature({ binarySignature: text }));
    return signature.packets.length === 1 ? signature : undefined;
  } catch {
    return undefined;
  }
}

const notAKey = (known: string): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known,
    safe: 'Nothing was put on the record.',
    next: 'Choose the right file and try again.',
  });
