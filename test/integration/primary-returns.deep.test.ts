import { expect, test } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { CeremonyBench, confirmation } from '../fakes/ceremony-bench.ts';
import { eventually } from '../fakes/eventually.ts';

test('the alarm of two primaries ends only by that primary’s own word, never by its silence', async () => {
  const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  const bench = await CeremonyBench.open({}, keychain);
  try {
    const { conductor } = await bench.fenced();
    await conductor.promotion.promote(confirmation);
    await eventually(() => expect(conductor.state.phase).toBe('aftercare'));
    expect(conductor.state.alarm).toBeUndefined();

    await bench.site.faults.primaryUp();
    await eventually(() => expect(conductor.state.alarm).toBe(bench.site.primary));

    await bench.site.faults.primaryDown();
    await eventually(() => expect(conductor.state.primary?.seen).toBe('not-visible'));
    expect(conductor.state.alarm).toBe(bench.site.primary);

    await bench.site.faults.primaryUp();
    bench.site.faults.seal(bench.site.primary);
    await eventually(() => expect(conductor.state.alarm).toBeUndefined());
    expect(conductor.state.openItems.join(' ')).toContain('after the promotion');
  } finally {
    await bench.close();
  }
});
