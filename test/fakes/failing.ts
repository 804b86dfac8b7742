import { VaultFailure } from '../../electron/vault/failure.ts';
import { Trouble } from '../../shared/problem.ts';

/** The VaultFailure a call ends in; anything else, success included, fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<VaultFailure> {
  const thrown = await thrownBy(call);
  if (thrown instanceof VaultFailure) return thrown;
  throw new Error(`expected a VaultFailure, got ${String(thrown)}`, { cause: thrown });
}

/** The Trouble a call ends in. */
export async function troubleOf(call: Promise<unknown>): Promise<Trouble> {
  const thrown = await thrownBy(call);
  if (thrown instanceof Trouble) return thrown;
  throw new Error(`expected a Trouble, got ${String(thrown)}`, { cause: thrown });
}

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('expected a failure, but the call succeeded');
}
