import type { PrimarySeen } from '../../shared/ceremony/findings.ts';
import type { VaultNode } from '../vault/connection.ts';
import { readHealth } from '../vault/sys-status.ts';

/**
 * How the old primary looks from here. What does not answer is "not visible": a network between us
 * and a healthy primary looks the same as a dead one.
 */
export async function lookAtPrimary(node: VaultNode): Promise<PrimarySeen> {
  try {
    const health = await readHealth(node);
    const active =
      health.initialized && !health.sealed && !health.standby && health.drMode === 'primary';
    return active ? 'answers-as-active' : 'answers-otherwise';
  } catch {
    return 'not-visible';
  }
}

/** The most alarming of several looks: one active node is enough. */
export function worst(seen: readonly PrimarySeen[]): PrimarySeen {
  const order = ['answers-as-active', 'answers-otherwise', 'not-visible'] as const;
  return order.find((one) => seen.includes(one)) ?? 'none-known';
}
