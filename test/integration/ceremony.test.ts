import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import type { Nonce } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { CeremonyBench, confirmation, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

/** The nonce of the attempt that preflight found on the server. */
function foundBy({ state }: Conductor): Nonce {
  if (state.phase === 'preflight' && state.preflight?.found) return state.preflight.found;
  throw new Error('no attempt found');
}

describe.skipIf(skipWithoutKeyring('ceremonies with the real keychain'))('a ceremony', () => {
  let keyring: PrivateKeyring;
  let bench: CeremonyBench;
  const opened: CeremonyBench[] = [];
  const open = async (...options: Parameters<typeof CeremonyBench.open>) => {
    bench = await CeremonyBench.open(...options);
    opened.push(bench);
    return bench;
  };
  beforeAll(async () => {
    keyring = await useKeyring();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  afterAll(() => keyring.stop());

  test('goes from a dead primary to a promoted secondary', async () => {
    await open();
    const { id, conductor } = await bench.fenced();
    await conductor.promotion.promote(confirmation);
    await vi.waitUntil(() => conductor.state.phase === 'aftercare', { timeout: 20_000 });
    expect(await conductor.token.delete()).toBe(true);
    await conductor.ending.end();

    expect(conductor.state).toMatchObject({ phase: 'ended', outcome: 'closed', promoted: true });
    const types = typesOf(conductor);
    for (const [before, after] of [
      ['attempt.start.intended', 'attempt.started'],
      ['share.intended', 'share.accepted'],
      ['token.encoded.kept', 'token.decoded'],
      ['fencing.stated', 'promote.intended'],
      ['promote.intended', 'promote.accepted'],
      ['promote.accepted', 'promoted'],
      ['token.delete.intended', 'token.deleted'],
    ] as const)
      expect(types.indexOf(before), `${before} before ${after}`).toBeLessThan(types.indexOf(after));
    expect(await bench.ceremonies.list()).toMatchObject([
      // The checklist after the promotion, which nobody has seen to here.
      { id, outcome: 'closed', promoted: true, openItems: conductor.state.openItems.length },
    ]);
  });

  test('names nobody when the shares do not combine, and goes round again with the same nonce', async () => {
    await open();
    const { conductor } = await bench.collecting();
    const before = conductor.state;
    await bench.give(conductor, 0);
    await bench.give(conductor, 1);
    const problem = await problemFrom(
      conductor.attempt.giveShare('Chidi', bench.site.foreignShare()),
    );
    expect(problem.code).toBe('vault.shares-do-not-combine');
    expect(problem.known).toContain('Vault cannot say which one');
    expect(conductor.state).toMatchObject({
      phase: 'collecting',
      attempt: { round: 2, progress: 0, given: [] },
    });
    if (before.phase !== 'collecting') throw new Error('not collecting');
    expect(conductor.state).toMatchObject({ attempt: { nonce: before.attempt.nonce } });
    // The same shares again: allowed in the next round.
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    expect(conductor.state.phase).toBe('complete');
  });

  test('catches the same share twice without sending it, in base64 and in hex', async () => {
    await open();
    const { conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    const sent = bench.site.requests.length;
    const inHex = Buffer.from(bench.share(0).expose(), 'base64').toString('hex');
    for (const text of [bench.share(0).expose(), inHex, ` ${inHex.toUpperCase()}\n`]) {
      const problem = await problemFrom(
        conductor.attempt.giveShare('Ben', Secret.of('share', text)),
      );
      expect(problem).toMatchObject({ code: 'input.share-duplicate' });
      expect(problem.known).toContain('Ana');
    }
    expect(bench.site.requests).toHaveLength(sent);
  });

  test('refuses text that is no share before anything is sent', async () => {
    await open();
    const { conductor } = await bench.collecting();
    const sent = bench.site.requests.length;
    for (const text of ['abc', 'not a share at all!', 'A'.repeat(90), '00'.repeat(33), ' ']) {
      const problem = await problemFrom(
        conductor.attempt.giveShare('Ana', Secret.of('share', text)),
      );
      expect(problem.code).toBe('input.share-format');
      expect(JSON.stringify(problem)).not.toContain(text.trim() || 'never');
    }
    expect(bench.site.requests).toHaveLength(sent);
  });

  test('does not give a share to an attempt that somebody else started', async () => {
    await open();
    const { conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    await bench.site.faults.startByAnother();
    const problem = await problemFrom(bench.give(conductor, 1));
    expect(problem.code).toBe('ceremony.superseded');
    expect(conductor.state.phase).toBe('superseded');
    const updates = bench.site.requests.filter(({ path }) => path.endsWith('/update'));
    expect(updates).toHaveLength(1);
  });

  test('cancels only its own attempt, and only by the cluster’s name', async () => {
    await open();
    const { conductor } = await bench.collecting();
    expect((await problemFrom(conductor.attempt.cancel('bench'))).code).toBe('input.invalid');
    await bench.site.faults.startByAnother();
    expect((await problemFrom(conductor.attempt.cancel('Bench'))).code).toBe('ceremony.superseded');
    expect(bench.site.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(0);
  });

  test('cancels, forgets the OTP, and can start again', async () => {
    await open();
    const { conductor } = await bench.collecting();
    await conductor.attempt.cancel('Bench');
    expect(conductor.state).toMatchObject({ phase: 'ready', cancelled: true });
    await conductor.attempt.start();
    for (const n of [4, 2, 0]) await bench.give(conductor, n);
    expect(conductor.state.phase).toBe('complete');
  });

  test('cancels an attempt that was found only while its nonce is still the one shown', async () => {
    await open();
    await bench.site.faults.primaryDown();
    const nonce = await bench.site.faults.startByAnother();
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(conductor.state).toMatchObject({ phase: 'preflight', preflight: { found: nonce } });
    const found = foundBy(conductor);
    await bench.site.faults.startByAnother();
    const by = { by: 'Robin', why: 'Nobody in the room started it.' };
    const refused = await problemFrom(conductor.attempt.cancelFound({ nonce: found, ...by }));
    expect(refused.code).toBe('ceremony.superseded');
    await conductor.prepare.preflight();
    const now = foundBy(conductor);
    await conductor.attempt.cancelFound({ nonce: now, ...by });
    await conductor.prepare.preflight();
    expect(conductor.state.phase).toBe('roster');
    expect(conductor.state.deviations).toHaveLength(1);
  });

  test('asks for a token where Vault 2 wants one, and goes on with it', async () => {
    await open({ version: '2.0.1' });
    await bench.site.faults.primaryDown();
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(conductor.state).toMatchObject({ phase: 'preflight', preflight: { tokenNeeded: true } });
    bench.vaultToken = bench.site.rootToken;
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster({ operator: 'Robin', holders: ['Ana', 'Ben', 'Chidi'] });
    await conductor.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    expect(conductor.state.phase).toBe('decoded');
  });

  test('leaves without promoting only after the token is deleted on the server', async () => {
    await open();
    const { conductor } = await bench.fenced();
    expect((await problemFrom(conductor.ending.end())).code).toBe('rule.not-now');
    expect(await conductor.token.delete()).toBe(true);
    expect((await problemFrom(conductor.promotion.promote(confirmation))).code).toBe(
      'rule.not-now',
    );
    await conductor.ending.end();
    expect(conductor.state).toMatchObject({
      phase: 'ended',
      outcome: 'abandoned',
      promoted: false,
    });
  });

  test('keeps nothing in the keychain once it has ended', async () => {
    await open();
    const { id, conductor } = await bench.fenced();
    await conductor.token.delete();
    await conductor.ending.end();
    const { CeremonySecrets } = await import('../../electron/keychain/ceremony-secrets.ts');
    const left = new CeremonySecrets(bench.keychain, id);
    expect(await left.attempt()).toBeUndefined();
    expect(await left.encodedToken()).toBeUndefined();
    expect(await left.token('dr-operation-token')).toBeUndefined();
  });
});
