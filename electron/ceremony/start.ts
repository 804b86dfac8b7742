import type { Nonce } from '../../shared/ids.ts';
import { keyTrouble } from '../../shared/pgp/compare.ts';
import type { PgpKey } from '../../shared/pgp/key.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { cancelAttempt, readAttempt, startAttempt } from '../vault/attempt.ts';
import type { VaultNode } from '../vault/connection.ts';
import { outcomeUnknown, sortFailure } from './outcome.ts';
import { familyOf, withConnection, type Room } from './room.ts';

/** The key the token will be encrypted to, and its form for Vault. */
export interface StartKey {
  readonly key: PgpKey;
  /** Standard base64 of the binary public key. */
  readonly base64: string;
}

/**
 * Starts the attempt on the active node that preflight chose. Nonce and OTP are in the keychain
 * before `attempt.started` is on disk, so before anybody sees the nonce. With a key there is no OTP:
 * the server has to name that very key instead.
 *
 * @throws Trouble when it did not start; the record says why, and whether it may have started after all.
 */
export async function start(room: Room, pgp?: StartKey): Promise<void> {
  const ready = room.log.in('ready', 'gone', 'superseded');
  const address = ready.preflight.node;
  if (!address) throw new Trouble(noNode);
  await withConnection(room, async (connection) => {
    const node = connection.node(address);
    await room.log.append({
      type: 'attempt.start.intended',
      node: address,
      ...(pgp ? { mode: 'pgp', key: pgp.key } : { mode: 'otp' }),
    });

    const options = pgp ? { pgpKey: pgp.base64 } : {};
    const begun = await startAttempt(node, familyOf(room), options, room.vaultToken()).catch(
      async (thrown: unknown) => {
        const { happened, problem } = sortFailure(thrown);
        if (happened === 'no') return notStarted(room, problem, false);
        return notStarted(room, outcomeUnknown('The start of the attempt', problem), true);
      },
    );
    const { nonce, otp } = begun;
    const wrong = pgp ? keyTrouble(pgp.key, begun.pgpFingerprint) : otp ? undefined : noOtp;
    if (!nonce || wrong) {
      const undone = nonce !== undefined && (await undo(room, node, nonce));
      return notStarted(room, wrong ?? noOtp, !undone);
    }
    try {
      // What an earlier attempt left behind must never be taken for this one's.
      room.unkept = undefined;
      await room.secrets.forgetAttempt();
      if (otp) await room.secrets.keepAttempt({ nonce, otp });
    } catch (thrown) {
      // Nobody gave a share yet: an attempt whose OTP cannot be kept is better cancelled at once.
      const undone = await undo(room, node, nonce);
      return notStarted(room, sortFailure(thrown).problem, !undone);
    }
    await room.log.append({ type: 'attempt.started', nonce, required: begun.required });
  });
}

async function notStarted(room: Room, problem: Problem, mayHaveArrived: boolean): Promise<never> {
  await room.log.append({ type: 'attempt.start.failed', problem, mayHaveArrived });
  throw new Trouble(problem);
}

/** Cancels the attempt that was just started here, where it is still that one. @returns whether it is gone. */
async function undo(room: Room, node: VaultNode, nonce: Nonce): Promise<boolean> {
  const { roster } = room.log.in('starting');
  const found = { nonce, by: roster.operator, why: 'The token it makes could not be read here.' };
  try {
    const seen = await readAttempt(node, familyOf(room), room.vaultToken());
    if (seen.nonce !== nonce) return !seen.started;
    await room.log.append({ type: 'found.cancel.intended', ...found });
    await cancelAttempt(node, familyOf(room), room.vaultToken());
    await room.log.append({ type: 'found.cancelled', ...found });
    return true;
  } catch (thrown) {
    const { problem } = sortFailure(thrown);
    await room.log.append({ type: 'found.cancel.failed', problem });
    return false;
  }
}

const noNode: Problem = {
  code: 'rule.not-now',
  known: 'Preflight found no active node to start the attempt on.',
  safe: 'Nothing was sent.',
  next: 'Run preflight again.',
};

const noOtp: Problem = {
  code: 'vault.not-vault',
  known: 'The server said that the attempt started, but gave no nonce, or no OTP, with it.',
  safe: 'The attempt cannot be used. Keyturn tried to cancel it; no share was given.',
  next: 'Run preflight again: it shows whether an attempt is still open.',
};
