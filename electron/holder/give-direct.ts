import { badFormat } from '../ceremony/give-share.ts';
import { sharesDidNotCombine } from '../../shared/ceremony/reconcile.ts';
import { parseShare, shareForVault } from '../../shared/codec/share.ts';
import type { AttemptSeen } from '../../shared/contract/holder.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import type { PartEvent, PartEventOf } from '../../shared/part/events.ts';
import type { PendingShare } from '../../shared/part/state.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { outcomeUnknown, sortFailure } from '../ceremony/outcome.ts';
import { giveShare } from '../vault/attempt.ts';
import type { Connection } from '../vault/connection.ts';
import * as trouble from './holder-trouble.ts';
import { seeAttempt, type Route, type Seen } from './see-attempt.ts';

export interface Giving {
  readonly connection: Connection;
  readonly route: Route;
  /** The one that leads. */
  readonly node: NodeAddress;
  /** Who may or may not have been counted before: Vault's "duplicate" then says that they were. */
  readonly doubtful: readonly string[];
  readonly record: (event: PartEvent) => Promise<void>;
  /** Puts the encoded token in the keychain, then on the record. */
  readonly keep: (token: Secret<'encoded-token'>) => Promise<void>;
  readonly saw: (seen: Seen) => void;
}

export interface GivenDirect {
  readonly progress: number;
  readonly required: number;
  readonly complete: boolean;
  /** The encoded token came back to this laptop, and is kept. */
  readonly kept: boolean;
}

/**
 * Gives one share to Vault from here: read right before, on disk as intended, sent once.
 *
 * @throws Trouble whenever it was not counted or it is not known whether it was; the record has the same.
 */
export async function giveDirect(
  giving: Giving,
  holder: string,
  share: Secret<'share'>,
  openedWith?: PartEventOf<'share.intended'>['openedWith'],
): Promise<GivenDirect> {
  const { connection, route, node, record, saw } = giving;
  const seen = await seeAttempt(connection, node, route);
  saw(seen);
  const { progress, required } = mustTakeShares(seen);

  const parsed = parseShare(share.expose(), { required });
  if (!parsed.ok) throw new Trouble(badFormat(parsed.message));
  const canonical = Secret.of('share', shareForVault(parsed.bytes));
  parsed.bytes.fill(0);

  const { ceremony, nonce } = route.invitation;
  await record({
    type: 'share.intended',
    ceremony,
    holder,
    node,
    progressBefore: progress,
    required,
    ...(openedWith ? { openedWith } : {}),
  });
  const sent = { nonce, share: canonical };
  let reply: Awaited<ReturnType<typeof giveShare>>;
  try {
    reply = await giveShare(connection.node(node), 'dr-operation-token', sent);
  } catch (thrown) {
    return notCounted(giving, holder, { progress, required }, thrown);
  }
  if (reply.encodedToken) {
    await giving.keep(reply.encodedToken);
    return { progress: required, required, complete: true, kept: true };
  }
  if (reply.complete) {
    await record({ type: 'share.unknown', problem: trouble.completeWithoutToken });
    throw new Trouble(trouble.completeWithoutToken);
  }
  const now = { progress: reply.progress, required: reply.required };
  await record({ type: 'share.accepted', ...now, shownBy: 'reply' });
  const last = now.progress >= now.required - 1;
  saw({ state: 'open', at: new Date().toISOString(), node, ...now, last });
  return { ...now, complete: false, kept: false };
}

/** @throws Trouble where no share may be given from here now. */
export function mustTakeShares(seen: AttemptSeen): Extract<AttemptSeen, { state: 'open' }> {
  switch (seen.state) {
    case 'open':
      if (seen.last) throw new Trouble(trouble.lastShare(seen.required));
      return seen;
    case 'none':
      throw trouble.noAttempt;
    case 'other':
      throw trouble.otherAttempt(seen.words);
    case 'token-demanded':
      throw new Trouble(trouble.tokenDemanded);
    case 'failed':
      throw new Trouble(seen.problem);
  }
}

/** What the status says of a share whose reply was lost. Others may give at the same time. */
export function rereadOf(
  { progressBefore }: Pick<PendingShare, 'progressBefore'>,
  seen: Seen,
): PartEventOf<'share.reread'> | undefined {
  const type = 'share.reread';
  switch (seen.state) {
    case 'none':
      return { type, found: 'no-attempt' };
    case 'other':
      return { type, found: 'other-attempt' };
    case 'token-demanded':
      return undefined;
    case 'open': {
      const { progress } = seen;
      if (progress === progressBefore) return { type, found: 'not-counted', progress };
      return { type, found: progress > progressBefore ? 'perhaps-counted' : 'new-round', progress };
    }
  }
}

/** Records what became of a share that Vault did not take, and throws it. Returns where Vault already had it. */
async function notCounted(
  { record, doubtful, saw }: Giving,
  holder: string,
  counts: { readonly progress: number; readonly required: number },
  thrown: unknown,
): Promise<GivenDirect> {
  const { happened, problem } = sortFailure(thrown);
  if (happened === 'unknown') {
    await record({ type: 'share.unknown', problem });
    throw new Trouble(outcomeUnknown('Your share', problem));
  }
  if (problem.code === 'vault.duplicate-share' && doubtful.includes(holder)) {
    await record({ type: 'share.accepted', ...counts, shownBy: 'duplicate' });
    return { ...counts, complete: false, kept: false };
  }
  const told = inHoldersWords(problem);
  await record({ type: 'share.refused', problem: told });
  if (problem.code === 'vault.permission-denied')
    saw({ state: 'token-demanded', at: new Date().toISOString() });
  throw new Trouble(told);
}

function inHoldersWords(problem: Problem): Problem {
  switch (problem.code) {
    case 'vault.permission-denied':
      return trouble.tokenDemanded;
    case 'vault.shares-do-not-combine':
      return sharesDidNotCombine(problem.facts?.['serverText']);
    default:
      return problem;
  }
}
