import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { scriptFileName } from '../../electron/script-file.ts';
import { fold } from '../../shared/ceremony/fold.ts';
import { pinTries } from '../../shared/ceremony/in-force.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { usualRules, type SiteRule } from '../../shared/site-rules.ts';
import { CeremonyBench, confirmation, holders, problemFrom } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const skip = skipWithoutKeyring('rosters and PINs with the real keychain');
let keyring: PrivateKeyring;
beforeAll(async () => {
  if (!skip) keyring = await useKeyring();
});
afterAll(async () => {
  if (!skip) await keyring.stop();
});

let bench: CeremonyBench;
const open = async (): Promise<void> => {
  bench = await CeremonyBench.open();
};
afterEach(async () => {
  if (!skip) await bench.close();
});

const pin = (text: string) => Secret.of('pin', text);
const right = pin('amber 7 lantern');
const deviate = (conductor: Conductor, rule: SiteRule) =>
  conductor.notes.remark({
    type: 'deviation.recorded',
    what: 'Otherwise tonight.',
    why: 'Nobody else is here.',
    agreedBy: 'Nadia',
    rule,
  });

/** To a fenced ceremony whose second person has a PIN. */
async function fencedWithPin(): Promise<{ id: CeremonyId; conductor: Conductor }> {
  const { id, conductor } = await bench.ready();
  await conductor.prepare.setPin('Wim', right);
  await conductor.attempt.start();
  for (const n of [0, 1, 2]) await bench.give(conductor, n);
  await conductor.token.decode();
  await conductor.promotion.stateFencing({
    primary: 'not-visible',
    how: 'The site is without power, and port 8201 is closed at the firewall.',
    confirmedBy: 'Nadia',
  });
  return { id, conductor };
}

describe.skipIf(skip)('the second person’s PIN', () => {
  test('is asked for, is on the record as the proof, and is gone at the end', async () => {
    await open();
    const { id, conductor } = await fencedWithPin();
    expect((await problemFrom(conductor.promotion.promote(confirmation))).code).toBe(
      'input.invalid',
    );
    await conductor.promotion.promote({ ...confirmation, pin: right });
    const intended = conductor.records.find(({ event }) => event.type === 'promote.intended');
    expect(intended?.event).toMatchObject({
      secondPerson: 'Wim',
      secondPersonProof: 'PIN set at roster',
    });
    expect(JSON.stringify(conductor.records)).not.toContain(right.expose());
    const secrets = new CeremonySecrets(bench.keychain, id);
    expect((await secrets.pin())?.expose()).not.toContain(right.expose());
    await secrets.forgetAll();
    expect(await secrets.pin()).toBeUndefined();
  });

  test('is of no use after five wrong ones, whatever is restarted in between', async () => {
    await open();
    const { id, conductor } = await fencedWithPin();
    const promotes = () => bench.site.requests.filter(({ path }) => path.endsWith('/promote'));
    for (let n = 1; n < pinTries; n += 1) {
      const wrong = conductor.promotion.promote({ ...confirmation, pin: pin(`wrong number ${n}`) });
      expect((await problemFrom(wrong)).known).toContain(`${pinTries - n} `);
    }
    await bench.restart();
    const again = await bench.ceremonies.take(id);
    await expect.poll(() => again.records.at(-1)?.event.type).toBe('resumed');
    const last = again.promotion.promote({ ...confirmation, pin: pin('wrong once more') });
    expect((await problemFrom(last)).known).toContain('0 tries are left');
    const late = again.promotion.promote({ ...confirmation, pin: right });
    expect((await problemFrom(late)).code).toBe('rule.not-now');
    expect(promotes()).toHaveLength(0);
    // A recorded deviation is the way on: then a typed name is what the record says it is.
    await deviate(again, 'second-person-authenticated');
    await again.promotion.promote(confirmation);
    expect(promotes()).toHaveLength(1);
    const intended = again.records.find(({ event }) => event.type === 'promote.intended');
    expect(intended?.event).toMatchObject({ secondPersonProof: 'name typed, not authenticated' });
  });

  test('is not too short and not the operator’s; where the site requires one, the start waits', async () => {
    await open();
    bench.rules = { ...usualRules, 'second-person-authenticated': true };
    const { conductor } = await bench.ready();
    expect((await problemFrom(conductor.attempt.start())).known).toContain('No PIN');
    expect((await problemFrom(conductor.prepare.setPin('Robin', right))).code).toBe('rule.not-now');
    expect((await problemFrom(conductor.prepare.setPin('Wim', pin('12345')))).code).toBe(
      'input.invalid',
    );
    await conductor.prepare.setPin('Wim', right);
    await conductor.attempt.start();
    expect(conductor.state.phase).toBe('collecting');
  });
});

describe.skipIf(skip)('the separation of duties', () => {
  test('operator and witness: refused, and let through by a recorded deviation', async () => {
    await open();
    const { conductor } = await bench.ready();
    const roster = { operator: 'Robin', witness: 'ROBIN', holders: [...holders] };
    expect((await problemFrom(conductor.prepare.setRoster(roster))).code).toBe('input.invalid');
    await deviate(conductor, 'operator-is-not-witness');
    await conductor.prepare.setRoster(roster);
    expect(conductor.state).toMatchObject({ phase: 'ready', roster: { witness: 'ROBIN' } });
  });

  test('fewer holders than shares are refused', async () => {
    await open();
    const { conductor } = await bench.ready();
    const few = conductor.prepare.setRoster({
      operator: 'Robin',
      holders: ['Ana', { name: 'Ben' }],
    });
    expect((await problemFrom(few)).known).toContain('3 shares are needed');
  });

  test('a holder gives one share in a round', async () => {
    await open();
    const { conductor } = await bench.collecting();
    await conductor.attempt.giveShare('Ana', bench.share(0));
    const second = conductor.attempt.giveShare('Ana', bench.share(1));
    expect((await problemFrom(second)).known).toContain('Ana gave a share in this round');
    expect(conductor.state).toMatchObject({ attempt: { progress: 1 } });
    await deviate(conductor, 'one-share-for-each-holder');
    await conductor.attempt.giveShare('Ana', bench.share(1));
    expect(conductor.state).toMatchObject({ attempt: { progress: 2 } });
  });
});

describe.skipIf(skip)('the script of the site', () => {
  const script = [
    'version: 1',
    'title: Payments, second site',
    'steps:',
    '  - id: phone-the-noc',
    '    at: start',
    '    title: Phone the NOC',
    '    owner: operator',
    '    text: Say that the failover begins.',
    '    check: The NOC knows.',
    '',
  ].join('\n');

  test('is on the record with its hash, and its check holds the start back', async () => {
    await open();
    await writeFile(join(bench.dataFolder, scriptFileName), script);
    const { conductor } = await bench.ready();
    const [, adopted] = conductor.records;
    expect(adopted?.event).toMatchObject({
      type: 'script.adopted',
      script: { title: 'Payments, second site' },
    });
    expect((await problemFrom(conductor.attempt.start())).known).toContain('Phone the NOC');
    expect(bench.site.requests.filter(({ method }) => method === 'PUT')).toHaveLength(0);
    await conductor.notes.settleCheck({ type: 'check.done', id: 'phone-the-noc', by: 'Wim' });
    await conductor.notes.signOff('start', 'Wim');
    await conductor.attempt.start();
    expect(conductor.state).toMatchObject({ signedOff: { start: { by: 'Wim' } } });
    expect(fold(conductor.records).ok).toBe(true);
  });

  test('that cannot be read opens no ceremony, and says what to do', async () => {
    await open();
    await writeFile(join(bench.dataFolder, scriptFileName), 'version: 1\nsteps: [');
    const problem = await problemFrom(bench.opened());
    expect(problem).toMatchObject({ code: 'input.invalid' });
    expect(problem.next).toContain('rename it');
    expect(await bench.ceremonies.list()).toHaveLength(0);
  });
});

test.skipIf(skip)('each record says the head it leaves, also after a restart', async () => {
  await open();
  const { id, conductor } = await bench.collecting();
  const heads = conductor.records.map(({ head }) => head);
  expect(new Set(heads).size).toBe(heads.length);
  expect(heads.every((head) => /^[0-9a-f]{64}$/.test(head ?? ''))).toBe(true);
  await bench.restart();
  const again = await bench.ceremonies.take(id);
  expect(again.records.slice(0, heads.length).map(({ head }) => head)).toEqual(heads);
});

test.skipIf(skip)('a change of the clock goes on the record with how much it was', async () => {
  await open();
  const { conductor } = await bench.ready();
  await bench.ceremonies.interrupted('clock-changed', -3_600_000);
  expect(conductor.records.at(-1)?.event).toEqual({
    type: 'interrupted',
    what: 'clock-changed',
    ms: -3_600_000,
  });
});
