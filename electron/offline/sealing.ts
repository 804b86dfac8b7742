import { createHash, randomBytes } from 'node:crypto';
import {
  createMessage,
  decrypt,
  encrypt,
  generateKey,
  readKey,
  readMessage,
  readPrivateKey,
  type Key,
} from 'openpgp';
import { z } from 'zod';
import { digestSchema, type CeremonyId, type Digest, type Nonce } from '../../shared/ids.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import {
  parseSealedShare,
  sealedContentSchema,
  sealedShareBytes,
} from '../../shared/offline/sealed-share.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { canonical, parseCanonical } from '../../shared/transcript/canonical.ts';

/*
 * A share sealed for one attempt: encrypted with OpenPGP to a key that the operator's laptop made for
 * this ceremony, with ceremony, nonce and holder inside. It hides the share from whoever carries it. It
 * does not prove who sealed it: anybody who has the invitation can seal something to it.
 */

export interface SealingKey {
  /** The private key, binary, base64: under 400 bytes, so that every system's keychain takes it. */
  readonly secret: Secret<'sealing-key'>;
  /** The public key, binary, base64. */
  readonly key: string;
  readonly fingerprint: string;
}

/** A key for one ceremony: curve25519, without a name. */
export async function makeSealingKey(): Promise<SealingKey> {
  const { privateKey } = await generateKey({
    type: 'curve25519',
    userIDs: [{ name: 'Keyturn ceremony' }],
    format: 'object',
  });
  return publicHalf(
    Secret.of('sealing-key', Buffer.from(privateKey.write()).toString('base64')),
    privateKey,
  );
}

/** @throws Trouble `keychain.failed` where what is kept is no key. */
export async function readSealingKey(secret: Secret<'sealing-key'>): Promise<SealingKey> {
  return publicHalf(secret, await privateKeyOf(secret));
}

/**
 * Seals a share to an invitation's key.
 *
 * @throws Trouble `input.invalid` where the invitation's key is not the one its fingerprint names, or
 *   cannot be encrypted to.
 */
export async function sealShare(
  invitation: Pick<Invitation, 'ceremony' | 'nonce' | 'sealTo'>,
  holder: string,
  share: Secret<'share'>,
): Promise<Uint8Array> {
  const { ceremony, nonce, sealTo } = invitation;
  const content = canonical({
    v: 1,
    what: 'keyturn-share',
    ceremony,
    nonce,
    holder,
    once: randomBytes(16).toString('hex'),
    share: share.expose(),
  });
  const message = await encryptToCeremony(sealTo, content);
  return sealedShareBytes({ v: 1, what: 'keyturn-sealed-share', ceremony, message });
}

/**
 * Encrypts a text to a ceremony's own key.
 *
 * @returns a binary OpenPGP message, base64.
 * @throws Trouble `input.invalid` where the key is not the one its fingerprint names, or cannot be
 *   encrypted to.
 */
export async function encryptToCeremony(
  sealTo: Invitation['sealTo'],
  text: string,
): Promise<string> {
  const key = await recipient(sealTo);
  const encrypted: unknown = await encrypt({
    message: await createMessage({ text }),
    encryptionKeys: key.toPublic(),
    format: 'binary',
  }).catch(() => {
    throw new Trouble(keyUnfit);
  });
  return Buffer.from(bytesSchema.parse(encrypted)).toString('base64');
}

const bytesSchema = z.instanceof(Uint8Array);
const openedSchema = z.object({ data: z.string() });

export interface OpenedShare {
  readonly holder: string;
  readonly share: Secret<'share'>;
  /** By this a sealed share is known again, however it was wrapped on its way. */
  readonly once: Digest;
}

/**
 * Opens a sealed share with the ceremony's key.
 *
 * @param attempt without a nonce any attempt of the ceremony will do: to look at it, not to give it.
 * @throws Trouble `input.invalid` for what is no sealed share, was altered, is for another ceremony or
 *   another attempt.
 */
export async function openSealedShare(
  bytes: Uint8Array,
  attempt: { readonly ceremony: CeremonyId; readonly nonce?: Nonce },
  secret: Secret<'sealing-key'>,
): Promise<OpenedShare> {
  const sealed = parseSealedShare(bytes);
  if (sealed === undefined) throw new Trouble(noSealedShare);
  if (sealed.ceremony !== attempt.ceremony) throw new Trouble(otherCeremony);
  const content = await contentOf(sealed.message, secret);
  if (content === undefined) throw new Trouble(notOpened);
  const otherNonce = attempt.nonce !== undefined && content.nonce !== attempt.nonce;
  if (content.ceremony !== attempt.ceremony || otherNonce) throw new Trouble(otherCeremony);
  const name = `keyturn sealed share v1\n${content.ceremony}\n${content.once}`;
  return {
    holder: content.holder,
    share: Secret.of('share', content.share),
    once: digestSchema.parse(createHash('sha256').update(name).digest('hex')),
  };
}

async function contentOf(message: string, secret: Secret<'sealing-key'>) {
  const text = await decryptForCeremony(message, secret);
  const parsed = text === undefined ? undefined : parseCanonical(text);
  return parsed?.ok ? sealedContentSchema.safeParse(parsed.value).data : undefined;
}

/**
 * @param message a binary OpenPGP message, base64.
 * @returns `undefined` for what was altered or is for another key: what the library says of it could
 *   name what it met.
 * @throws Trouble `keychain.failed` where what is kept is no key.
 */
export async function decryptForCeremony(
  message: string,
  secret: Secret<'sealing-key'>,
): Promise<string | undefined> {
  const key = await privateKeyOf(secret);
  try {
    const opened: unknown = await decrypt({
      message: await readMessage({ binaryMessage: Buffer.from(message, 'base64') }),
      decryptionKeys: key,
      config: { allowUnauthenticatedMessages: false },
    });
    return openedSchema.parse(opened).data;
  } catch {
    return undefined;
  }
}

async function privateKeyOf(secret: Secret<'sealing-key'>) {
  try {
    return await readPrivateKey({ binaryKey: Buffer.from(secret.expose(), 'base64') });
  } catch {
    throw new Trouble(keyUnreadable);
  }
}

async function recipient(sealTo: Invitation['sealTo']): Promise<Key> {
  const key = await readKey({ binaryKey: Buffer.from(sealTo.key, 'base64') }).catch(
    () => undefined,
  );
  if (key === undefined || key.isPrivate() || key.getFingerprint() !== sealTo.fingerprint)
    throw new Trouble(keyUnfit);
  return key;
}

const publicHalf = (secret: Secret<'sealing-key'>, privateKey: Key): SealingKey => ({
  secret,
  key: Buffer.from(privateKey.toPublic().write()).toString('base64'),
  fingerprint: privateKey.getFingerprint(),
});

const safe = 'The share was not sent. Nothing of it was kept.';

const noSealedShare: Problem = {
  code: 'input.invalid',
  known: 'This is not a sealed share of Keyturn.',
  safe,
  next: 'Ask the holder to show the sealed share again.',
};

const otherCeremony: Problem = {
  code: 'input.invalid',
  known: 'This share was sealed for another ceremony or another attempt.',
  safe,
  next: 'Show the holder the invitation of this attempt, and ask for the share to be sealed to it.',
};

const notOpened: Problem = {
  code: 'input.invalid',
  known: 'This sealed share cannot be opened: it was altered on its way, or sealed to another key.',
  safe,
  next: 'Ask the holder to show it again. If it happens twice, have it sealed again.',
};

const keyUnfit: Problem = {
  code: 'input.invalid',
  known: 'The key in this invitation is not the one it names, or nothing can be encrypted to it.',
  safe: 'The share was not sealed, and nothing was sent.',
  next: 'Ask the operator for a new invitation.',
};

const keyUnreadable: Problem = {
  code: 'keychain.failed',
  known: 'The key that shares of this ceremony are sealed to cannot be read from the keychain.',
  safe: 'The share was not opened and not sent.',
  next: 'Make a new invitation: it comes with a new key.',
};
