import { describe, expect, it } from 'vitest';
import { fold } from '../../../shared/ceremony/fold.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { resumedSentence } from '../../../renderer/guide/screens/ceremony/frame/resumed.ts';
import { lasting, oneOf } from '../../../renderer/guide/screens/ceremony/phrases.ts';
import {
  canShow,
  markOf,
  railSteps,
  stepOf,
} from '../../../renderer/guide/screens/ceremony/shown-step.ts';
import {
  faultOfLines,
  holdersIn,
  lineOf,
} from '../../../renderer/guide/screens/ceremony/steps/names.ts';
import { summaryOf } from '../../../renderer/guide/screens/ceremony/steps/summary.ts';
import { rowsOf } from '../../../renderer/guide/screens/ceremony/steps/timeline-rows.ts';
import { recordsOf, scenes } from '../../preview/scenes.ts';

const end = new Date('2026-11-23T03:40:00.000Z');
const recordsIn = (name: string) => {
  const scene = scenes.find((one) => one.name === name);
  if (!scene) throw new Error(`no scene ${name}`);
  return recordsOf(scene, end);
};
const stateIn = (name: string): CeremonyState => {
  const folded = fold(recordsIn(name));
  if (!folded.ok) throw new Error(folded.reason);
  return folded.state;
};

describe('the rail', () => {
  it.each(scenes.map(({ name }) => name))('has one present step at most in %s', (name) => {
    const state = stateIn(name);
    const marks = railSteps.map((step) => markOf(state, step));
    const present = marks.filter((mark) => mark === 'now' || mark === 'look');
    expect(present).toHaveLength(state.phase === 'ended' ? 0 : 1);
    expect(marks.join(' ')).toMatch(/^(done ?)*(now|look)? ?(later ?)*$/);
  });

  it('lets people look back only while nothing on a server depends on it', () => {
    expect(canShow(stateIn('ready'), 'preflight')).toBe(true);
    expect(canShow(stateIn('ready'), 'people')).toBe(true);
    expect(canShow(stateIn('collecting-two'), 'people')).toBe(false);
    expect(canShow(stateIn('roster'), 'start')).toBe(false);
  });

  it('says that a step is in trouble where the record does', () => {
    const troubled = ['collecting-pending', 'superseded', 'decoded-refused', 'watching-doubt'];
    for (const name of troubled) {
      const state = stateIn(name);
      const now = stepOf(state);
      expect(now === 'ended' ? now : markOf(state, now), name).toBe('look');
    }
  });
});

describe('the list of holders', () => {
  it('takes one name a line and drops what is empty', () =>
    expect(holdersIn(' Ana \n\n Ben\r\n')).toEqual(['Ana', 'Ben']));
  it('takes organisation and custody bag, and gives the same line back', () => {
    const lines = ['Ana; Acme; 114', 'Ben; Acme', 'Chidi; ; 115', 'Dana'];
    const holders = holdersIn(lines.join('\n'));
    expect(holders).toEqual([
      { name: 'Ana', organisation: 'Acme', bag: '114' },
      { name: 'Ben', organisation: 'Acme' },
      { name: 'Chidi', bag: '115' },
      'Dana',
    ]);
    expect(holders.map(lineOf)).toEqual(lines);
  });
  it.each([
    ['', /at least one/],
    ['Ana\nana', /same name/],
    ['Ana; x; 1\nBen; y; 1\nChidi', /same custody bag/],
    ['; Acme; 114', /no name/],
    ['Ana; a; b; c', /more than name/],
    ['Ana\nBen', /3 shares are needed, and the roster has 2 holders/],
    [`Ana\nBen\n${'x'.repeat(121)}`, /longer than 120/],
  ])('says what is wrong with %j', (text, message) =>
    expect(faultOfLines(text, 3)).toMatch(message),
  );
  it('has nothing against enough different names', () =>
    expect(faultOfLines('Ana\nBen\nChidi', 3)).toBeUndefined());
});

describe('the timeline', () => {
  const state = stateIn('aftercare');
  if (state.phase !== 'aftercare') throw new Error('wrong scene');
  const since = Date.parse(state.promotion.firstSentAt);
  const until = Date.parse(state.promotedAt);

  it('fills the whole time for every node, and no more', () => {
    for (const row of rowsOf(state.cluster.nodes, state.observations, since, until, undefined)) {
      const total = row.segments.reduce((sum, { ms }) => sum + ms, 0);
      expect(total).toBe(until - since);
    }
  });

  it('tells away, secondary, primary and active apart', () => {
    const rows = rowsOf(state.cluster.nodes, state.observations, since, until, undefined);
    expect(rows.map(({ tone }) => tone)).toEqual(['active', 'primary', 'secondary']);
    expect(rows[0]?.segments.map(({ tone }) => tone)).toEqual(['unasked', 'away', 'active']);
  });

  it('believes a reading before the record', () => {
    const [node] = state.cluster.nodes;
    if (!node) throw new Error('no node');
    const reading = {
      id: state.id,
      at: state.promotedAt,
      nodes: [{ node, says: 'sealed', active: false }],
    };
    const [row] = rowsOf(state.cluster.nodes, state.observations, since, until, reading);
    expect(row).toMatchObject({ says: 'sealed', tone: 'away' });
  });
});

describe('the summary', () => {
  it('names who gave, how long it took and what became of the token', () => {
    const summary = summaryOf(recordsIn('ended-closed'));
    expect(summary.shares).toEqual(['Ana', 'Chidi', 'Emil']);
    expect(summary.promotedAfterMs).toBe(74_000);
    expect(summary.token).toContain('permission denied');
  });
  it('forgets the shares of a round that failed', () =>
    expect(summaryOf(recordsIn('collecting-round-failed')).shares).toEqual([]));
});

describe('what was found when the ceremony was taken up again', () => {
  const resumed = {
    seq: 90,
    at: '2026-11-23T03:41:00.000Z',
    event: { type: 'resumed', sentence: 'The same attempt is still open.' },
  } as const;
  const note = {
    seq: 91,
    at: '2026-11-23T03:41:05.000Z',
    event: { type: 'note.added', by: 'Robin', note: 'Coffee.' },
  } as const;

  it('stays while nothing but remarks follows', () =>
    expect(resumedSentence([...recordsIn('collecting-two'), resumed, note])?.sentence).toBe(
      'The same attempt is still open.',
    ));
  it('is gone with the next step', () =>
    expect(resumedSentence([resumed, ...recordsIn('collecting-two')])).toBeUndefined());
});

describe('phrases', () => {
  it.each([
    [0, '0 seconds'],
    [74_000, '1 minute 14 seconds'],
    [3_600_000, '1 hour'],
  ])('says %i ms', (ms, words) => expect(lasting(ms)).toBe(words));
  it('lists names for a choice', () =>
    expect(oneOf(['Ana', 'Ben', 'Chidi'])).toBe('Ana, Ben or Chidi'));
});
