import { createHash, randomBytes } from 'node:crypto';
import type { MadeToken } from '../../shared/ceremony/purpose.ts';
import { digestSchema, type CeremonyId, type Digest, type Nonce } from '../../shared/ids.ts';
import {
  decodedTokenSchema,
  parseSealedDecodedToken,
  sealedDecodedTokenBytes,
} from '../../shared/offline/decoded-token.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import type { PartEventOf } from '../../shared/part/events.ts';
import { Secret } from '../../shared/secret.ts';
import { canonical } from '../../shared/transcript/canonical.ts';
import { encryptToCeremony, openSealed, type NotOurs } from './ceremony-key.ts';

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
  return sealedDecodedTokenBytes({ ceremony, message });
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
  const content = await openSealed(
    parseSealedDecodedToken(bytes),
    decodedTokenSchema,
    attempt,
    key,
    notOurs,
  );
  const name = `keyturn decoded token v1\n${content.ceremony}\n${content.once}`;
  return {
    from: content.from,
    with: content.with,
    token: Secret.of(kind, content.token),
    once: digestSchema.parse(createHash('sha256').update(name).digest('hex')),
  };
}

const safe = 'Nothing of it was kept. The encoded token is in the keychain and stays there.';

const notOurs: NotOurs = {
  noneOfThis: {
    code: 'input.invalid',
    known: 'This is not a token that was decoded on another laptop and sealed.',
    safe,
    next: 'Ask for the codes or the file of the sealed token again.',
  },
  otherAttempt: {
    code: 'input.invalid',
    known: 'This token was sealed for another ceremony or another attempt.',
    safe,
    next: 'Compare the words of the nonce with whoever sealed it, and read what was sealed for this attempt.',
  },
  notOpened: {
    code: 'input.invalid',
    known: 'This token cannot be opened: it was altered on its way, or sealed to another key.',
    safe,
    next: 'Ask for it to be shown again. If it happens twice, have it sealed again.',
  },
};
