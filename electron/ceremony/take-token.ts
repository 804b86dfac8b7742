import { decodeToken, doubtsAbout } from '../../shared/codec/otp.ts';
import { madeToken } from '../../shared/ceremony/purpose.ts';
import { reconcile } from '../../shared/ceremony/reconcile.ts';
import type { StateIn } from '../../shared/ceremony/state.ts';
import { readPgpMessage } from '../../shared/pgp/message.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { openDecodedToken } from '../offline/decoded-token.ts';
import { takeBack } from '../offline/handing.ts';
import { readAttempt } from '../vault/attempt.ts';
import { familyOf, withConnection, type Room } from './room.ts';

/*
 * Tokens that other laptops sealed for this attempt. Each is in the keychain before its event is on
 * disk, as where Vault itself hands one out.
 */

/**
 * The encoded token, where the last share landed on a holder's laptop.
 *
 * @returns whose share was the last.
 * @throws Trouble `input.invalid` where it is not of this attempt, `keychain.*` where the key to open it
 *   is missing or the token cannot be kept, and what reading the attempt throws.
 */
export async function takeHandedToken(room: Room, bytes: Uint8Array): Promise<string> {
  if (room.log.state.phase === 'complete') throw new Trouble(encodedHere);
  const { attempt } = room.log.in('collecting', 'gone', 'superseded');
  const { holder, encoded } = await takeBack(
    bytes,
    { ceremony: room.id, nonce: attempt.nonce },
    await sealingKey(room),
  );
  await seeThatItIsOver(room);
  await mustFit(room, room.log.in('gone', 'superseded'), encoded);
  await room.secrets.keepEncodedToken(encoded);
  await room.log.append({ type: 'token.encoded.taken', from: holder });
  return holder;
}

/**
 * The token, where whoever has its OTP or its key decoded it on another laptop.
 *
 * @returns who decoded it.
 * @throws Trouble as `takeHandedToken`.
 */
export async function takeDecodedToken(room: Room, bytes: Uint8Array): Promise<string> {
  if (room.log.state.phase !== 'complete') throw new Trouble(sharesFirst);
  const { attempt } = room.log.in('complete');
  const { from, token, once, ...opened } = await openDecodedToken(
    bytes,
    { ceremony: room.id, nonce: attempt.nonce },
    await sealingKey(room),
    madeToken(room.log.state.purpose),
  );
  await room.secrets.keepToken(token);
  await room.log.append({
    type: 'token.decoded',
    doubts: [...doubtsAbout(token.expose())],
    ...(opened.with === 'OTP' ? {} : { with: opened.with }),
    elsewhere: { by: from, sealed: once },
  });
  return from;
}

async function sealingKey(room: Room): Promise<Secret<'sealing-key'>> {
  const key = await room.secrets.sealingKey();
  if (!key) throw new Trouble(noKey);
  return key;
}

/** While our attempt still runs on the server, no token of it can exist. */
async function seeThatItIsOver(room: Room): Promise<void> {
  const { state } = room.log;
  if (state.phase !== 'collecting') return;
  const seen = await withConnection(room, (connection) =>
    readAttempt(connection.node(state.attempt.node), familyOf(room), room.vaultToken()),
  );
  const { events } = reconcile(state.attempt, seen);
  await room.log.appendAll(events);
  if (room.log.state.phase === 'collecting') throw new Trouble(stillOpen);
}

/** Of the kind that this attempt hides its token with, and of the length of its OTP. */
async function mustFit(
  room: Room,
  { attempt }: StateIn<'gone' | 'superseded'>,
  token: Secret<'encoded-token'>,
): Promise<void> {
  const encrypted = attempt.key !== undefined || attempt.joined?.holds === 'pgp-key';
  if (readPgpMessage(token.expose()).ok !== encrypted) throw new Trouble(otherKind(encrypted));
  if (encrypted) return;
  const kept = await room.secrets.attempt();
  if (kept?.nonce === attempt.nonce)
    decodeToken(token, kept.otp, madeToken(room.log.state.purpose));
  // Without the OTP its form is all that can be looked at.
  else if (!/^[A-Za-z0-9+/]{16,200}={0,2}$/.test(token.expose().trim()))
    throw new Trouble(otherKind(false));
}

const safe = 'Nothing of it was kept, and the ceremony is where it was.';

const noKey: Problem = {
  code: 'keychain.entry-missing',
  known: 'This laptop has no key that a token of this ceremony could have been sealed to.',
  safe,
  next: 'Make an invitation, show it to the other laptop, and ask for the token to be sealed to it.',
};

const encodedHere: Problem = {
  code: 'rule.not-now',
  known: 'This ceremony has its encoded token already.',
  safe,
  next: 'Decode it, or read the decoded token from the laptop that has its OTP or key.',
};

const sharesFirst: Problem = {
  code: 'rule.not-now',
  known: 'This ceremony has not got its encoded token yet, so nobody can have decoded it.',
  safe,
  next: 'Collect the shares first, or read the encoded token from the laptop where the last share was given.',
};

const stillOpen: Problem = {
  code: 'input.invalid',
  known: 'The attempt is still open on the server: no token of it can exist yet.',
  safe,
  next: 'Compare the nonce with whoever sealed this, and go on with the shares.',
};

const otherKind = (encrypted: boolean): Problem => ({
  code: 'input.invalid',
  known: encrypted
    ? 'What was handed back is not encrypted to a key, and the token of this attempt is.'
    : 'What was handed back is not an encoded token as this attempt makes it.',
  safe,
  next: 'Ask whose laptop it comes from which attempt it is of.',
});

/** Where a token from elsewhere has no use: the first one that was read counts. */
export const noTokenAwaited: Problem = {
  code: 'rule.not-now',
  known:
    'This ceremony waits for no token from another laptop: it has its token already, or reads it here.',
  safe,
  next: 'Go on with the step that is shown now.',
};
