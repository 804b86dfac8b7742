import { parseShare, shareForVault } from '../../shared/codec/share.ts';
import { inForce } from '../../shared/ceremony/in-force.ts';
import { reconcile, sharesDidNotCombine } from '../../shared/ceremony/reconcile.ts';
import type { StateIn } from '../../shared/ceremony/state.ts';
import type { Digest } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { tokenWords } from '../../shared/ceremony/purpose.ts';
import { Secret } from '../../shared/secret.ts';
import { fingerprintShare } from '../keychain/share-fingerprint.ts';
import { giveShare as sendShare, readAttempt } from '../vault/attempt.ts';
import type { VaultNode } from '../vault/connection.ts';
import { outcomeUnknown, sortFailure } from './outcome.ts';
import { familyOf, withConnection, type Room } from './room.ts';

export interface Given {
  readonly progress: number;
  readonly required: number;
  readonly complete: boolean;
}

export interface CameAs {
  /** It came sealed: what makes that sealed share known again. */
  readonly sealed?: Digest;
  /** It came encrypted to its holder: what opened it here. */
  readonly openedWith?: 'key file' | 'gpg';
}

/**
 * Takes one holder's share to Vault: checked here, compared with the shares of this round, sent once.
 *
 * @param came how it came, where it was not simply entered: for the record.
 * @throws Trouble whenever it was not counted or it is not known whether it was; the record has the same.
 */
export async function giveShare(
  room: Room,
  holder: string,
  share: Secret<'share'>,
  came: CameAs = {},
): Promise<Given> {
  const before = room.log.in('collecting');
  const parsed = parseShare(share.expose(), { required: before.attempt.required });
  if (!parsed.ok) throw new Trouble(badFormat(parsed.message));

  const fingerprint = fingerprintShare(await room.secrets.fingerprintKey(), parsed.bytes);
  const earlier = before.attempt.given.find((given) => given.fingerprint === fingerprint);
  if (earlier) throw new Trouble(duplicate(earlier.holder));
  const gave = before.attempt.given.some((given) => given.holder === holder);
  if (gave && inForce(before, 'one-share-for-each-holder')) throw new Trouble(gaveBefore(holder));
  const canonical = Secret.of('share', shareForVault(parsed.bytes));
  parsed.bytes.fill(0);

  return withConnection(room, async (connection) => {
    const node = connection.node(before.attempt.node);
    const state = await lookFirst(room, node);
    const { nonce, progress } = state.attempt;
    await room.log.append({
      type: 'share.intended',
      holder,
      fingerprint,
      progressBefore: progress,
      ...came,
    });
    const reply = await sendShare(
      node,
      familyOf(room),
      { nonce, share: canonical },
      room.vaultToken(),
    ).catch((thrown: unknown) => notCounted(room, node, thrown));
    if (!reply) return { progress, required: state.attempt.required, complete: false };

    if (reply.encodedToken) {
      await keepEncodedToken(room, reply.encodedToken);
      // The reply's own counts may be missing: with the token in hand they no longer matter.
      const { required } = state.attempt;
      return { progress: required, required, complete: true };
    }
    if (reply.complete) {
      await room.log.append({ type: 'attempt.gone', tokenMayExist: true });
      throw new Trouble(completeWithoutToken(tokenWords(before.purpose)));
    }
    await room.log.append({
      type: 'share.accepted',
      progress: progress + 1,
      shownBy: 'reply',
    });
    if (reply.progress > progress + 1)
      await room.log.append({ type: 'share.elsewhere', from: progress + 1, to: reply.progress });
    return { progress: reply.progress, required: reply.required, complete: false };
  });
}

/**
 * Puts the encoded token in the keychain before anything else is done with it. Where the keychain
 * refuses, it stays in memory and can be kept again: Vault has forgotten it.
 */
export async function keepEncodedToken(room: Room, token: Secret<'encoded-token'>): Promise<void> {
  const { attempt } = room.log.in('collecting');
  room.unkept = token;
  try {
    await room.secrets.keepEncodedToken(token);
  } catch (thrown) {
    throw new Trouble(notKept(sortFailure(thrown).problem));
  }
  await room.log.append({
    type: 'token.encoded.kept',
    progress: attempt.required,
    required: attempt.required,
  });
  room.unkept = undefined;
}

/** Reads the attempt before a share leaves: a share given to somebody else's attempt makes their token. */
async function lookFirst(room: Room, node: VaultNode): Promise<StateIn<'collecting'>> {
  const { attempt } = room.log.in('collecting');
  const seen = await readAttempt(node, familyOf(room), room.vaultToken());
  const { events, sentence, stop } = reconcile(attempt, seen);
  await room.log.appendAll(events);
  if (stop) throw new Trouble(stop);
  const { state } = room.log;
  if (state.phase === 'collecting' && state.attempt.round === attempt.round) return state;
  throw new Trouble({
    code: state.phase === 'superseded' ? 'ceremony.superseded' : 'ceremony.gone',
    known: sentence,
    safe: 'The share was not sent.',
    next: 'Close this page. The guide shows the ways on.',
  });
}

/** Records what became of a share that Vault did not take, and throws it. Returns where Vault already had it. */
async function notCounted(room: Room, node: VaultNode, thrown: unknown): Promise<undefined> {
  const { happened, problem } = sortFailure(thrown);
  if (happened === 'unknown') {
    await room.log.append({ type: 'share.unknown', problem });
    throw new Trouble(outcomeUnknown('The share', problem));
  }
  const { attempt } = room.log.in('collecting');
  switch (problem.code) {
    case 'vault.shares-do-not-combine': {
      const failed = sharesDidNotCombine(problem.facts?.['serverText']);
      await room.log.append({ type: 'round.failed', problem: failed });
      throw new Trouble(failed);
    }
    case 'vault.duplicate-share':
      // Not one of ours (those are caught before): it is the one somebody gave elsewhere.
      if (attempt.given.some((given) => given.where === 'elsewhere' && !given.means)) {
        const { progress } = attempt;
        await room.log.append({ type: 'share.accepted', progress, shownBy: 'duplicate' });
        return undefined;
      }
      break;
    case 'vault.no-attempt':
    case 'vault.wrong-nonce': {
      await room.log.append({ type: 'share.refused', problem });
      const seen = await readAttempt(node, familyOf(room), room.vaultToken());
      const { events } = reconcile(room.log.in('collecting').attempt, seen);
      await room.log.appendAll(events);
      throw new Trouble(problem);
    }
    default:
  }
  await room.log.append({ type: 'share.refused', problem });
  throw new Trouble(problem);
}

export const badFormat = (message: string): Problem => ({
  code: 'input.share-format',
  known: message,
  safe: 'The share was not sent.',
  next: 'Compare it with the envelope and give it again.',
});

export const duplicate = (holder: string | undefined): Problem => ({
  code: 'input.share-duplicate',
  known: `This share was already given in this round${holder ? `, under the name ${holder}` : ''}.`,
  safe: 'It was not sent again. The progress is unchanged, and the share given first still counts.',
  next: 'Give another share: each holder has one of their own.',
});

export const gaveBefore = (holder: string): Problem => ({
  code: 'rule.not-now',
  known: `${holder} gave a share in this round already, and each holder gives one.`,
  safe: 'This share was not sent. The progress is unchanged.',
  next: 'Another holder gives the next one; or record a deviation from this rule, with who agreed.',
});

const completeWithoutToken = (token: string): Problem => ({
  code: 'ceremony.outcome-unknown',
  known: 'Vault says that the attempt is complete, but its reply has no encoded token.',
  safe: `A ${token} without expiry probably exists that nobody can read. It is an open item on the record.`,
  next: 'Start a new attempt: the same holders give their shares again.',
});

const notKept = (cause: Problem): Problem => ({
  code: cause.code,
  known: `Vault handed out the encoded token, and the keychain did not take it. ${cause.known}`,
  safe: 'The encoded token is in this app’s memory. Vault has forgotten it: it is lost when the app is closed.',
  next: `Do not close the app. ${cause.next} Then choose "Keep the encoded token".`,
});
