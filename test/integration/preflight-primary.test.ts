import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { Secret } from '../../shared/secret.ts';
import { CeremonyBench, confirmation, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { OldPrimary } from '../fakes/old-primary.ts';
import { eventually } from '../fakes/eventually.ts';

const memory = () => new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
const token = Secret.of('vault-token', 'hvs.root-of-the-old-primary');
const people = { by: 'Robin', secondPerson: 'Wim' };
const statement = {
  primary: 'not-visible',
  how: 'Port 8201 is closed at the firewall.',
  confirmedBy: 'Nadia',
} as const;

describe('a primary that still answers as active', () => {
  let bench: CeremonyBench;
  let old: OldPrimary;
  beforeEach(async () => {
    bench = await CeremonyBench.open({}, memory());
    old = await OldPrimary.start(bench.site.clusterId);
    bench.primary = { nodes: [old.address], caPem: old.caPem };
  });
  afterEach(async () => {
    await bench.close();
    await old.close();
  });

  async function decoded(): Promise<Conductor> {
    const { conductor } = await bench.collecting();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    return conductor;
  }
  const promotesSent = () =>
    bench.site.requests.filter(({ path }) => path.endsWith('secondary/promote')).length;

  test('keeps Promote closed: a statement without a reason is not taken, whatever the page says of it', async () => {
    const conductor = await decoded();
    expect(await problemFrom(conductor.promotion.stateFencing(statement))).toMatchObject({
      code: 'rule.not-now',
    });
    expect(await problemFrom(conductor.promotion.promote(confirmation))).toMatchObject({
      code: 'rule.not-now',
    });
    expect(promotesSent()).toBe(0);
  });

  test('keeps Promote closed also where it came back after the statement', async () => {
    old.mode = 'secondary';
    const conductor = await decoded();
    await conductor.promotion.stateFencing(statement);
    old.mode = 'primary';
    const { stops, primary } = await conductor.promotion.readiness();
    expect(primary).toBe('answers-as-active');
    expect(stops.join(' ')).toContain('Promote stays closed until it is demoted');
    const problem = await problemFrom(conductor.promotion.promote(confirmation));
    expect(problem.known).toContain('Promote stays closed until it is demoted');
    expect(promotesSent()).toBe(0);
    expect(conductor.state.primary?.seen).toBe('answers-as-active');
  });

  test('is promoted beside with the reason typed, which is on the record', async () => {
    const conductor = await decoded();
    await conductor.promotion.stateFencing({ ...statement, reason: 'Its storage is lost.' });
    await conductor.promotion.promote(confirmation);
    const fencing = conductor.records.find(({ event }) => event.type === 'fencing.stated')?.event;
    expect(fencing).toMatchObject({
      fencing: { primary: 'answers-as-active', reason: 'Its storage is lost.' },
    });
    const sent = conductor.records.find(({ event }) => event.type === 'promote.intended')?.event;
    expect(sent).toMatchObject({ primary: 'answers-as-active' });
  });

  test('is demoted from here; Promote is then open without a fencing statement', async () => {
    const conductor = await decoded();
    await conductor.promotion.demote(token, people);
    expect(old.demotions).toEqual([token.expose()]);
    expect(conductor.state.demotion?.outcome).toBe('demoted');
    expect((await conductor.promotion.readiness()).stops).toEqual([]);
    await conductor.promotion.promote(confirmation);
    expect(promotesSent()).toBe(1);
    const types = typesOf(conductor);
    expect(types.indexOf('primary.demote.intended')).toBeLessThan(
      types.indexOf('primary.demote.accepted'),
    );
    expect(JSON.stringify(conductor.records)).not.toContain(token.expose());
  });

  test('a lost reply to the demotion is resolved by reading, and it is sent once', async () => {
    old.demotes = 'reply-lost';
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    await conductor.promotion.demote(token, people);
    expect(old.demotions).toHaveLength(1);
    expect(typesOf(conductor).slice(-3)).toEqual([
      'primary.demote.unknown',
      'primary.demoted',
      'preflight.checked',
    ]);
  });

  test('is looked at once more after its demotion: preflight says what is true now', async () => {
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(primaryFinding(conductor)).toContain('answers as active');
    await conductor.promotion.demote(token, people);
    expect(typesOf(conductor).slice(-2)).toEqual(['primary.demoted', 'preflight.checked']);
    expect(primaryFinding(conductor)).toContain('not as an active primary');
  });

  test('is looked at once more too where only a later look saw the demotion', async () => {
    const { id, conductor: first } = await bench.ready();
    expect(primaryFinding(first)).toContain('answers as active');
    await bench.appendRaw(id, { type: 'primary.demote.intended', node: old.address, ...people });
    await bench.restart();
    const conductor = await bench.ceremonies.take(id);
    await eventually(() => expect(typesOf(conductor)).toContain('resumed'));
    expect(primaryFinding(conductor)).toContain('answers as active');
    old.mode = 'secondary';
    await conductor.promotion.lookAtPrimary();
    expect(primaryFinding(conductor)).toContain('not as an active primary');
    const checked = typesOf(conductor).filter((type) => type === 'preflight.checked').length;
    await conductor.promotion.lookAtPrimary();
    expect(typesOf(conductor).filter((type) => type === 'preflight.checked')).toHaveLength(checked);
  });

  test('a refused demotion is not repeated, and Promote stays closed', async () => {
    old.demotes = 'refuses';
    const conductor = await decoded();
    expect(await problemFrom(conductor.promotion.demote(token, people))).toMatchObject({
      code: 'vault.permission-denied',
    });
    expect(old.demotions).toHaveLength(1);
    expect(conductor.state.demotion?.outcome).toBe('failed');
    expect(conductor.state.phase).toBe('decoded');
    expect(await problemFrom(conductor.promotion.promote(confirmation))).toMatchObject({
      code: 'rule.not-now',
    });
  });

  test('a crash after the intent: nothing is sent again, and looking tells', async () => {
    const { id } = await bench.ready();
    const node = old.address;
    await bench.appendRaw(id, { type: 'primary.demote.intended', node, ...people });
    await bench.restart();
    const conductor = await bench.ceremonies.take(id);
    await eventually(() => expect(typesOf(conductor)).toContain('resumed'));
    expect(conductor.state.demotion?.outcome).toBe('unknown');
    old.mode = 'secondary';
    expect(await conductor.promotion.lookAtPrimary()).toContain('was demoted');
    expect(conductor.state.demotion?.outcome).toBe('demoted');
    expect(old.demotions).toEqual([]);
  });

  test('of another cluster is left alone', async () => {
    old.clusterId = 'somebody-elses-cluster';
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(await problemFrom(conductor.promotion.demote(token, people))).toMatchObject({
      code: 'profile.pin-mismatch',
    });
    expect(
      await problemFrom(conductor.promotion.demote(token, { by: 'Wim', secondPerson: 'wim ' })),
    ).toMatchObject({ code: 'rule.not-now' });
    expect(old.demotions).toEqual([]);
  });

  test('gives a known lag; the comparison survives for the night when it is gone', async () => {
    await bench.site.faults.primaryUp();
    old.lastDrWal = 4_220;
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    const lagOf = (one: Conductor): string => {
      const { state } = one;
      if (!('preflight' in state)) throw new Error(state.phase);
      return state.preflight?.findings.find(({ id }) => id === 'lag')?.what ?? 'none';
    };
    const known = /^Lag known: the secondary is (\d+) writes behind/.exec(lagOf(conductor));
    const behind = known?.[1] ?? 'nothing';

    await old.close();
    const later = await bench.opened();
    await later.conductor.prepare.preflight();
    expect(lagOf(later.conductor)).toMatch(
      new RegExp(`^Lag stale: .* ago\\. .* ${behind} writes are missing`),
    );

    await bench.site.faults.primaryDown();
    const dark = await CeremonyBench.open({ switches: { stateWithoutPrimary: 'idle' } }, memory());
    try {
      await dark.site.faults.primaryDown();
      dark.lastComparison = bench.lastComparison;
      const last = await dark.opened();
      await last.conductor.prepare.preflight();
      expect(lagOf(last.conductor)).toMatch(
        new RegExp(`^Lag unknowable: .*"idle".* ago\\), found ${behind} writes`),
      );
    } finally {
      await dark.close();
    }
  });

  test('that is older cannot be fed once this cluster is promoted', async () => {
    old.version = '1.19.2+ent';
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(JSON.stringify(conductor.state)).toContain(
      'newer than the primary’s 1.19.2+ent. Once promoted, it cannot feed the old primary.',
    );
  });
});

function primaryFinding({ state }: Conductor): string {
  if (!('preflight' in state)) throw new Error(state.phase);
  return state.preflight?.findings.find(({ id }) => id === 'primary')?.what ?? 'none';
}

test('the primary that returns during aftercare raises the alarm of two primaries', async () => {
  const bench = await CeremonyBench.open({}, memory());
  try {
    const { conductor } = await bench.fenced();
    await conductor.promotion.promote(confirmation);
    await eventually(() => expect(conductor.state.phase).toBe('aftercare'));
    expect(conductor.state.alarm).toBeUndefined();
    await bench.site.faults.primaryUp();
    await eventually(() => expect(conductor.state.alarm).toBe(bench.site.primary));
  } finally {
    await bench.close();
  }
});
