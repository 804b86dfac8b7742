import { problemOf, type Problem } from '../../shared/problem.ts';
import { VaultFailure } from '../vault/failure.ts';

/**
 * What a failed call that changes the server may have done.
 * - `no`: it certainly did nothing: it never left, or Vault itself said no.
 * - `unknown`: it may have been carried out. It is never sent again by itself.
 */
export interface Failed {
  readonly happened: 'no' | 'unknown';
  readonly problem: Problem;
}

/** Sorts a thrown value into one of the two. What is not from the adapter happened before anything was sent. */
export function sortFailure(thrown: unknown): Failed {
  const problem = problemOf(thrown);
  if (!(thrown instanceof VaultFailure)) return { happened: 'no', problem };
  switch (thrown.delivery) {
    case 'not-sent':
      return { happened: 'no', problem };
    case 'unknown':
      return { happened: 'unknown', problem };
    case 'answered':
      return { happened: isVaultsOwnNo(thrown) ? 'no' : 'unknown', problem };
  }
}

/**
 * A 4xx is Vault's own refusal, and so are the 5xx texts it is known for (sealed, standby, still
 * catching up). Any other 5xx may come from something in between that lost the real answer.
 */
function isVaultsOwnNo(failure: VaultFailure): boolean {
  if (failure.status !== undefined && failure.status >= 300 && failure.status < 500) return true;
  switch (failure.problem.code) {
    case 'vault.sealed':
    case 'vault.standby':
    case 'vault.uninitialised':
    case 'vault.catching-up':
    // OpenBao's authenticated endpoint says these with 500; they are the server's own words all the same.
    case 'vault.attempt-in-progress':
    case 'vault.no-attempt':
    case 'vault.wrong-nonce':
    case 'vault.other-attempt':
    case 'vault.duplicate-share':
    case 'vault.share-rejected':
    case 'vault.shares-do-not-combine':
      return true;
    default:
      return false;
  }
}

/** The problem told when nobody can know what the server did. */
export function outcomeUnknown(what: string, cause: Problem): Problem {
  return {
    code: 'ceremony.outcome-unknown',
    known: `${what} was sent, and no reply came back that can be relied on. ${cause.known}`,
    safe: 'It is not sent again by itself. What was recorded before it is on disk.',
    next: 'Check with Vault: the status tells whether it was counted.',
    ...(cause.facts ? { facts: cause.facts } : {}),
  };
}
