import {
  createMessage,
  enums,
  readCleartextMessage,
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
 * A public key that can sign now, for a person who will have to.
 *
 * @throws Trouble `input.invalid` also where it has expired, was revoked, cannot sign or is too weak.
 */
export async function openPgpSigner(
  text: string | Uint8Array,
  now = new Date(),
): Promise<OpenPgpIdentity> {
  const identity = await openPgpIdentity(text);
  const key = await readKey(Buffer.from(identity.key, 'base64'));
  const fault = key ? await faultOfSigner(key, now) : 'This is not an OpenPGP public key.';
  if (fault === undefined) return identity;
  throw notAKey(fault);
}

async function faultOfSigner(key: Key, now: Date): Promise<string | undefined> {
  if (await key.isRevoked(undefined, undefined, now)) return 'This key was revoked.';
  const expires = await key.getExpirationTime();
  if (expires instanceof Date && expires <= now)
    return `This key expired on ${expires.toISOString().slice(0, 10)}.`;
  const { bits } = key.getAlgorithmInfo();
  if (bits !== undefined && bits < weakestRsa)
    return `This key is too weak: RSA with ${bits} bits, and at least ${weakestRsa} are needed.`;
  try {
    await key.getSigningKey(undefined, now);
    return undefined;
  } catch {
    return 'This key cannot sign: it is for encryption only, its signing part has expired or was revoked, or it is of a kind that is no longer safe.';
  }
}

/** Bits. */
const weakestRsa = 2048;

/**
 * A signature as bytes: detached, armored or not; or taken out of a text that was signed with
 * `gpg --clearsign`, where that text is the statement.
 *
 * @throws Trouble `input.invalid` when it is none.
 */
export async function openPgpSignature(
  text: string | Uint8Array,
  statement: Uint8Array,
): Promise<Uint8Array> {
  if (typeof text === 'string' && text.includes('-----BEGIN PGP SIGNED MESSAGE-----'))
    return signatureOfClearText(text, statement);
  const signature = await readDetached(text);
  if (signature !== undefined) return signature.packets.write();
  throw notAKey('This is not an OpenPGP signature, detached or of a text signed as it stands.');
}

async function signatureOfClearText(text: string, statement: Uint8Array): Promise<Uint8Array> {
  const message = await readCleartextMessage({ cleartextMessage: text }).catch(() => undefined);
  if (message === undefined) throw notAKey('The signed text is damaged.');
  const said = message.getText().replaceAll('\r\n', '\n').replace(/\n$/, '');
  if (said !== Buffer.from(statement).toString('utf8'))
    throw notAKey('The signed text is not the statement.');
  const armor = /-----BEGIN PGP SIGNATURE-----[^]*$/.exec(text)?.[0] ?? '';
  const signature = await readDetached(armor);
  if (signature !== undefined) return signature.packets.write();
  throw notAKey('The signed text does not have exactly one signature.');
}

/** The statement inside a text that was signed with `gpg --clearsign`; `undefined` for anything else. */
export async function clearText(text: string): Promise<Uint8Array | undefined> {
  if (!text.includes('-----BEGIN PGP SIGNED MESSAGE-----')) return undefined;
  const message = await readCleartextMessage({ cleartextMessage: text }).catch(() => undefined);
  return message && Buffer.from(message.getText().replaceAll('\r\n', '\n').replace(/\n$/, ''));
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
    // Over bytes, or over text with its line ends as on the wire: `gpg --detach-sign`, `--clearsign`.
    const { binary, text } = enums.signature;
    if (packet?.signatureType !== binary && packet?.signatureType !== text) return 'invalid';
    if (packet.created === null) return 'invalid';
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
