import type { Nonce } from '../ids.ts';
import { keyTrouble } from '../pgp/compare.ts';
import type { Problem } from '../problem.ts';
import type { CeremonyEvent } from './events.ts';
import type { Attempt } from './state.ts';

/** What Vault says of the attempt when it is asked again. */
export interface SeenAttempt {
  readonly started: boolean;
  readonly nonce: Nonce | undefined;
  readonly progress: number;
  readonly required: number;
  /** The key the token will be encrypted to, in hex; empty where there is an OTP. */
  readonly pgpFingerprint?: string;
}

/** What the server's answer means for our attempt: events to record, and a sentence for the person. */
export interface Reconciled {
  readonly events: readonly CeremonyEvent[];
  readonly sentence: string;
  /** Why no share may be given now. */
  readonly stop?: Problem;
}

/**
 * Compares our attempt with what the server says, after a restart, a lost reply, or while waiting.
 * Never guesses: where two readings are possible the sentence names both.
 *
 * Source of the cases: Vault keeps an attempt in the memory of the active node's process; a failed
 * threshold keeps nonce and OTP and puts the progress back to 0; after completion the status says
 * `started: false` (vault/generate_root.go, 1.14.9).
 */
export function reconcile(attempt: Attempt, seen: SeenAttempt): Reconciled {
  if (!seen.started) return gone(attempt);
  if (seen.nonce !== attempt.nonce) return superseded(attempt, seen);
  const stop = keyTrouble(attempt.key, seen.pgpFingerprint);
  if (stop) return otherKey(attempt, stop);

  const { pending, progress } = attempt;
  if (seen.progress < progress) return newRound(attempt, seen);
  if (!pending) return ahead(progress, seen, []);

  if (seen.progress === pending.progressBefore) {
    // At the threshold the server forgets all shares when they do not combine. Zero before and after
    // the very first share of a threshold of one looks the same as "not counted".
    return {
      events: [{ type: 'share.not-counted' }],
      sentence: `The share of ${pending.holder} was not counted: the progress is still ${seen.progress} of ${seen.required}. It can be given again.`,
    };
  }
  const ours = pending.progressBefore + 1;
  const accepted: CeremonyEvent = { type: 'share.accepted', progress: ours, shownBy: 'status' };
  if (seen.progress === ours)
    return {
      events: [accepted],
      sentence: `The share of ${pending.holder} was counted; only the reply was lost. The progress is ${seen.progress} of ${seen.required}.`,
    };
  return ahead(ours, seen, [accepted]);
}

/** On the record once, however often it is read. */
function otherKey(attempt: Attempt, stop: Problem): Reconciled {
  const known = attempt.trouble?.code === stop.code;
  const events: CeremonyEvent[] = known ? [] : [{ type: 'attempt.key-differs', problem: stop }];
  return { events, sentence: `${stop.known} ${stop.next}`, stop };
}

function ahead(from: number, seen: SeenAttempt, before: readonly CeremonyEvent[]): Reconciled {
  if (seen.progress === from)
    return {
      events: before,
      sentence: `The same attempt is still open: the nonce is the same, and the progress is ${seen.progress} of ${seen.required}.`,
    };
  const more = seen.progress - from;
  return {
    events: [...before, { type: 'share.elsewhere', from, to: seen.progress }],
    sentence: `${more === 1 ? 'One share was' : `${more} shares were`} given elsewhere: the nonce is the same, and the progress is now ${seen.progress} of ${seen.required}. Name who gave it and how.`,
  };
}

function newRound(attempt: Attempt, seen: SeenAttempt): Reconciled {
  const failed: CeremonyEvent = { type: 'round.failed', problem: sharesDidNotCombine() };
  const events: CeremonyEvent[] = [failed];
  if (seen.progress > 0) events.push({ type: 'share.elsewhere', from: 0, to: seen.progress });
  return {
    events,
    sentence: `The progress went back to ${seen.progress} of ${seen.required} with the same nonce: the shares of round ${attempt.round} did not combine. Every share is given again; nonce and OTP stay valid.`,
  };
}

function gone(attempt: Attempt): Reconciled {
  const last = attempt.required - 1;
  const tokenMayExist = attempt.progress >= last || (attempt.pending?.progressBefore ?? 0) >= last;
  return {
    events: [{ type: 'attempt.gone', tokenMayExist }],
    sentence: tokenMayExist
      ? 'The server knows no attempt, and one more share would have completed ours. Either it was completed and the reply with the encoded token was lost, or the node restarted or changed its leader. In the first case a token exists that nobody can read.'
      : 'The server knows no attempt. The node may have restarted, or another node may be the leader now: then the attempt may come back with the old leader. It was not completed with the shares known here, and it may have been cancelled by somebody else.',
  };
}

function superseded(attempt: Attempt, seen: SeenAttempt): Reconciled {
  if (!seen.nonce)
    return {
      events: [],
      sentence:
        'The server says that an attempt is open but shows no nonce, so it cannot be told whether it is ours. No share is given until it can.',
    };
  return {
    events: [{ type: 'attempt.superseded', otherNonce: seen.nonce }],
    sentence: `Another attempt is open on the server: its nonce is ${seen.nonce}, ours is ${attempt.nonce}. Shares given now would make a token for whoever started it. No share is given here.`,
  };
}

/** The one thing Vault says when a threshold of shares fails: not which share was wrong. */
export function sharesDidNotCombine(serverText?: string): Problem {
  return {
    code: 'vault.shares-do-not-combine',
    known:
      'The threshold was reached and the shares did not combine. At least one of them is mistyped, belongs to another cluster, or was given twice. Vault cannot say which one.',
    safe: 'The attempt is still open: the nonce and the OTP stay valid. Vault has forgotten every share of this round, and no token was made.',
    next: 'Every holder gives a share again, each compared with its envelope: the cluster, the date, the whole text.',
    ...(serverText ? { facts: { 'Vault said': serverText } } : {}),
  };
}
