import type { MadeToken } from '../../shared/ceremony/purpose.ts';
import { createHash, randomBytes } from 'node:crypto';
import { digestSchema, type CeremonyId, type Digest, type Nonce } from '../../shared/ids.ts';
import {
  decodedTokenSchema,
  parseSealedDecodedToken,
  sealedDecodedTokenBytes,
} from '../../shared/offline/decoded-token.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import type { PartEventOf } from '../../shared/part/events.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { canonical, parseCanonical } from '../../shared/transcript/canonical.ts';
import { decryptForCeremony, encryptToCeremony } from './sealing.ts';

/*
 * A token decoded on an officer's laptop, sealed to the ceremony's own key. Whoever carries it sees
 * nothing. Like a sealed share it does not prove who sealed it.
 */

/** What opened the token on the officer's laptop. */
export type OpenedWith = PartEventOf<'secret.opened'>['with'];

/**
 * On the officer's laptop: the parcel's bytes, of the kind `decoded-token`.
 *
 * @throws Trouble `input.invalid` where the ceremony's key cannot be encrypted to.
 */
export async function sealDecodedToken(
  { ceremony, nonce, sealTo }: Pick<Invitation, 'ceremony' | 'nonce' | 'sealTo'>,
  opened: { readonly from: string; readonly with: OpenedWith },
  token: Secret,
): Promise<Uint8Array> {
  const content = canonical({
    v: 1,
    what: 'keyturn-decoded-token',
    ceremony,
    nonce,
    from: opened.from,
    with: opened.with,
    once: randomBytes(16).toString('hex'),
    token: token.expose(),
  });
  const message = await encryptToCeremony(sealTo, content);
  return sealedDecodedTokenBytes({ v: 1, what: 'keyturn-sealed-token', ceremony, message });
}

export interface DecodedElsewhere<K extends MadeToken> {
  readonly from: string;
  readonly with: OpenedWith;
  readonly token: Secret<K>;
  /** By this it is known again, however it was wrapped on its way. */
  readonly once: Digest;
}

/**
 * On the operator's laptop: opens it with the key of the ceremony.
 *
 * @throws Trouble `input.invalid` for what is no sealed token, was altered, is of another ceremony or
 *   another attempt.
 */
export async function openDecodedToken<K extends MadeToken>(
  bytes: Uint8Array,
  attempt: { readonly ceremony: CeremonyId; readonly nonce: Nonce },
  key: Secret<'sealing-key'>,
  kind: K,
): Promise<DecodedElsewhere<K>> {
  const sealed = parseSealedDecodedToken(bytes);
  if (!sealed) throw new Trouble(noSealedToken);
  if (sealed.ceremony !== attempt.ceremony) throw new Trouble(otherAttempt);
  const text = await decryptForCeremony(sealed.message, key);
  const parsed = text === undefined ? undefined : parseCanonical(text);
  const content = parsed?.ok ? decodedTokenSchema.safeParse(parsed.value).data : undefined;
  if (!content) throw new Trouble(notOpened);
  if (content.ceremony !== attempt.ceremony || content.nonce !== attempt.nonce)
    throw new Trouble(otherAttempt);
  const name = `keyturn decoded token v1\n${content.ceremony}\n${content.once}`;
  return {
    from: content.from,
    with: content.with,
    token: Secret.of(kind, content.token),
    once: digestSchema.parse(createHash('sha256').update(name).digest('hex')),
  };
}

const safe = 'Nothing of it was kept. The encoded token is in the keychain and stays there.';

const noSealedToken: Problem = {
  code: 'input.invalid',
  known: 'This is not a token that was decoded on another laptop and sealed.',
  safe,
  next: 'Ask for the codes or the file of the sealed token again.',
};

const otherAttempt: Problem = {
  code: 'input.invalid',
  known: 'This token was sealed for another ceremony or another attempt.',
  safe,
  next: 'Compare the words of the nonce with whoever sealed it, and read what was sealed for this attempt.',
};

const notOpened: Problem = {
  code: 'input.invalid',
  known: 'This token cannot be opened: it was altered on its way, or sealed to another key.',
  safe,
  next: 'Ask for it to be shown again. If it happens twice, have it sealed again.',
};
