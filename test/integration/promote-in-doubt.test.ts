import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { CeremonyBench, confirmation, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { OldPrimary } from '../fakes/old-primary.ts';

const statement = {
  primary: 'not-visible',
  how: 'Port 8201 is closed at the firewall.',
  confirmedBy: 'Nadia',
} as const;

describe('a promote whose request was lost, while the old primary came back', () => {
  let bench: CeremonyBench;
  let old: OldPrimary;
  beforeEach(async () => {
    const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
    bench = await CeremonyBench.open({}, keychain);
    old = await OldPrimary.start(bench.site.clusterId);
    bench.primary = { nodes: [old.address], caPem: old.caPem };
  });
  afterEach(async () => {
    await bench.close();
    await old.close();
  });

  test('is not sent again before a new statement gives the reason', async () => {
    old.mode = 'secondary';
    const { conductor } = await bench.collecting();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    await conductor.promotion.stateFencing(statement);
    bench.site.faults.dropNext('promote', 'before');
    await conductor.promotion.promote(confirmation);
    expect(conductor.state).toMatchObject({
      phase: 'watching',
      doubt: { code: expect.anything() },
    });

    old.mode = 'primary';
    expect((await conductor.promotion.readiness()).stops.join(' ')).toContain('answers as active');
    const problem = await problemFrom(conductor.promotion.promote(confirmation));
    expect(problem.code).toBe('rule.not-now');
    expect(typesOf(conductor).filter((type) => type === 'promote.intended')).toHaveLength(1);

    expect((await problemFrom(conductor.promotion.stateFencing(statement))).known).toContain(
      'needs a reason',
    );
    await conductor.promotion.stateFencing({ ...statement, reason: 'Its storage is lost.' });
    expect((await conductor.promotion.readiness()).stops).toEqual([]);
    await conductor.promotion.promote(confirmation);
    expect(typesOf(conductor).filter((type) => type === 'promote.intended')).toHaveLength(2);
  });
});
