import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { openBench, statusOf, wait } from '../fakes/after-bench.ts';
import { confirmation, problemFrom, type CeremonyBench } from '../fakes/ceremony-bench.ts';

/*
 * A certificate that expires in the middle of a ceremony: whichever call meets it says so, two people
 * trust exactly that one, and the ceremony goes on where it stood.
 */
describe('a certificate that expires in the middle of a ceremony', () => {
  let bench: CeremonyBench;
  beforeEach(async () => {
    bench = await openBench({});
  });
  afterEach(() => bench.close());

  const people = {
    comparedBy: ['Robin', 'Wim'] as [string, string],
    how: 'Nadia read all of it to both on the phone.',
  };
  const expires = () => bench.site.faults.certificate('expired');
  const trustAll = async (conductor: Conductor) => {
    for (const { node, leaf } of conductor.expired)
      await conductor.prepare.trustCertificate({ node, leaf, ...people });
    expect(conductor.expired).toEqual([]);
  };

  test('while shares are given: nothing is sent, and the same attempt goes on', async () => {
    const { conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    const nonce = attemptOf(conductor).nonce;
    await expires();
    const before = bench.site.requests.length;
    expect((await problemFrom(bench.give(conductor, 1))).code).toBe('vault.certificate');
    expect(bench.site.requests).toHaveLength(before);

    const [leaf] = conductor.expired;
    expect(leaf?.node).toBe(attemptOf(conductor).node);
    await trustAll(conductor);
    expect(conductor.state.phase).toBe('collecting');
    expect(conductor.state.deviations.map(({ agreedBy }) => agreedBy)).toEqual(['Robin and Wim']);
    await bench.give(conductor, 1);
    expect(attemptOf(conductor)).toMatchObject({ nonce, progress: 2 });
  });

  test('exactly the one that was compared, by two people, and none that is accepted as it is', async () => {
    const { conductor } = await bench.collecting();
    await expires();
    await problemFrom(bench.give(conductor, 0));
    const [leaf] = conductor.expired;
    if (!leaf) throw new Error('nothing was seen');
    const { node } = leaf;
    const trusted = { node, leaf: leaf.leaf, ...people };

    const same = { ...trusted, comparedBy: ['Robin', ' robin'] as [string, string] };
    expect((await problemFrom(conductor.prepare.trustCertificate(same))).code).toBe('rule.not-now');
    await expires();
    const another = await problemFrom(conductor.prepare.trustCertificate(trusted));
    expect(another).toMatchObject({ code: 'vault.certificate' });
    // What it shows now is what may be compared next.
    expect(conductor.expired[0]?.leaf).not.toBe(leaf.leaf);
    await bench.site.faults.certificate('good');
    expect((await problemFrom(conductor.prepare.trustCertificate(trusted))).code).toBe(
      'rule.not-now',
    );
    expect(conductor.expired).toEqual([]);
    expect(conductor.state.trusted).toEqual([]);
  });

  test('while the promotion is watched, and in aftercare: for every call until the end', async () => {
    const { id, conductor } = await bench.fenced();
    await conductor.promotion.promote(confirmation);
    await expires();
    await vi.waitUntil(() => conductor.expired.length > 0, wait);
    // A node that is away for its promotion shows nothing: it is asked again.
    await vi.waitUntil(async () => {
      await trustAll(conductor).catch(() => undefined);
      return conductor.state.phase === 'aftercare';
    }, wait);
    const { deviations } = conductor.state;
    expect(deviations.length).toBeGreaterThan(0);
    expect(deviations.every(({ what }) => what.includes('is trusted for this ceremony'))).toBe(
      true,
    );

    await expires();
    expect(await conductor.token.delete()).toBe(false);
    await vi.waitUntil(() => conductor.expired.length > 0, wait);
    await trustAll(conductor);
    expect(await conductor.token.delete()).toBe(true);

    // The address that clients use shows the same certificate, and is asked on a connection of its own.
    const ask = () => conductor.after.act({ kind: 'client-request' }, bench.site.rootToken);
    await vi.waitUntil(async () => {
      const failed = await ask().then(
        () => false,
        () => true,
      );
      if (failed) await trustAll(conductor);
      return !failed;
    }, wait);
    expect(statusOf(conductor, 'client-request')).toBe('done');
    await conductor.ending.end();

    const events = (await bench.ceremonies.entries(id)).map(({ event }) => event);
    const trustedAt = events.flatMap((event) =>
      event.type === 'certificate.trusted' ? [event.trusted.node] : [],
    );
    expect(trustedAt).toContain(bench.site.loadBalancer);
  }, 60_000);
});

function attemptOf({ state }: Conductor) {
  if (state.phase !== 'collecting') throw new Error(state.phase);
  return state.attempt;
}
