import { createHash, randomBytes } from 'node:crypto';
import { digestSchema, type CeremonyId, type Digest, type Nonce } from '../../shared/ids.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import {
  parseSealedToken,
  sealedTokenBytes,
  sealedTokenContentSchema,
  type SealedTokenContent,
} from '../../shared/offline/sealed-token.ts';
import type { PartEventOf } from '../../shared/part/events.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { canonical } from '../../shared/transcript/canonical.ts';
import { contentOf, encryptedTo } from './sealing.ts';

/*
 * A token sealed for one attempt, to the key that its invitation names. Like a sealed share it is hidden
 * from whoever carries it, and does not prove who sealed it.
 */

/** Which attempt it is for, and the key to seal to: an invitation, or what was kept of one. */
export type SealFor = Pick<Invitation, 'ceremony' | 'nonce' | 'sealTo'>;

/** The encoded token of an attempt whose last share landed on this laptop. @throws Trouble `input.invalid`. */
export const sealEncodedToken = (
  to: SealFor,
  from: string,
  token: Secret<'encoded-token'>,
): Promise<Uint8Array> => seal(to, { ...head(to, from), state: 'encoded', token: token.expose() });

/** A token that was decoded on this laptop. @throws Trouble `input.invalid`. */
export const sealDecodedToken = (
  to: SealFor,
  from: string,
  token: Secret<'dr-operation-token'>,
  opened: PartEventOf<'secret.opened'>['with'],
): Promise<Uint8Array> =>
  seal(to, { ...head(to, from), state: 'decoded', with: opened, token: token.expose() });

export type OpenedToken = { readonly from: string; readonly once: Digest } & (
  | { readonly state: 'encoded'; readonly token: Secret<'encoded-token'> }
  | {
      readonly state: 'decoded';
      readonly token: Secret<'dr-operation-token'>;
      readonly with: PartEventOf<'secret.opened'>['with'];
    }
);

/**
 * Opens a sealed token with the ceremony's key.
 *
 * @throws Trouble `input.invalid` for what is no sealed token, was altered, is for another ceremony or
 *   another attempt.
 */
export async function openSealedToken(
  bytes: Uint8Array,
  attempt: { readonly ceremony: CeremonyId; readonly nonce: Nonce },
  secret: Secret<'sealing-key'>,
): Promise<OpenedToken> {
  const sealed = parseSealedToken(bytes);
  if (sealed === undefined) throw new Trouble(noSealedToken);
  if (sealed.ceremony !== attempt.ceremony) throw new Trouble(otherAttempt);
  const content = sealedTokenContentSchema.safeParse(await contentOf(sealed.message, secret)).data;
  if (content === undefined) throw new Trouble(notOpened);
  if (content.ceremony !== attempt.ceremony || content.nonce !== attempt.nonce)
    throw new Trouble(otherAttempt);
  const { from, token, ceremony } = content;
  const name = `keyturn sealed token v1\n${ceremony}\n${content.once}`;
  const once = digestSchema.parse(createHash('sha256').update(name).digest('hex'));
  return content.state === 'encoded'
    ? { from, once, state: 'encoded', token: Secret.of('encoded-token', token) }
    : {
        from,
        once,
        state: 'decoded',
        token: Secret.of('dr-operation-token', token),
        with: content.with,
      };
}

const head = ({ ceremony, nonce }: SealFor, from: string) => ({
  v: 1 as const,
  what: 'keyturn-token' as const,
  ceremony,
  nonce,
  from,
  once: randomBytes(16).toString('hex'),
});

async function seal(
  { ceremony, sealTo }: SealFor,
  content: SealedTokenContent,
): Promise<Uint8Array> {
  const message = await encryptedTo(sealTo, canonical(content), keyUnfit);
  return sealedTokenBytes({ v: 1, what: 'keyturn-sealed-token', ceremony, message });
}

const safe = 'Nothing of it was kept, and the ceremony is where it was.';

const noSealedToken: Problem = {
  code: 'input.invalid',
  known: 'This is not a sealed token of Keyturn.',
  safe,
  next: 'Ask for the codes or the file of the sealed token again.',
};

const otherAttempt: Problem = {
  code: 'input.invalid',
  known: 'This token was sealed for another ceremony or another attempt.',
  safe,
  next: 'Compare the words of the nonce with whoever sealed it. Take in what was sealed for this attempt only.',
};

const notOpened: Problem = {
  code: 'input.invalid',
  known: 'This sealed token cannot be opened: it was altered on its way, or sealed to another key.',
  safe,
  next: 'Ask for it to be shown again. If it happens twice, have it sealed again.',
};

const keyUnfit: Problem = {
  code: 'input.invalid',
  known: 'The key in this invitation is not the one it names, or nothing can be encrypted to it.',
  safe: 'The token was not sealed, and nothing was sent.',
  next: 'Ask the operator for a new invitation.',
};
