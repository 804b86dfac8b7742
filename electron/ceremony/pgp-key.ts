import { madeToken } from '../../shared/ceremony/purpose.ts';
import { doubtsAbout } from '../../shared/codec/otp.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { makeKey, publicHalf } from '../pgp/app-key.ts';
import { decrypt, type Opener } from '../pgp/decrypt.ts';
import { sortFailure } from './outcome.ts';
import type { Room } from './room.ts';
import type { StartKey } from './start.ts';

/** A person's own way to decrypt the token, and how the record names it. */
export type TokenOpener =
  | { readonly with: 'key file'; readonly opener: Extract<Opener, { kind: 'key' }> }
  | { readonly with: 'gpg'; readonly opener: Extract<Opener, { kind: 'gpg' }> };

/**
 * The key of this ceremony itself: made at the first use, and in the keychain before anything is
 * encrypted to it.
 *
 * @throws Trouble `keychain.*`
 */
export async function ownKey(room: Room): Promise<StartKey> {
  const kept = await room.secrets.pgpKey();
  const made = kept ? undefined : await makeKey(`Keyturn ${room.id}`);
  if (made) await room.secrets.keepPgpKey(made.privateKey);
  const publicKey = made?.publicKey ?? (kept ? await publicHalf(kept) : undefined);
  if (!publicKey) throw new Trouble(keyMissing);
  const { fingerprint, userIds, base64 } = publicKey;
  return { key: { fingerprint, from: 'app', userIds: [...userIds] }, base64 };
}

/**
 * Decrypts the encoded token and keeps the token in the keychain.
 *
 * @param own a person's key; absent: the key this ceremony made.
 * @throws Trouble `keychain.*` where something is not to be had, `pgp.*` where it does not open.
 */
export async function decodeWithKey(room: Room, own: TokenOpener | undefined): Promise<void> {
  room.log.in('complete');
  const encoded = await room.secrets.encodedToken();
  if (!encoded) throw new Trouble(encodedMissing);
  let doubts: readonly string[];
  try {
    const opener = own?.opener ?? (await ownOpener(room));
    const kind = madeToken(room.log.state.purpose);
    const token = await decrypt(encoded.expose(), opener, kind);
    await room.secrets.keepToken(token);
    doubts = doubtsAbout(token.expose());
  } catch (thrown) {
    const { problem } = sortFailure(thrown);
    await room.log.append({ type: 'token.decode.failed', problem });
    throw new Trouble(problem);
  }
  await room.log.append({
    type: 'token.decoded',
    doubts: [...doubts],
    with: own?.with ?? 'app key',
  });
}

async function ownOpener(room: Room): Promise<Opener> {
  const key = await room.secrets.pgpKey();
  if (!key) throw new Trouble(keyMissing);
  return { kind: 'key', key };
}

const encodedMissing: Problem = {
  code: 'keychain.entry-missing',
  known: 'The encoded token is not in the keychain.',
  safe: 'Nothing was sent. Vault keeps no copy of it.',
  next: 'Check with Vault and the keychain: the step then says what is left to do.',
};

const keyMissing: Problem = {
  code: 'keychain.entry-missing',
  known: 'The private key of this ceremony is not in the keychain.',
  safe: 'The encoded token is in the keychain and stays there.',
  next: 'Use the key that the token was encrypted to: a key file with its passphrase, or gpg.',
};
