import type { CeremonyId, Nonce } from '../../shared/ids.ts';
import {
  handedContentSchema,
  handedTokenBytes,
  longestHandedToken,
  parseHandedToken,
} from '../../shared/offline/handed-token.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { canonical } from '../../shared/transcript/canonical.ts';
import { encryptToCeremony, openSealed, type NotOurs } from './ceremony-key.ts';

/*
 * The encoded token of an attempt whose last share landed on a holder's laptop, on its way to the
 * operator's. Whoever carries it sees nothing: it is encrypted to the ceremony's own key.
 */

/** Which attempt an encoded token is of, and whose share was the last. */
export interface HandedFrom {
  readonly ceremony: CeremonyId;
  readonly nonce: Nonce;
  readonly holder: string;
}

/**
 * On the holder's laptop: the parcel's bytes, of the kind `handed-token`.
 *
 * @throws Trouble `input.invalid` where the ceremony's key cannot be encrypted to, `input.too-large`.
 */
export async function handOver(
  { ceremony, nonce, holder }: HandedFrom,
  sealTo: Invitation['sealTo'],
  token: Secret<'encoded-token'>,
): Promise<Uint8Array> {
  const encoded = token.expose();
  if (encoded.length > longestHandedToken) throw new Trouble(tooLong(encoded.length));
  const message = await encryptToCeremony(
    sealTo,
    canonical({ v: 1, what: 'keyturn-encoded-token', ceremony, nonce, holder, encoded }),
  );
  return handedTokenBytes({ ceremony, message });
}

export interface TakenBack {
  readonly holder: string;
  readonly encoded: Secret<'encoded-token'>;
}

/**
 * On the operator's laptop: opens it with the key of the ceremony.
 *
 * @throws Trouble `input.invalid` for what is no handed-back token, was altered, is of another ceremony
 *   or another attempt.
 */
export async function takeBack(
  bytes: Uint8Array,
  attempt: { readonly ceremony: CeremonyId; readonly nonce: Nonce },
  key: Secret<'sealing-key'>,
): Promise<TakenBack> {
  const content = await openSealed(
    parseHandedToken(bytes),
    handedContentSchema,
    attempt,
    key,
    notOurs,
  );
  return { holder: content.holder, encoded: Secret.of('encoded-token', content.encoded) };
}

const safe = 'Nothing of it was kept. The holder’s laptop still has the encoded token.';

const notOurs: NotOurs = {
  noneOfThis: {
    code: 'input.invalid',
    known: 'This is not an encoded token that a laptop of a holder handed back.',
    safe,
    next: 'Ask the holder to show it again.',
  },
  otherAttempt: {
    code: 'input.invalid',
    known: 'This encoded token is of another ceremony or another attempt.',
    safe,
    next: 'Compare the nonce’s words with the holder, and read it in the ceremony that it is of.',
  },
  notOpened: {
    code: 'input.invalid',
    known:
      'This encoded token cannot be opened: it was altered on its way, or sealed to another key.',
    safe,
    next: 'Ask the holder to show it again.',
  },
};

const tooLong = (characters: number): Problem => ({
  code: 'input.too-large',
  known: `The encoded token has ${characters} characters; ${longestHandedToken} can be handed back by QR codes or a file.`,
  safe: 'It stays in the keychain of this laptop.',
  next: 'Keep this laptop at hand, and call the operator.',
});
