import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { CeremonyBench, confirmation, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

/* What a person finds after the app died, a reply was lost, or the server moved on without us. */
describe.skipIf(skipWithoutKeyring('resuming with the real keychain'))('resuming', () => {
  let keyring: PrivateKeyring;
  let bench: CeremonyBench;
  beforeAll(async () => {
    keyring = await useKeyring();
  });
  afterEach(() => bench.close());
  afterAll(() => keyring.stop());

  /** Takes the ceremony up in a new process; the sentence is what the person reads first. */
  async function reopened(id: CeremonyId): Promise<{ conductor: Conductor; sentence: string }> {
    await bench.restart();
    const conductor = await bench.ceremonies.take(id);
    const known = conductor.records.length;
    await vi.waitUntil(
      () =>
        conductor.records.slice(known).some(({ event }) => event.type === 'resumed') ||
        conductor.records.at(-1)?.event.type === 'resumed',
      { timeout: 20_000 },
    );
    const resumed = conductor.records.findLast(({ event }) => event.type === 'resumed')?.event;
    return { conductor, sentence: resumed?.type === 'resumed' ? resumed.sentence : '' };
  }

  test('same nonce, same progress: goes on where it was', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    const { conductor: again, sentence } = await reopened(id);
    expect(sentence).toContain('The same attempt is still open');
    await bench.give(again, 1);
    await bench.give(again, 2);
    await again.token.decode();
    expect(again.state.phase).toBe('decoded');
  });

  test('our share was counted and its reply lost', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    bench.site.faults.dropNext('update', 'after');
    expect((await problemFrom(bench.give(conductor, 0))).code).toBe('ceremony.outcome-unknown');
    const { conductor: again, sentence } = await reopened(id);
    expect(sentence).toContain('only the reply was lost');
    expect(again.state).toMatchObject({
      phase: 'collecting',
      attempt: { progress: 1, given: [{ holder: 'Ana' }], pending: undefined },
    });
    const updates = bench.site.requests.filter(({ path }) => path.endsWith('/update'));
    expect(updates).toHaveLength(1);
  });

  test('our share was not counted: it can be given again', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.collecting();
    bench.site.faults.dropNext('update', 'before');
    await problemFrom(bench.give(conductor, 0));
    expect(await conductor.recheck()).toContain('was not counted');
    await bench.give(conductor, 0);
    expect(conductor.state).toMatchObject({ attempt: { progress: 1 } });
  });

  test('a share was given elsewhere: the operator names who', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    await bench.site.faults.giveElsewhere();
    expect(await conductor.recheck()).toContain('given elsewhere');
    await conductor.attempt.nameElsewhere('Emil', 'the vault command, on his own laptop');
    expect(conductor.state).toMatchObject({
      attempt: { progress: 2, given: [{ holder: 'Ana' }, { holder: 'Emil', where: 'elsewhere' }] },
    });
    await bench.give(conductor, 1);
    expect(conductor.state.phase).toBe('complete');
  });

  test('a share given elsewhere by nobody knows whom is a deviation', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.collecting();
    await bench.site.faults.giveElsewhere();
    await conductor.recheck();
    await conductor.attempt.nameElsewhere(undefined, 'unknown');
    expect(conductor.state.deviations).toHaveLength(1);
  });

  test('progress back to 0: a new round, same nonce and OTP', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    await bench.give(conductor, 1);
    bench.site.faults.dropNext('update', 'after');
    await problemFrom(conductor.attempt.giveShare('Chidi', bench.site.foreignShare()));
    expect(await conductor.recheck()).toContain('did not combine');
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    expect(conductor.state).toMatchObject({ phase: 'decoded', attempt: { round: 2 } });
  });

  test('the node restarted: no attempt; it is started again', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    bench.site.faults.restartActive();
    const { conductor: again, sentence } = await reopened(id);
    expect(sentence).toContain('may have restarted');
    expect(again.state).toMatchObject({ phase: 'gone', tokenMayExist: false });
    await again.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(again, n);
    expect(again.state.phase).toBe('complete');
  });

  test('the leader moved and came back: so does the attempt', async () => {
    bench = await CeremonyBench.open({ switches: { standbyAnswer: 'forward' } });
    const { conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    bench.site.faults.changeLeader();
    expect(await conductor.recheck()).toContain('no attempt');
    expect(conductor.state.phase).toBe('gone');
    bench.site.faults.bringBackLeader();
    expect(await conductor.recheck()).toContain('Our attempt is back');
    expect(conductor.state).toMatchObject({ phase: 'collecting', attempt: { progress: 1 } });
    await bench.give(conductor, 1);
    await bench.give(conductor, 2);
    await conductor.token.decode();
    expect(conductor.state.phase).toBe('decoded');
  });

  test('another nonce: superseded, and no share goes there', async () => {
    bench = await CeremonyBench.open();
    const { id } = await bench.collecting();
    await bench.site.faults.startByAnother();
    const { conductor: again, sentence } = await reopened(id);
    expect(sentence).toContain('make a token for whoever started it');
    expect(again.state.phase).toBe('superseded');
    await again.ending.end();
    expect(again.state).toMatchObject({ phase: 'ended', outcome: 'superseded' });
  });

  test('the last share’s reply lost: an open item, and a way on', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    await bench.give(conductor, 1);
    bench.site.faults.dropNext('update', 'after');
    await problemFrom(bench.give(conductor, 2));
    const { conductor: again, sentence } = await reopened(id);
    expect(sentence).toContain('nobody can read');
    expect(again.state).toMatchObject({ phase: 'gone', tokenMayExist: true });
    expect(again.state.openItems).toHaveLength(1);
    await again.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(again, n);
    expect(again.state.phase).toBe('complete');
  });

  test('the encoded token was kept but its event is missing: it is found in the keychain', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    await bench.give(conductor, 1);
    // The process died after the keychain took the token and before the event was written.
    bench.site.faults.dropNext('update', 'after');
    await problemFrom(bench.give(conductor, 2));
    const minted = bench.site.minted.at(-1);
    if (!minted) throw new Error('nothing was minted');
    const { Secret } = await import('../../shared/secret.ts');
    await new CeremonySecrets(bench.keychain, id).keepEncodedToken(
      Secret.of('encoded-token', minted.encodedToken),
    );
    const { conductor: again } = await reopened(id);
    expect(again.state.phase).toBe('complete');
    await again.token.decode();
    expect(again.state.phase).toBe('decoded');
  });

  test('an encoded token that the keychain refused is never taken for a later attempt’s', async () => {
    const keychain = new OneRefusal({ acceptsThatACrashEndsTheCeremony: true });
    bench = await CeremonyBench.open({}, keychain);
    const { conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    await bench.give(conductor, 1);
    expect((await problemFrom(bench.give(conductor, 2))).code).toBe('keychain.failed');
    // Somebody goes on without it: Vault has completed the attempt, so there is none to cancel.
    expect((await problemFrom(conductor.attempt.cancel('Bench'))).code).toBe('ceremony.gone');
    await conductor.attempt.start();
    bench.site.faults.dropNext('update', 'after');
    await problemFrom(bench.give(conductor, 0));
    await conductor.recheck();
    expect(conductor.state).toMatchObject({ phase: 'collecting', attempt: { progress: 1 } });
    await bench.give(conductor, 1);
    await bench.give(conductor, 2);
    await conductor.token.decode();
    expect(conductor.state).toMatchObject({ phase: 'decoded', token: { doubts: [] } });
  });

  test('the start’s reply lost: the orphan is shown, and can be cancelled by its nonce', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.ready();
    bench.site.faults.dropNext('attempt-start', 'after');
    expect((await problemFrom(conductor.attempt.start())).code).toBe('ceremony.outcome-unknown');
    const { conductor: again } = await reopened(id);
    await again.prepare.preflight();
    const found = again.state.phase === 'preflight' ? again.state.preflight?.found : undefined;
    if (!found) throw new Error('the orphan was not found');
    await again.attempt.cancelFound({
      nonce: found,
      by: 'Robin',
      why: 'The reply to our start was lost.',
    });
    await again.prepare.preflight();
    expect(again.state.phase).toBe('ready');
    await again.attempt.start();
    expect(again.state.phase).toBe('collecting');
  });

  test('promote’s reply lost: watching shows that it was carried out; it is sent once', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.fenced();
    bench.site.faults.dropNext('promote', 'after');
    await conductor.promotion.promote(confirmation);
    await vi.waitUntil(() => conductor.state.phase === 'aftercare', { timeout: 20_000 });
    expect(typesOf(conductor)).toContain('promote.unknown');
    const sent = bench.site.requests.filter(({ path }) => path.endsWith('/promote'));
    expect(sent).toHaveLength(1);
  });

  test('promote’s request lost: watching shows a secondary; sent again only after a new confirmation', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.fenced();
    bench.site.faults.dropNext('promote', 'before');
    await conductor.promotion.promote(confirmation);
    expect(conductor.state).toMatchObject({ phase: 'watching' });
    const { conductor: again } = await reopened(id);
    await vi.waitUntil(() => typesOf(again).includes('watch.observed'), { timeout: 20_000 });
    expect(again.state.phase).toBe('watching');
    await again.promotion.promote(confirmation);
    await vi.waitUntil(() => again.state.phase === 'aftercare', { timeout: 20_000 });
  });

  test('an intent to promote without an outcome is watched, never sent again by itself', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.fenced();
    const { state } = conductor;
    if (state.phase !== 'decoded') throw new Error('not decoded');
    // The process died between the intent and the call.
    await bench.appendRaw(id, {
      type: 'promote.intended',
      server: { node: state.attempt.node, mode: 'secondary' },
      clusterNameTyped: 'Bench',
      operator: 'Robin',
      secondPerson: 'Wim',
      secondPersonProof: 'name typed, not authenticated',
    });
    const { conductor: again, sentence } = await reopened(id);
    expect(sentence).toContain('not sent again by itself');
    expect(again.state.phase).toBe('watching');
    expect(bench.site.requests.filter(({ path }) => path.endsWith('/promote'))).toHaveLength(0);
  });

  test('still catching up is not sealed: asked again, then force with its price', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.fenced();
    bench.site.faults.promoteRefuses({ times: 2 });
    const problem = await problemFrom(conductor.promotion.promote(confirmation));
    expect(problem.code).toBe('vault.catching-up');
    expect(conductor.state).toMatchObject({
      phase: 'decoded',
      refused: { code: 'vault.catching-up' },
    });
    expect((await conductor.promotion.readiness()).forceOffered).toBe(true);
    const wrong = await problemFrom(
      conductor.promotion.promote({ ...confirmation, force: { accepted: 'yes' } }),
    );
    expect(wrong.code).toBe('input.invalid');
    const { forceSentence } = await import('../../electron/failover/promote.ts');
    await conductor.promotion.promote({ ...confirmation, force: { accepted: forceSentence } });
    await vi.waitUntil(() => conductor.state.phase === 'aftercare', { timeout: 20_000 });
    expect(typesOf(conductor)).toContain('deviation.recorded');
  });

  test('server unreachable: nothing is concluded, and the record stays as it is', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    const { state } = conductor;
    if (state.phase !== 'collecting') throw new Error('not collecting');
    await bench.site.faults.nodeDown(state.attempt.node);
    const { conductor: again, sentence } = await reopened(id);
    expect(sentence).toContain('could not be checked yet');
    expect(again.state.phase).toBe('collecting');
    await bench.site.faults.nodeUp(state.attempt.node);
    expect(again.state.phase).toBe('collecting');
  });

  test('sealed: said as such, and nothing is concluded', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.collecting();
    bench.site.faults.seal();
    expect((await problemFrom(conductor.recheck())).code).toBe('vault.sealed');
    expect(conductor.state.phase).toBe('collecting');
  });

  test('the OTP is missing from the keychain: the written-down one is entered again', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    const secrets = new CeremonySecrets(bench.keychain, id);
    const otp = (await secrets.attempt())?.otp;
    if (!otp) throw new Error('no OTP kept');
    await secrets.forgetAttempt();
    expect(await conductor.recheck()).toContain('If it was written down');
    await conductor.token.restoreOtp(otp);
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    expect(conductor.state).toMatchObject({ phase: 'decoded', token: { doubts: [] } });
  });

  test('the cluster is gone for good: the ceremony can be left, with an open item', async () => {
    bench = await CeremonyBench.open();
    const { id, conductor } = await bench.collecting();
    await bench.give(conductor, 0);
    await Promise.all(bench.site.nodes.map((node) => bench.site.faults.nodeDown(node)));
    const { conductor: again } = await reopened(id);
    expect((await problemFrom(again.ending.end())).code).toBe('rule.not-now');
    await again.ending.leave('Robin', 'The site burnt down.');
    expect(again.state).toMatchObject({ phase: 'ended', outcome: 'left', promoted: false });
    expect(again.state.openItems.join()).toContain('The site burnt down.');
    expect(await new CeremonySecrets(bench.keychain, id).attempt()).toBeUndefined();
  });

  test('the keychain is locked: told apart from missing', async () => {
    bench = await CeremonyBench.open();
    const { conductor } = await bench.collecting();
    await keyring.lock();
    const problem = await problemFrom(conductor.recheck());
    expect(problem.code).toBe('keychain.locked');
    await keyring.killDaemon();
    await keyring.startDaemon();
  });
});

/** A keychain that does not take the first encoded token it is given. */
class OneRefusal extends MemoryKeychain {
  #refused = false;

  override put(...[entry, secret]: Parameters<MemoryKeychain['put']>): Promise<void> {
    if (this.#refused || secret.kind !== 'encoded-token') return super.put(entry, secret);
    this.#refused = true;
    return Promise.reject(
      new Trouble({ code: 'keychain.failed', known: 'It is full.', safe: '-', next: '-' }),
    );
  }
}
