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
import type { CeremonyId, Nonce } from '../../shared/ids.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import type { Sealed } from '../../shared/offline/sealed-form.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { parseCanonical } from '../../shared/transcript/canonical.ts';

/*
 * A key that the operator's laptop makes for one ceremony: shares and tokens travel to it encrypted with
 * OpenPGP. It hides them from whoever carries them. It does not prove who sealed them: anybody who has
 * the invitation can seal something to it.
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

/** What a person is told of something sealed that is not what was asked for. */
export interface NotOurs {
  readonly noneOfThis: Problem;
  readonly otherAttempt: Problem;
  readonly notOpened: Problem;
}

/**
 * Opens what was sealed to a ceremony's key, and sees that it is of this attempt.
 *
 * @param sealed as its form reads it; `undefined` where it is nothing of that form.
 * @param attempt without a nonce any attempt of the ceremony will do.
 * @throws Trouble as `says` has them, `keychain.failed` where what is kept is no key.
 */
export async function openSealed<
  C extends { readonly ceremony: CeremonyId; readonly nonce: Nonce },
>(
  sealed: Sealed | undefined,
  contentSchema: z.ZodType<C>,
  attempt: { readonly ceremony: CeremonyId; readonly nonce?: Nonce },
  key: Secret<'sealing-key'>,
  says: NotOurs,
): Promise<C> {
  if (sealed === undefined) throw new Trouble(says.noneOfThis);
  if (sealed.ceremony !== attempt.ceremony) throw new Trouble(says.otherAttempt);
  const text = await decryptForCeremony(sealed.message, key);
  const parsed = text === undefined ? undefined : parseCanonical(text);
  const content = parsed?.ok ? contentSchema.safeParse(parsed.value).data : undefined;
  if (content === undefined) throw new Trouble(says.notOpened);
  const otherNonce = attempt.nonce !== undefined && content.nonce !== attempt.nonce;
  if (content.ceremony !== attempt.ceremony || otherNonce) throw new Trouble(says.otherAttempt);
  return content;
}

/**
 * @param message a binary OpenPGP message, base64.
 * @returns `undefined` for what was altered or is for another key: what the library says of it could
 *   name what it met.
 * @throws Trouble `keychain.failed` where what is kept is no key.
 */
async function decryptForCeremony(
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
