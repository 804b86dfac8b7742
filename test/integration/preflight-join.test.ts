import { afterEach, describe, expect, test } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { nonceSchema } from '../../shared/ids.ts';
import { CeremonyBench, holders, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';

const roster = { operator: 'Robin', witness: 'Wim', holders: [...holders] };

describe('an attempt that somebody else started', () => {
  let bench: CeremonyBench;
  afterEach(() => bench.close());

  async function found() {
    bench = await CeremonyBench.open(
      {},
      new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true }),
    );
    await bench.site.faults.primaryDown();
    const nonce = nonceSchema.parse(await bench.site.faults.startByAnother());
    const { id, conductor } = await bench.opened();
    await conductor.prepare.preflight();
    const claim = {
      nonce,
      owner: 'Olga',
      holds: 'otp',
      voice: 'Robin called Olga on the known number; the words were the same.',
      by: 'Robin',
    } as const;
    return { id, conductor, claim };
  }

  test('stops the ceremony; claimed by voice it is joined, collected, and never said to be readable here', async () => {
    const { id, conductor, claim } = await found();
    expect(conductor.state.phase).toBe('preflight');
    await conductor.attempt.claimFound(claim);
    expect(conductor.state.phase).toBe('roster');
    await conductor.prepare.setRoster(roster);
    expect(await problemFrom(conductor.attempt.start())).toMatchObject({ code: 'rule.not-now' });

    await bench.site.faults.giveElsewhere(4);
    await conductor.attempt.join();
    const { state } = conductor;
    if (state.phase !== 'collecting') throw new Error(state.phase);
    expect(state.attempt).toMatchObject({ nonce: claim.nonce, progress: 1, joined: claim });
    await conductor.attempt.nameElsewhere('Emil', 'the vault command');
    expect(await problemFrom(conductor.token.showOtp('Robin', 'Wim'))).toMatchObject({
      code: 'rule.not-now',
    });
    expect(await conductor.recheck()).toContain('The OTP of this attempt is with Olga');

    for (const n of [0, 1]) await bench.give(conductor, n);
    expect(conductor.state.phase).toBe('complete');
    const problem = await problemFrom(conductor.token.decode());
    expect(problem.known).toContain('Olga started this attempt and has its OTP');
    expect(problem.next).not.toContain('written down');

    // Olga takes the encoded token over, after a second person agreed.
    expect(await problemFrom(conductor.token.showEncoded('Olga', 'olga'))).toMatchObject({
      code: 'rule.not-now',
    });
    const encoded = await conductor.token.showEncoded('Olga', 'Robin');
    expect(encoded.expose()).toHaveLength(38);
    expect(JSON.stringify(conductor.records)).not.toContain(encoded.expose());

    // The same after a crash: it is still hers.
    await bench.restart();
    const again = await bench.ceremonies.take(id);
    expect(again.state).toMatchObject({ phase: 'complete', attempt: { joined: claim } });
  });

  test('is not joined once another has taken its place', async () => {
    const { conductor, claim } = await found();
    await conductor.attempt.claimFound(claim);
    await conductor.prepare.setRoster(roster);
    await bench.site.faults.startByAnother();
    expect(await problemFrom(conductor.attempt.join())).toMatchObject({
      code: 'ceremony.superseded',
    });
    expect(conductor.state.phase).toBe('ready');
    await conductor.prepare.preflight();
    expect(conductor.state.phase).toBe('preflight');
    expect(typesOf(conductor)).not.toContain('attempt.joined');
  });

  test('is claimed by its owner’s voice, not by whoever sits here, and only while it is there', async () => {
    const { conductor, claim } = await found();
    expect(
      await problemFrom(conductor.attempt.claimFound({ ...claim, owner: 'robin' })),
    ).toMatchObject({
      code: 'rule.not-now',
    });
    bench.site.faults.cancelByAnother();
    expect(await problemFrom(conductor.attempt.claimFound(claim))).toMatchObject({
      code: 'vault.no-attempt',
    });
    expect(conductor.state.claim).toBeUndefined();
  });

  test('is cancelled only by the nonce that was seen', async () => {
    const { conductor, claim } = await found();
    await bench.site.faults.startByAnother();
    const seen = { nonce: claim.nonce, by: 'Robin', why: 'Nobody uses it.' };
    expect(await problemFrom(conductor.attempt.cancelFound(seen))).toMatchObject({
      code: 'ceremony.superseded',
    });
    expect(bench.site.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });
});
