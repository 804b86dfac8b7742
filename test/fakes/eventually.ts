import { vi } from 'vitest';

/**
 * Waits until the check holds. The time is no assertion: it only ends a wait that nothing will end,
 * and a busy machine may need most of it.
 */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 100_000, interval: 20 });
