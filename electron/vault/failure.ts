import { Trouble, type Problem, type ProblemCode } from '../../shared/problem.ts';
import type { NodeAddress } from '../../shared/ids.ts';

/**
 * What became of a request that failed.
 * - `not-sent`: no byte of it was written; trying again is safe.
 * - `unknown`: it was written, and no answer that can be believed came back. Re-read the status.
 * - `answered`: Vault itself answered with an error.
 */
export type Delivery = 'not-sent' | 'unknown' | 'answered';

/** A call to Vault that did not succeed. Carries no request, no header and no cause: only sanitised text. */
export class VaultFailure extends Trouble {
  override readonly name = 'VaultFailure';
  readonly delivery: Delivery;
  /** HTTP status, where one came. */
  readonly status: number | undefined;
  /** Every text in Vault's `errors`, without control characters and without the request's secrets. */
  readonly errors: readonly string[];

  constructor(
    problem: Problem,
    outcome: { delivery: Delivery; status?: number; errors?: readonly string[] },
  ) {
    super(problem);
    this.delivery = outcome.delivery;
    this.status = outcome.status;
    this.errors = outcome.errors ?? [];
  }
}

/** Who was asked, and whether asking could change anything there. */
export interface Asked {
  readonly address: NodeAddress;
  readonly changes: boolean;
}

export interface Wording {
  readonly code: ProblemCode;
  readonly known: string;
  readonly next: string;
  /** Says more than the delivery alone does. */
  readonly safe?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** A `VaultFailure` whose "safe" sentence follows from what became of the request. */
export function failure(
  asked: Asked,
  wording: Wording,
  outcome: { delivery: Delivery; status?: number; errors?: readonly string[] },
): VaultFailure {
  const status: Record<string, string> =
    outcome.status === undefined ? {} : { status: String(outcome.status) };
  return new VaultFailure(
    {
      code: wording.code,
      known: wording.known,
      safe: wording.safe ?? safeSentence(asked, outcome.delivery),
      next: wording.next,
      facts: { address: asked.address, ...status, ...wording.facts },
    },
    outcome,
  );
}

function safeSentence(asked: Asked, delivery: Delivery): string {
  if (delivery === 'not-sent') {
    return 'Nothing was sent: no share and no token left this machine.';
  }
  if (!asked.changes) return 'This call only reads. Nothing changed on the server.';
  return delivery === 'answered'
    ? 'The server refused the call. Keyturn does not send it again by itself.'
    : 'The server may or may not have acted on it. Keyturn does not send it again by itself.';
}
