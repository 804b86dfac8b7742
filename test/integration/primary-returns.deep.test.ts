import { expect, test, vi } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { CeremonyBench, confirmation } from '../fakes/ceremony-bench.ts';

test('the alarm of two primaries ends only by that primary’s own word, never by its silence', async () => {
  const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  const bench = await CeremonyBench.open({}, keychain);
  try {
    const { conductor } = await bench.fenced();
    await conductor.promote(confirmation);
    const wait = { timeout: 25_000, interval: 100 };
    await vi.waitFor(() => expect(conductor.state.phase).toBe('aftercare'), wait);
    expect(conductor.state.alarm).toBeUndefined();

    await bench.site.faults.primaryUp();
    await vi.waitFor(() => expect(conductor.state.alarm).toBe(bench.site.primary), wait);

    await bench.site.faults.primaryDown();
    await vi.waitFor(() => expect(conductor.state.primary?.seen).toBe('not-visible'), wait);
    expect(conductor.state.alarm).toBe(bench.site.primary);

    await bench.site.faults.primaryUp();
    bench.site.faults.seal(bench.site.primary);
    await vi.waitFor(() => expect(conductor.state.alarm).toBeUndefined(), wait);
    expect(conductor.state.openItems.join(' ')).toContain('after the promotion');
  } finally {
    await bench.close();
  }
}, 90_000);
