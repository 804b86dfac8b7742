import { expect, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import type { AfterItemId } from '../../shared/ceremony/aftercare.ts';
import { CeremonyBench, confirmation } from './ceremony-bench.ts';

/*
 * A bench brought to the checklist after the promotion. The keychain is in memory here: nothing of
 * these steps is kept in it.
 */
export const wait = { timeout: 25_000, interval: 50 };
export const people = { by: 'Robin', secondPerson: 'Wim' };

export async function openBench(
  options: Parameters<typeof CeremonyBench.open>[0],
): Promise<CeremonyBench> {
  const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  const bench = await CeremonyBench.open(options, keychain);
  if (options?.version === '2.0.1') bench.vaultToken = bench.site.rootToken;
  return bench;
}

export async function promoted(
  conductor: Conductor,
  clusterName: string = confirmation.clusterName,
): Promise<void> {
  await conductor.promotion.promote({ ...confirmation, clusterName });
  await vi.waitUntil(() => conductor.state.phase === 'aftercare', wait);
  expect(await conductor.token.delete()).toBe(true);
}

export const statusOf = ({ state }: Conductor, item: AfterItemId) =>
  state.phase === 'aftercare' ? state.after?.items.find(({ id }) => id === item)?.status : 'n/a';

export const say = (conductor: Conductor, item: AfterItemId): Promise<void> =>
  conductor.after.settle({ item, outcome: 'done', by: 'Nadia', says: 'Seen to by phone.' });

/** How often a call arrived at any node of the site. */
export const sentTo = (bench: CeremonyBench, path: string): number =>
  bench.site.requests.filter((one) => one.path.endsWith(path)).length;
