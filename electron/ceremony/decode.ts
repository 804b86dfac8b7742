import { decodeToken } from '../../shared/codec/otp.ts';
import type { Claim } from '../../shared/ceremony/events.ts';
import { madeToken } from '../../shared/ceremony/purpose.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { sortFailure } from './outcome.ts';
import type { Room } from './room.ts';

/**
 * Decodes the encoded token with the OTP, here and without a network, and keeps the token in
 * the keychain.
 *
 * @throws Trouble `keychain.*` where either is not to be had, `input.invalid` where they do not fit.
 */
export async function decode(room: Room): Promise<void> {
  const { attempt } = room.log.in('complete');
  const encoded = await room.secrets.encodedToken();
  if (!encoded) throw new Trouble(encodedMissing);
  const kept = await room.secrets.attempt();
  if (kept?.nonce !== attempt.nonce)
    throw new Trouble(attempt.joined ? notOurs(attempt.joined) : otpMissing);
  let doubts: readonly string[];
  try {
    const decoded = decodeToken(encoded, kept.otp, madeToken(room.log.state.purpose));
    await room.secrets.keepToken(decoded.token);
    doubts = decoded.doubts;
  } catch (thrown) {
    const { problem } = sortFailure(thrown);
    await room.log.append({ type: 'token.decode.failed', problem });
    throw new Trouble(problem);
  }
  await room.log.append({ type: 'token.decoded', doubts: [...doubts] });
}

/** Puts a written-down OTP back beside the nonce. Whether it is the right one shows when it decodes. */
export async function restoreOtp(room: Room, otp: Secret<'otp'>): Promise<void> {
  const { attempt, roster } = room.log.in('collecting', 'complete');
  await room.secrets.keepAttempt({ nonce: attempt.nonce, otp });
  await room.log.append({ type: 'otp.restored', by: roster.operator });
}

const encodedMissing: Problem = {
  code: 'keychain.entry-missing',
  known: 'The encoded token is not in the keychain.',
  safe: 'Nothing was sent. Vault keeps no copy of it.',
  next: 'Check with Vault and the keychain: the step then says what is left to do.',
};

/** A joined attempt: its OTP was never here, and a PGP key's token cannot be decoded with one. */
const notOurs = ({ owner, holds }: Claim): Problem => ({
  code: 'keychain.entry-missing',
  known:
    holds === 'otp'
      ? `${owner} started this attempt and has its OTP. It was never on this laptop.`
      : `${owner} started this attempt with a PGP key. Only that key can read the token.`,
  safe: 'The encoded token is in the keychain and stays there.',
  next:
    holds === 'otp'
      ? `${owner} enters the OTP here, or takes the encoded token over.`
      : `${owner} takes the encoded token over.`,
});

const otpMissing: Problem = {
  code: 'keychain.entry-missing',
  known: 'The OTP of this attempt is not in the keychain.',
  safe: 'The encoded token is in the keychain and stays there.',
  next: 'Enter the OTP as it was written down at the start.',
};
