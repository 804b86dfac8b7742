import { describe, expect, test } from 'vitest';
import { nonceSchema } from '../../../shared/ids.ts';
import { partEventSchema, type PartEvent } from '../../../shared/part/events.ts';
import { applyPart } from '../../../shared/part/fold.ts';
import { partSentence } from '../../../shared/part/sentences.ts';
import type { PartState } from '../../../shared/part/state.ts';
import { partTelling } from '../../../shared/part/telling.ts';

const ceremony = '20261123-031500-0a1b2c3d';
const nonce = '2dbd10f1-8528-6246-09e7-82b25b8aba63';
const problem = { code: 'vault.reset', known: 'The line broke.', safe: 'Nothing.', next: 'Wait.' };

const opened = {
  type: 'part.opened',
  id: ceremony,
  cluster: { name: 'Bench', kind: 'practice' },
  appVersion: '0.1.0',
  keychain: 'os',
};
const read = {
  type: 'invitation.read',
  ceremony,
  cluster: 'Bench',
  nonce,
  operator: 'Robin',
  signer: 'a'.repeat(64),
  verdict: 'good',
  says: [],
  sealTo: { key: 'AAAA', fingerprint: 'b'.repeat(40) },
};
const compared = { type: 'words.compared', holder: 'Ana', nonce };
const intended = {
  type: 'share.intended',
  ceremony,
  holder: 'Ana',
  node: 'https://vault.example.net:8200',
  progressBefore: 1,
  required: 3,
};
const unknown = { type: 'share.unknown', problem };
const ended = { type: 'part.ended', why: 'cleared' };
const kept = { type: 'token.kept' };
const handed = { type: 'token.handed', to: 'Robin', by: 'Ana' };

/** Where these events lead; the type of the first that may not follow. */
function foldOf(...written: readonly unknown[]): PartState | PartEvent['type'] {
  let state: PartState | undefined;
  for (const [place, one] of written.entries()) {
    const event = partEventSchema.parse(one);
    expect(partSentence(event).length).toBeGreaterThan(5);
    const step = applyPart(state, { seq: place + 1, at: '2026-11-23T03:15:00.000Z', event });
    if (!step.ok) return event.type;
    state = step.state;
  }
  if (!state) throw new Error('There were no events.');
  return state;
}

describe('a share given from a holder’s laptop, on its record', () => {
  const ready = [{ ...opened, role: 'holder' }, read, compared];

  test('a record of an earlier version has no role: it is of the offline desk', () => {
    expect(foldOf(opened)).toMatchObject({ role: 'officer' });
    expect(foldOf({ ...opened, role: 'holder' })).toMatchObject({ role: 'holder' });
  });

  test('words first, one at a time, and never the last', () => {
    expect(foldOf(opened, read, intended)).toBe('share.intended');
    expect(foldOf(...ready, { ...intended, progressBefore: 2 })).toBe('share.intended');
    expect(foldOf(...ready, intended, intended)).toBe('share.intended');
    expect(foldOf(...ready, intended, read)).toBe('invitation.read');
    const other = { ...read, nonce: nonceSchema.parse(nonce.replace('2', '3')) };
    expect(foldOf(...ready, other, intended)).toBe('share.intended');
  });

  test('a lost reply is settled by reading, and what stays in doubt is open at the end', () => {
    const lost = [...ready, intended, unknown];
    const accepted = { type: 'share.accepted', progress: 2, required: 3, shownBy: 'reply' };
    expect(foldOf(...lost, accepted)).toBe('share.accepted');
    const no = foldOf(...lost, { type: 'share.reread', found: 'not-counted', progress: 1 }, ended);
    expect(no).toMatchObject({ openItems: [], doubtful: [] });
    const perhaps = { type: 'share.reread', found: 'perhaps-counted', progress: 2 };
    for (const doubt of [[perhaps], []])
      expect(foldOf(...lost, ...doubt, ended)).toMatchObject({
        openItems: [expect.stringContaining('share of Ana')],
      });
  });

  test('a new round, or a new attempt: what was given before does not count in it', () => {
    const accepted = { type: 'share.accepted', progress: 2, required: 3, shownBy: 'reply' };
    const given = [...ready, intended, accepted];
    const began = { type: 'round.began', progress: 0 };
    expect(foldOf(...given, { ...began, progress: 2 })).toBe('round.began');
    expect(foldOf(...given, began)).toMatchObject({ gave: [], gaveBefore: 1, openItems: [] });
    expect(foldOf(...given, began, began)).toBe('round.began');
    const other = { ...read, nonce: nonceSchema.parse(nonce.replace('2', '3')) };
    expect(foldOf(...given, other)).toMatchObject({ gave: [], gaveBefore: 1, comparedBy: [] });
    const fresh = { type: 'share.reread', found: 'new-round', progress: 0 };
    expect(foldOf(...ready, intended, unknown, fresh, ended)).toMatchObject({ openItems: [] });
  });

  test('a token that is kept holds the record open until it is settled', () => {
    const held = [...ready, intended, kept];
    expect(foldOf(...held, ended)).toBe('part.ended');
    expect(foldOf(...held, handed)).toBe('token.handed');
    const offered = { type: 'token.offered', to: 'Robin' };
    const done = foldOf(...held, { type: 'part.resumed' }, offered, handed, ended);
    expect(done).toMatchObject({ token: undefined, openItems: [], gave: ['Ana'] });
    const forgotten = { type: 'token.forgotten', by: 'Ana', why: 'A new attempt runs' };
    expect(foldOf(...held, forgotten, ended)).toMatchObject({
      openItems: [expect.stringContaining('nobody can read it')],
    });
    expect(foldOf(...ready, { type: 'part.resumed' })).toBe('part.resumed');
  });

  test('is told as what it was', () => {
    const headlineOf = (...events: readonly unknown[]) => {
      const state = foldOf(...events);
      return typeof state === 'string' ? state : partTelling.headline(state);
    };
    expect(headlineOf(...ready, intended, kept)).toContain('waits on a holder’s laptop');
    const accepted = { type: 'share.accepted', progress: 2, required: 3, shownBy: 'reply' };
    expect(headlineOf(...ready, intended, accepted, ended)).toBe(
      '1 share given to Vault on a holder’s laptop.',
    );
    expect(headlineOf(opened, ended)).toBe('The work at the offline desk ended.');
  });
});
