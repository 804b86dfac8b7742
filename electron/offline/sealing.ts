import { createHash, randomBytes } from 'node:crypto';
import { digestSchema, type CeremonyId, type Digest, type Nonce } from '../../shared/ids.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import {
  parseSealedShare,
  sealedContentSchema,
  sealedShareBytes,
} from '../../shared/offline/sealed-share.ts';
import { Secret } from '../../shared/secret.ts';
import { canonical } from '../../shared/transcript/canonical.ts';
import { encryptToCeremony, openSealed, type NotOurs } from './ceremony-key.ts';

/*
 * A share sealed for one attempt: encrypted to the ceremony's own key, with ceremony, nonce and holder
 * inside.
 */

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
  return sealedShareBytes({ ceremony, message });
}

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
  const content = await openSealed(
    parseSealedShare(bytes),
    sealedContentSchema,
    attempt,
    secret,
    notOurs,
  );
  const name = `keyturn sealed share v1\n${content.ceremony}\n${content.once}`;
  return {
    holder: content.holder,
    share: Secret.of('share', content.share),
    once: digestSchema.parse(createHash('sha256').update(name).digest('hex')),
  };
}

const safe = 'The share was not sent. Nothing of it was kept.';

const notOurs: NotOurs = {
  noneOfThis: {
    code: 'input.invalid',
    known: 'This is not a sealed share of Keyturn.',
    safe,
    next: 'Ask the holder to show the sealed share again.',
  },
  otherAttempt: {
    code: 'input.invalid',
    known: 'This share was sealed for another ceremony or another attempt.',
    safe,
    next: 'Show the holder the invitation of this attempt, and ask for the share to be sealed to it.',
  },
  notOpened: {
    code: 'input.invalid',
    known:
      'This sealed share cannot be opened: it was altered on its way, or sealed to another key.',
    safe,
    next: 'Ask the holder to show it again. If it happens twice, have it sealed again.',
  },
};
