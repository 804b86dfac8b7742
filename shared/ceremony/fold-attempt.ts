import { preparedOf } from './base.ts';
import type { CeremonyEvent, EventOf } from './events.ts';
import type { Attempt, CeremonyState, GivenShare, StateIn } from './state.ts';
import { lostItem } from './fold-token.ts';
import { tokenWords, type Purpose } from './purpose.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type AttemptEvent = Exclude<
  Extract<
    CeremonyEvent,
    {
      type:
        | `attempt.${string}`
        | `share.${string}`
        | 'otp.shown'
        | 'otp.restored'
        | 'nonce.confirmed'
        | 'round.failed'
        | `token.encoded.${'kept' | 'taken'}`;
    }
  >,
  EventOf<'attempt.joined'>
>;

/** The attempt's own life: started, collecting shares, and the ways it can slip away. */
export function applyToAttempt(state: CeremonyState, event: AttemptEvent, at: string): Step {
  switch (event.type) {
    case 'attempt.start.intended':
      if (state.phase !== 'ready' && state.phase !== 'gone' && state.phase !== 'superseded')
        return notNow(state, event);
      if (state.way?.way === 'batch-token')
        return refuse('The way is the batch token: it needs no attempt.');
      if (state.roster.holders.length === 0)
        return refuse('An attempt needs key holders on the roster.');
      if ((event.mode === 'pgp') !== (event.key !== undefined))
        return refuse('A key belongs to PGP mode, and to nothing else.');
      return to({ ...preparedOf(state), phase: 'starting', node: event.node, key: event.key });

    case 'attempt.started':
      if (state.phase !== 'starting') return notNow(state, event);
      return to({
        ...preparedOf(state),
        phase: 'collecting',
        attempt: {
          node: state.node,
          startedAt: at,
          nonce: event.nonce,
          required: event.required,
          key: state.key,
          round: 1,
          progress: 0,
          given: [],
          sealedUsed: [],
          pending: undefined,
          trouble: undefined,
          cancelling: false,
        },
      });

    case 'attempt.start.failed':
      if (state.phase !== 'starting') return notNow(state, event);
      return to({
        ...preparedOf(state),
        phase: 'ready',
        trouble: event.problem,
        cancelled: false,
      });

    case 'attempt.returned': {
      if (state.phase !== 'gone' && state.phase !== 'superseded') return notNow(state, event);
      if (event.progress > state.attempt.required) return refuse('More shares than the threshold.');
      const attempt = withProgress(state.attempt, event.progress, at);
      return to({ ...preparedOf(state), phase: 'collecting', attempt });
    }

    case 'otp.restored':
      if (state.phase === 'complete') return to({ ...state, trouble: undefined });
      return state.phase === 'collecting' ? to(state) : notNow(state, event);

    case 'token.encoded.taken': {
      if (state.phase !== 'gone' && state.phase !== 'superseded') return notNow(state, event);
      const { attempt, openItems } = state;
      return to({
        ...preparedOf(state),
        phase: 'complete',
        attempt: completedBy(event.from, attempt, at),
        openItems: openItems.filter((item) => !isUnreadable(item, state.purpose)),
        trouble: undefined,
      });
    }

    default:
      return state.phase === 'collecting' ? collect(state, event, at) : notNow(state, event);
  }
}

type CollectEvent = Exclude<
  AttemptEvent,
  EventOf<
    | 'attempt.start.intended'
    | 'attempt.started'
    | 'attempt.start.failed'
    | 'attempt.returned'
    | 'otp.restored'
    | 'token.encoded.taken'
  >
>;

function collect(state: StateIn<'collecting'>, event: CollectEvent, at: string): Step {
  const { attempt } = state;
  const next = (change: Partial<Attempt>): Step =>
    to({ ...state, attempt: { ...attempt, ...change } });

  switch (event.type) {
    case 'otp.shown':
    case 'nonce.confirmed':
      return next({});

    case 'share.intended':
      if (attempt.pending) return refuse('The outcome of the share before is not known yet.');
      if (event.progressBefore !== attempt.progress)
        return refuse('The progress is not the one this share was given at.');
      if (attempt.progress >= attempt.required) return refuse('The threshold is reached.');
      if (attempt.given.some((share) => share.fingerprint === event.fingerprint))
        return refuse('The same share twice in one round.');
      if (event.sealed !== undefined && attempt.sealedUsed.includes(event.sealed))
        return refuse('The same sealed share twice.');
      return next({
        trouble: undefined,
        sealedUsed: event.sealed ? [...attempt.sealedUsed, event.sealed] : attempt.sealedUsed,
        pending: {
          at,
          holder: event.holder,
          fingerprint: event.fingerprint,
          progressBefore: event.progressBefore,
          unknown: undefined,
        },
      });

    case 'share.accepted': {
      const { pending } = attempt;
      if (!pending) return notNow(state, event);
      const known = event.shownBy === 'duplicate' ? attempt.progress : pending.progressBefore + 1;
      if (event.progress !== known || known > attempt.required)
        return refuse('The progress is not one more than before this share.');
      return next({ progress: event.progress, pending: undefined, given: here(attempt, event) });
    }

    case 'share.refused':
      if (!attempt.pending) return notNow(state, event);
      return next({ pending: undefined, trouble: event.problem });

    case 'share.not-counted':
      if (!attempt.pending) return notNow(state, event);
      return next({ pending: undefined });

    case 'share.unknown':
      if (!attempt.pending) return notNow(state, event);
      return next({ pending: { ...attempt.pending, unknown: event.problem } });

    case 'share.elsewhere':
      if (event.from !== attempt.progress || event.to <= event.from || event.to > attempt.required)
        return refuse('The progress of a share given elsewhere does not follow.');
      return next(withProgress(attempt, event.to, at));

    case 'share.elsewhere.named': {
      const index = attempt.given.findIndex(
        (share) => share.where === 'elsewhere' && share.means === undefined,
      );
      if (index < 0) return notNow(state, event);
      const given = attempt.given.map((share, i) =>
        i === index ? { ...share, holder: event.holder, means: event.means } : share,
      );
      return to({
        ...state,
        attempt: { ...attempt, given },
        deviations: event.holder
          ? state.deviations
          : [
              ...state.deviations,
              {
                at,
                what: 'A share was given elsewhere, and nobody present can say by whom.',
                why: event.means,
                agreedBy: event.by,
              },
            ],
      });
    }

    case 'round.failed':
      return next({
        round: attempt.round + 1,
        progress: 0,
        given: [],
        pending: undefined,
        trouble: event.problem,
      });

    case 'attempt.superseded':
      return to({ ...state, phase: 'superseded', otherNonce: event.otherNonce });

    case 'attempt.gone':
      return to({
        ...state,
        phase: 'gone',
        tokenMayExist: event.tokenMayExist,
        openItems: event.tokenMayExist
          ? [...state.openItems, unreadableItem(state.purpose)]
          : state.openItems,
      });

    case 'attempt.key-differs':
      return next({ trouble: event.problem });

    case 'attempt.cancel.intended':
      return next({ cancelling: true });

    case 'attempt.cancel.failed':
      if (!attempt.cancelling) return notNow(state, event);
      return next({ cancelling: false, trouble: event.problem });

    case 'attempt.cancelled':
      if (!attempt.cancelling) return notNow(state, event);
      return to({
        ...preparedOf(state),
        phase: 'ready',
        trouble: undefined,
        cancelled: true,
      });

    case 'token.encoded.kept': {
      if (!attempt.pending) return notNow(state, event);
      if (event.progress !== event.required || event.required !== attempt.required)
        return refuse('The encoded token comes with the last share only.');
      // Somebody's share may have slipped in between our look and our last share: it counts too.
      const before = withProgress(attempt, event.required - 1, at);
      const last = here({ ...before, pending: attempt.pending }, { progress: event.progress });
      return to({
        ...state,
        phase: 'complete',
        attempt: { ...attempt, progress: event.progress, pending: undefined, given: last },
        trouble: undefined,
      });
    }
  }
}

/** All shares are in, the last one by this holder, elsewhere. Whether ours was counted is not known. */
function completedBy(holder: string, attempt: Attempt, at: string): Attempt {
  const full = withProgress(attempt, attempt.required, at);
  const means =
    'It was the last share; the laptop it was given from handed the encoded token over.';
  const given = full.given.map((share, place) =>
    place === full.given.length - 1 && share.where === 'elsewhere' && share.means === undefined
      ? { ...share, holder, means }
      : share,
  );
  return { ...full, given, pending: undefined, trouble: undefined };
}

/** What stays open where a token may exist that nobody can read. */
const unreadableItem = (purpose: Purpose): string =>
  `A ${tokenWords(purpose)} without expiry probably exists; nobody can read it. A named administrator watches the audit log of the cluster for it.`;

/** That one, or the one of an encoded token that was lost here: both are over once it came after all. */
const isUnreadable = (item: string, purpose: Purpose): boolean =>
  item === unreadableItem(purpose) || item.startsWith(lostItem(purpose));

/** The shares given so far with the pending one added; the count may never run past the progress. */
function here(attempt: Attempt, { progress }: { progress: number }): readonly GivenShare[] {
  const { pending } = attempt;
  if (!pending) return attempt.given;
  const share: GivenShare = {
    at: pending.at,
    where: 'here',
    holder: pending.holder,
    fingerprint: pending.fingerprint,
    means: undefined,
  };
  if (attempt.given.length < progress) return [...attempt.given, share];
  // Sent again and Vault had it: it is one of those counted as given elsewhere.
  const index = attempt.given.findIndex((known) => known.where === 'elsewhere' && !known.means);
  return attempt.given.map((known, i) => (i === index ? share : known));
}

/** Progress as the server tells it: what is ahead of us was given elsewhere, what is behind is a new round. */
function withProgress(attempt: Attempt, progress: number, at: string): Attempt {
  const unnamed: GivenShare = {
    at,
    where: 'elsewhere',
    holder: undefined,
    fingerprint: undefined,
    means: undefined,
  };
  if (progress >= attempt.given.length) {
    const more = Array.from({ length: progress - attempt.given.length }, () => unnamed);
    return { ...attempt, progress, given: [...attempt.given, ...more], trouble: undefined };
  }
  const given = Array.from({ length: progress }, () => unnamed);
  return { ...attempt, round: attempt.round + 1, progress, given, pending: undefined };
}
