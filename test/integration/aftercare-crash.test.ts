import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import type { AfterCall } from '../../shared/ceremony/aftercare.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { openBench, people, promoted, say, sentTo, statusOf, wait } from '../fakes/after-bench.ts';
import { holders, problemFrom, type CeremonyBench } from '../fakes/ceremony-bench.ts';

/*
 * The app ends between the intent of a call and its outcome: before the call left, or after it was
 * carried out. Nobody knows which, so it is never sent again: the servers are read, and the person is
 * told what they show.
 */
describe('a crash between intent and outcome', () => {
  let bench: CeremonyBench;
  afterEach(() => bench.close());

  /** A planned failover up to the old primary's attaching. */
  async function toAttach(performanceSecondary = false) {
    bench = await openBench({ version: '2.0.1', performanceSecondary });
    const { id, conductor } = await bench.opened();
    await conductor.prepare.preflight();
    await conductor.promotion.demote(bench.site.rootToken, people);
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster({ operator: 'Robin', witness: 'Wim', holders: [...holders] });
    await conductor.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    await promoted(conductor);
    await conductor.after.settle({
      item: 'snapshot',
      outcome: 'waived',
      by: 'Nadia',
      says: 'The storage is not raft.',
    });
    await say(conductor, 'ports');
    await conductor.after.check('versions');
    return { id, conductor };
  }

  /** `before` the call leaves, or `after` it arrived: then the disk takes no outcome any more. */
  async function crash(
    id: CeremonyId,
    at: 'before' | 'after',
    call: () => Promise<void>,
  ): Promise<Conductor> {
    bench.onEvent = ({ type }) => {
      if (type !== 'after.call.intended') return;
      if (at === 'before') throw new Error('The power goes.');
      void bench.store.close(id);
    };
    await expect(call()).rejects.toThrow();
    bench.onEvent = () => undefined;
    await bench.restart();
    const again = await bench.ceremonies.take(id);
    await vi.waitUntil(() => again.records.at(-1)?.event.type === 'resumed', wait);
    return again;
  }

  const callOf = ({ state }: Conductor, call: AfterCall) =>
    state.phase === 'aftercare' ? state.after?.calls[call] : undefined;
  /** What the screen says when the ceremony is taken up again. */
  const told = ({ records }: Conductor): string => {
    const event = records.at(-1)?.event;
    return event?.type === 'resumed' ? event.sentence : '';
  };

  test('activate and attach are never sent again; what the servers show is told', async () => {
    const { id, conductor } = await toAttach();
    const root = bench.site.rootToken;
    const activate = (one: Conductor) => one.after.act({ kind: 'activate', by: 'Robin' }, root);
    const attach = (one: Conductor) => one.after.act({ kind: 'attach', by: 'Robin' }, root);
    const names = new Set<string | undefined>();
    const activated = (one: Conductor) => names.add(callOf(one, 'activate')?.secondaryId).size;

    let now = await crash(id, 'before', () => activate(conductor));
    expect(sentTo(bench, '/secondary-token')).toBe(0);
    expect(callOf(now, 'activate')?.outcome).toBe('unknown');
    expect(told(now)).toContain('An activation token may have been issued, and nobody has it');
    expect(activated(now)).toBe(1);
    now = await crash(id, 'after', () => activate(now));
    expect(sentTo(bench, '/secondary-token')).toBe(1);
    expect(callOf(now, 'activate')?.outcome).toBe('unknown');
    // Whatever became of it, the next one has a name of its own.
    expect(activated(now)).toBe(2);
    await activate(now);
    expect(activated(now)).toBe(3);

    now = await crash(id, 'before', () => attach(now));
    expect(sentTo(bench, 'dr/secondary/update-primary')).toBe(0);
    expect(callOf(now, 'attach')?.outcome).toBe('unknown');
    expect(statusOf(now, 'follows')).toBe('open');
    expect(told(now)).toContain('is a DR secondary in the state “idle”');
    // Good once, and in memory only.
    expect((await problemFrom(attach(now))).code).toBe('rule.not-now');
    await activate(now);
    now = await crash(id, 'after', () => attach(now));
    expect(sentTo(bench, 'dr/secondary/update-primary')).toBe(1);
    expect(callOf(now, 'attach')?.outcome).toBe('unknown');
    await vi.waitUntil(async () => {
      await now.after.check('follows');
      return statusOf(now, 'follows') === 'done';
    }, wait);
    expect(sentTo(bench, 'dr/secondary/update-primary')).toBe(1);
  }, 60_000);

  test('follow is never sent again; the performance secondary shows whether it arrived', async () => {
    const { id, conductor } = await toAttach(true);
    const root = bench.site.performance?.rootToken ?? bench.site.rootToken;
    const follow = (one: Conductor) =>
      one.after.act({ kind: 'follow', by: 'Robin', name: 'Reports' }, root);
    const path = 'performance/secondary/update-primary';

    let now = await crash(id, 'before', () => follow(conductor));
    expect(sentTo(bench, path)).toBe(0);
    expect(callOf(now, 'follow')?.outcome).toBe('unknown');
    expect(statusOf(now, 'performance')).toBe('open');
    expect(told(now)).toContain('does not name the new primary');
    now = await crash(id, 'after', () => follow(now));
    expect(sentTo(bench, path)).toBe(1);
    expect(callOf(now, 'follow')?.outcome).toBe('unknown');
    await vi.waitUntil(async () => {
      await now.after.check('performance');
      return statusOf(now, 'performance') === 'done';
    }, wait);
    expect(sentTo(bench, path)).toBe(1);
  }, 60_000);
});
