import { afterEach, describe, expect, test, vi } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import {
  everySwitchSetting,
  switchAnswers,
  type PracticeSwitches,
} from '../../electron/practice/site.ts';
import { CeremonyBench, confirmation } from '../fakes/ceremony-bench.ts';

/*
 * No Enterprise server has confirmed some of what the app relies on. Under every plausible answer
 * the main job must end: promoted, and the token deleted or handed to somebody with the reason.
 */
const since2: ReadonlySet<string> = new Set<keyof PracticeSwitches>([
  'authenticatedShape',
  'drPathsOnPrimary',
  'doorDecidedBy',
  'attemptWriteNeeds',
  'rootTokenAsDrToken',
  'deleteNeedsVaultToken',
]);

/** Each switch at its first answer is the same site: once is enough. */
const settings = everySwitchSetting().filter(
  ({ name, answer }, at) => at === 0 || answer !== String(switchAnswers[name][0]),
);

describe('a ceremony under every answer an Enterprise server may give', () => {
  let bench: CeremonyBench;
  afterEach(() => bench.close());

  for (const { name, answer, switches } of settings)
    test(`${name}: ${answer}`, async () => {
      const version = since2.has(name) ? '2.0.1' : '1.21.4';
      const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
      bench = await CeremonyBench.open({ switches, version }, keychain);
      if (version === '2.0.1') bench.vaultToken = bench.site.rootToken;
      const { conductor } = await bench.fenced();
      await conductor.promotion.promote(confirmation);
      await vi.waitUntil(() => conductor.state.phase === 'aftercare', { timeout: 25_000 });
      const deleted = await conductor.token.delete();
      if (!deleted) await conductor.token.leave('Vault did not show that it was deleted.', 'Nadia');
      await conductor.ending.end();
      expect(conductor.state).toMatchObject({ phase: 'ended', outcome: 'closed', promoted: true });
      // Beside the checklist, which nobody has seen to here.
      const ofToken = conductor.state.openItems.filter((item) => item.includes('operation token'));
      expect(ofToken).toHaveLength(deleted ? 0 : 1);
      // It is called deleted only where the server really no longer accepts it.
      const refusal = switches.badDrTokenStatus;
      if (deleted)
        expect(bench.site.requests.some(({ status }) => status === 403 || status === refusal)).toBe(
          true,
        );
    });
});
