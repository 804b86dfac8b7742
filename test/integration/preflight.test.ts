import { afterEach, describe, expect, test } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import type { PracticeOptions, PracticeSite } from '../../electron/practice/site.ts';
import type { Finding } from '../../shared/ceremony/findings.ts';
import { CeremonyBench } from '../fakes/ceremony-bench.ts';

interface Case {
  readonly what: string;
  readonly options?: PracticeOptions;
  readonly trouble: (site: PracticeSite) => unknown;
  readonly finds: Pick<Finding, 'id' | 'level'>;
  /** Words that the person must be able to read. */
  readonly says: RegExp;
}

/* What each trouble looks like to the person who runs preflight at night. */
const cases: readonly Case[] = [
  {
    what: 'the cable is out',
    trouble: (site) => Promise.all(site.nodes.map((node) => site.faults.nodeDown(node))),
    finds: { id: 'reachable', level: 'stop' },
    says: /refused|not reach/i,
  },
  {
    what: 'one node is down',
    trouble: (site) => site.faults.nodeDown(last(site)),
    finds: { id: 'reachable', level: 'warning' },
    says: /refused|not reach/i,
  },
  {
    what: 'the certificate has expired',
    trouble: (site) => site.faults.certificate('expired'),
    finds: { id: 'tls', level: 'stop' },
    says: /ourClock: .*certificateUntil: |certificateUntil: .*ourClock: /i,
  },
  {
    what: 'the certificate is not yet valid',
    trouble: (site) => site.faults.certificate('not-yet-valid'),
    finds: { id: 'tls', level: 'stop' },
    says: /clock/i,
  },
  {
    what: 'another CA signed it',
    trouble: (site) => site.faults.certificate('other-ca'),
    finds: { id: 'tls', level: 'stop' },
    says: /CA|authority|certificate/,
  },
  {
    what: 'it names another host',
    trouble: (site) => site.faults.certificate('other-name'),
    finds: { id: 'tls', level: 'stop' },
    says: /name/i,
  },
  {
    what: 'every node is sealed',
    trouble: (site) => site.faults.seal(),
    finds: { id: 'unsealed', level: 'warning' },
    says: /sealed/,
  },
  {
    what: 'it was never initialised',
    trouble: (site) => site.faults.uninitialised(),
    finds: { id: 'unsealed', level: 'stop' },
    says: /not initialised/,
  },
  {
    what: 'nobody leads',
    trouble: (site) => site.faults.leaderless(),
    finds: { id: 'leader', level: 'stop' },
    says: /leads/,
  },
  {
    what: 'somebody has an attempt open',
    trouble: (site) => site.faults.startByAnother(),
    finds: { id: 'attempt', level: 'stop' },
    says: /Shares given now make a token for whoever started this/,
  },
  {
    what: 'the primary answers as active',
    trouble: (site) => site.faults.primaryUp(),
    finds: { id: 'primary', level: 'warning' },
    says: /answers as active/,
  },
  {
    what: 'the primary cannot be reached',
    trouble: () => undefined,
    finds: { id: 'primary', level: 'warning' },
    says: /not visible from here. That does not show that it is down/,
  },
  {
    what: 'the clocks are an hour apart',
    trouble: (site) => site.faults.serverClock(3_600_000),
    finds: { id: 'clock', level: 'warning' },
    says: /differ by 3600 seconds|differ by 359\d seconds|differ by 360\d seconds/,
  },
  {
    what: 'replication was not streaming',
    options: { switches: { stateWithoutPrimary: 'idle' } },
    trouble: () => undefined,
    finds: { id: 'replication', level: 'warning' },
    says: /"idle", not "stream-wals"/,
  },
  {
    what: 'Vault 2 wants a token',
    options: { version: '2.0.1' },
    trouble: () => undefined,
    finds: { id: 'attempt', level: 'stop' },
    says: /asks for a token beside the shares/,
  },
  {
    what: 'something that is not Vault answers',
    trouble: (site) => site.faults.notVault(200, { times: 40 }),
    finds: { id: 'reachable', level: 'stop' },
    says: /does not look like Vault|not one that Vault gives|is not Vault|The answer of/,
  },
];

const last = (site: PracticeSite) => site.nodes.at(-1) ?? site.primary;

describe('preflight finds', () => {
  let bench: CeremonyBench;
  afterEach(() => bench.close());
  const memory = () => new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });

  for (const { what, options, trouble, finds, says } of cases)
    test(`${what}: ${finds.id}, ${finds.level}`, async () => {
      bench = await CeremonyBench.open(options, memory());
      await bench.site.faults.primaryDown();
      const { conductor } = await bench.opened();
      await trouble(bench.site);
      await conductor.prepare.preflight();
      const { state } = conductor;
      if (!('preflight' in state) || !state.preflight) throw new Error('no preflight');
      const found = state.preflight.findings.filter(
        ({ id, level }) => id === finds.id && level === finds.level,
      );
      expect(found.map((one) => one.what).join('\n')).toMatch(says);
      for (const { why, todo } of state.preflight.findings) {
        expect(why).not.toBe('');
        expect(todo).not.toBe('');
      }
      if (finds.level === 'stop') expect(state.phase).toBe('preflight');
    });

  test('a cluster that is already primary: there is nothing left to promote', async () => {
    bench = await CeremonyBench.open({}, memory());
    await bench.site.faults.primaryUp();
    bench.nodes = [bench.site.primary];
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(conductor.state).toMatchObject({ phase: 'preflight' });
    expect(JSON.stringify(conductor.state)).toContain('already a DR primary');
  });

  test('another cluster than the pinned one: stop', async () => {
    bench = await CeremonyBench.open({}, memory());
    await bench.site.faults.primaryDown();
    bench.pins = { clusterId: 'another-cluster', secondaryId: bench.site.secondaryId };
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(conductor.state.phase).toBe('preflight');
    expect(JSON.stringify(conductor.state)).toContain('This is not the cluster that was pinned');
  });

  test('nothing is sent that changes the server', async () => {
    bench = await CeremonyBench.open({}, memory());
    const { conductor } = await bench.opened();
    await conductor.prepare.preflight();
    expect(bench.site.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
