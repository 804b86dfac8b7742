import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeTools } from '../../../electron/transcript/verify-file.ts';
import { reportHtml } from '../../../shared/report/html.ts';
import { told } from '../../../shared/report/telling.ts';
import { shiftEventSchema, type ShiftEvent } from '../../../shared/shift/events.ts';
import { applyShift } from '../../../shared/shift/fold.ts';
import type { ShiftState } from '../../../shared/shift/state.ts';
import { shiftTelling } from '../../../shared/shift/telling.ts';
import { parseLine, type Entry } from '../../../shared/transcript/entry.ts';
import { reportLines } from '../../../shared/transcript/report-text.ts';
import { verifyRecord } from '../../../shared/transcript/verify.ts';
import { fileOf, journalLines, newSigner, signed } from '../../fakes/records.ts';
import { aToken, shiftOpened, wholeShift } from '../../fakes/shift-events.ts';

const signer = newSigner();
const trust = { fingerprints: [signer.identity.fingerprint], heads: [] };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const verified = (events: readonly unknown[]) => {
  const lines = journalLines(events);
  return verifyRecord(fileOf(...lines, signed(lines, signer, { id: shiftOpened.id })), nodeTools, {
    trust,
    gapMs: Number.MAX_SAFE_INTEGER,
  });
};
const entriesOf = (events: readonly ShiftEvent[]): readonly Entry<ShiftEvent>[] =>
  journalLines(events).map((line) => {
    const read = parseLine(line, shiftEventSchema, sha256);
    if (!read.ok) throw new Error(read.reason);
    return read.entry;
  });
const folded = (events: readonly ShiftEvent[]): ShiftState => {
  let state: ShiftState | undefined;
  for (const entry of entriesOf(events)) {
    const step = applyShift(state, entry);
    if (!step.ok) throw new Error(`${entry.seq}: ${step.reason}`);
    state = step.state;
  }
  if (state === undefined) throw new Error('no event');
  return state;
};

describe('the record of a shift', () => {
  it('uses every event there is', () => {
    const types = new Set(wholeShift.map(({ type }) => type));
    const known = shiftEventSchema.options.map(({ shape }) => shape.type.value);
    expect(known.filter((type) => !types.has(type))).toEqual(['batch.missing']);
  });

  it('is verified like a ceremony, by the type of its first event', () => {
    const report = verified(wholeShift);
    expect(report.verdict).toEqual({ kind: 'intact' });
    expect(report.about).toMatchObject({ purpose: 'shift', cluster: 'payments-frankfurt' });
    expect(report.outcome).toBe('handed-over');
    expect(report.rules).toEqual({ kind: 'hold' });
    expect(report.notes).toBe(1);
    expect(report.openItems.first).toEqual([
      expect.stringContaining('04:02:00 UTC on Tuesday, 24 November 2026'),
    ]);
    expect(reportLines(report).join('\n')).toContain('handed-over');
  });

  it('that no shift could have written is told by its line', () => {
    const twice = [...wholeShift.slice(0, 11), wholeShift[10], ...wholeShift.slice(11)];
    expect(verified(twice).verdict).toMatchObject({ kind: 'rules-broken', line: 12 });
    const mixed = [shiftOpened, { type: 'attempt.cancelled' }];
    expect(verified(mixed).verdict).toEqual({ kind: 'newer-version', line: 2 });
  });

  it('is a report for people, with nothing of a ceremony in it', () => {
    const meta = { appVersion: '0.0.0-test', madeAt: '2026-11-24T08:00:00.000Z' };
    const report = told(shiftTelling, entriesOf(wholeShift), meta);
    expect(report.headline).toBe('The shift of Robin was handed over to Wanda.');
    expect(report.log).toHaveLength(wholeShift.length);
    const html = reportHtml(report, { paper: 'A4', qrSvg: () => '<svg></svg>' });
    expect(html).toContain('Record of a shift');
    expect(html.toLowerCase()).not.toContain('ceremony');
  });
});

describe('the fold of a shift', () => {
  const through = (type: ShiftEvent['type']) =>
    wholeShift.slice(0, wholeShift.findLastIndex((event) => event.type === type) + 1);

  it('knows which tokens are held, and what is known of each', () => {
    const [token] = folded(through('batch.tried')).tokens;
    expect(token?.about).toEqual(aToken);
    expect(token?.checked?.doubts).toEqual([]);
    expect(token?.tried?.result).toBe('accepted');
    expect(folded(through('batch.expired')).tokens).toEqual([]);
  });

  it('has no second call under way, and no end while one is', () => {
    const intended = through('batch.issue.intended');
    expect(() => folded([...intended, intended.at(-1) ?? shiftOpened])).toThrow('cannot follow');
    expect(() => folded([...intended, { type: 'shift.ended', by: 'Robin' }])).toThrow(
      'cannot follow',
    );
  });

  it('leaves an open item where the app ended between sending and answer', () => {
    const state = folded([...through('batch.issue.intended'), { type: 'resumed' }]);
    expect(state.underWay).toBeUndefined();
    expect(state.openItems.at(-1)).toContain('nobody holds');
  });

  it('warns of the same thing once', () => {
    const warned = through('batch.warned').slice(0, -1);
    expect(() => folded([...warned, warned.at(-1) ?? shiftOpened])).toThrow('cannot follow');
  });

  it('names what stays behind when nobody goes on', () => {
    const state = folded([...through('batch.tried'), { type: 'shift.ended', by: 'Robin' }]);
    expect(state.openItems.at(-1)).toContain('nobody looks after it');
  });
});
