import { describe, expect, it } from 'vitest';
import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { reportOf } from '../../../shared/report/report.ts';
import { usualRules } from '../../../shared/site-rules.ts';
import { reportLines } from '../../../shared/transcript/report-text.ts';
import { verifyRecord } from '../../../shared/transcript/verify.ts';
import { nodeTools } from '../../../electron/transcript/verify-file.ts';
import { entriesOf } from '../../fakes/entries.ts';
import { opened, scriptAdopted, wholeCeremony } from '../../fakes/events.ts';
import { fileOf, journalLines } from '../../fakes/records.ts';

/** A required check at the start (the third step), and then the ceremony as it should go. */
const scripted = (...settled: readonly CeremonyEvent[]): CeremonyEvent[] => [
  opened,
  scriptAdopted(2),
  ...wholeCeremony.slice(1, 3),
  ...settled,
  ...wholeCeremony.slice(3),
];
const check = (events: readonly CeremonyEvent[]) =>
  verifyRecord(fileOf(...journalLines(events)), nodeTools);
const done: CeremonyEvent = { type: 'check.done', id: 'phone-the-noc', by: 'Wim' };
const aside: CeremonyEvent = {
  type: 'check.set-aside',
  id: 'phone-the-noc',
  why: 'No line.',
  agreedBy: 'Nadia',
};
const signedOff = (step: 'preflight' | 'people'): CeremonyEvent => ({
  type: 'step.signed-off',
  step,
  challenge: 'Ready?',
  response: 'Ready.',
  by: 'Wim',
});

describe('the script, held against the record', () => {
  it('says which required checks were done, set aside or left open', () => {
    expect(check(scripted(done)).script?.checks).toMatchObject([{ met: 'done', by: 'Wim' }]);
    expect(check(scripted(aside)).script?.checks).toMatchObject([
      { met: 'set-aside', by: 'Nadia' },
    ]);
    const left = check([
      ...scripted().slice(0, 4),
      { type: 'ceremony.ended', outcome: 'cancelled' },
    ]);
    expect(left.script?.checks).toMatchObject([{ met: 'open' }]);
    const early = check([opened, scriptAdopted(2)]);
    expect(early.script?.checks).toMatchObject([{ met: 'not-reached' }]);
    // Past an open check no ceremony goes.
    expect(check(scripted()).verdict.kind).toBe('rules-broken');
    expect(check(wholeCeremony).script).toBeUndefined();
  });

  it('names the steps that nobody signed off', () => {
    const report = check(scripted(signedOff('preflight'), signedOff('people'), done));
    expect(report.script?.unsigned).toEqual([
      'start',
      'shares',
      'decode',
      'promote',
      'watch',
      'after',
    ]);
    const text = reportLines(report).join('\n');
    expect(text).toContain('1 of 1 required checks were done.');
    expect(text).toContain('Not signed off: start, shares');
  });

  it('is said in the report for people too, with the duties that were not kept', () => {
    const meta = { appVersion: '0.1.0', madeAt: '2026-11-23T05:00:00.000Z' };
    const { summary } = reportOf(entriesOf(scripted(aside)), meta);
    const says = (name: string) => summary.find((fact) => fact.name === name)?.says.join(' ');
    expect(says('Script')).toContain('Set aside: Phone the NOC.');
    expect(says('Duties')).toContain('the second person proved who they are: NO');
  });

  it('a script that is not the one of its hash is remarked on', () => {
    const [, adopted] = scripted();
    if (adopted?.type !== 'script.adopted') throw new Error('expected a script');
    const other = { ...adopted, script: { ...adopted.script, title: 'Another' } };
    const { remarks } = check([opened, other]);
    expect(remarks.first).toEqual([{ kind: 'script-hash', line: 2 }]);
  });
});

describe('the rules of a site, held against the record', () => {
  const duty = (events: readonly CeremonyEvent[], id: string) =>
    check(events).duties.find((one) => one.id === id);

  it('say whether a rule bound: kept, not kept by the site, or set aside', () => {
    const id = 'operator-is-not-witness';
    expect(duty(wholeCeremony, id)).toMatchObject({ met: 'yes', bound: 'in-force' });
    const rules = { ...usualRules, [id]: false };
    const loose = { ...opened, cluster: { ...opened.cluster, rules } };
    expect(duty([loose, ...wholeCeremony.slice(1)], id)?.bound).toBe('not-kept');
    const deviation: CeremonyEvent = {
      type: 'deviation.recorded',
      what: 'One person.',
      why: 'Nobody else.',
      agreedBy: 'Nadia',
      rule: id,
    };
    expect(duty([opened, deviation, ...wholeCeremony.slice(1)], id)?.bound).toBe('set-aside');
  });

  it('count the holders against the threshold', () => {
    const few = wholeCeremony.map((event): CeremonyEvent =>
      event.type === 'attempt.started' ? { ...event, required: 3 } : event,
    );
    expect(duty(wholeCeremony, 'enough-holders')?.met).toBe('yes');
    expect(duty(few.slice(0, 5), 'enough-holders')).toMatchObject({
      met: 'no',
      against: { first: [{ line: 5, says: '3 shares were needed, and 2 holders named.' }] },
    });
  });
});
