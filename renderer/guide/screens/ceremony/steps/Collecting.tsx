import { sharesDidNotCombine } from '../../../../../shared/ceremony/reconcile.ts';
import type { Attempt, StateIn } from '../../../../../shared/ceremony/state.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { NextShare } from './NextShare.tsx';
import { Cancelling, Pending } from './PendingShare.tsx';

/** Shares, one by one. What is not known comes before what is next. */
export function Collecting({ state }: { state: StateIn<'collecting'> }) {
  const { attempt } = state;
  if (attempt.cancelling) return <Cancelling state={state} />;
  if (attempt.pending) return <Pending state={state} pending={attempt.pending} />;
  if (hasUnnamed(attempt)) return <Elsewhere state={state} />;
  return <NextShare state={state} />;
}

const hasUnnamed = (attempt: Attempt): boolean =>
  attempt.given.some((share) => share.where === 'elsewhere' && share.means === undefined);

/** What the trouble of an attempt stands over. */
export function titleOfTrouble(attempt: Attempt): string {
  return attempt.trouble?.code === sharesDidNotCombine().code
    ? `The shares of round ${attempt.round - 1} did not combine`
    : 'What happened last';
}
