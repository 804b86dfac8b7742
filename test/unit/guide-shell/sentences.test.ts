import { describe, expect, test } from 'vitest';
import { sentenceOf } from '../../../shared/report/sentences.ts';
import { eventSchema, type CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { fold } from '../../../shared/ceremony/fold.ts';
import { everyEvent, record, wholeCeremony } from '../../fakes/events.ts';
import { recordsOf, scenes } from '../../preview/scenes.ts';

/** Any state will do: the events take their counts from it. */
function startOf([first]: typeof scenes) {
  const folded = first && fold(recordsOf(first, new Date(0)));
  if (!folded?.ok) throw new Error('The first scene does not fold.');
  return folded.state;
}

const events: readonly CeremonyEvent[] = [
  ...everyEvent(startOf(scenes), 1),
  ...scenes.flatMap((scene) => recordsOf(scene, new Date(0)).map(({ event }) => event)),
  ...[
    { type: 'otp.shown', to: 'Robin', agreedBy: 'Wanda' },
    { type: 'otp.restored', by: 'Robin' },
    { type: 'share.elsewhere.named', means: 'with the CLI.', by: 'Robin' },
    { type: 'share.accepted', progress: 2, shownBy: 'status' },
    { type: 'share.accepted', progress: 2, shownBy: 'duplicate' },
    { type: 'share.not-counted' },
    { type: 'attempt.returned', progress: 2 },
    { type: 'token.lost', why: 'The OTP is gone.' },
    { type: 'note.added', by: 'Robin', note: 'A holder arrives at four.' },
    { type: 'deviation.recorded', what: 'Step 4 came before 3', why: 'Door', agreedBy: 'Wanda' },
    { type: 'interrupted', what: 'suspend' },
    { type: 'resumed', sentence: 'The same attempt is still open.', tornBytes: 1 },
  ].map((event) => eventSchema.parse(event)),
];

const whole = fold(wholeCeremony.map((event, place) => record(place + 1, event)));
if (!whole.ok) throw new Error(whole.reason);
const every = everyEvent(whole.state, 4);
const nonce = '2dbd10f1-8528-6246-09e7-82b25b8aba63';

describe('each event as a sentence', () => {
  test.each(events.map((event) => [event.type, event] as const))('%s', (_, event) => {
    const sentence = sentenceOf(event);
    expect(sentence).toMatch(/^\p{L}/u);
    expect(sentence).toMatch(/[.!?]$/);
    expect(sentence).not.toMatch(/undefined|\[object|NaN|\.\.|!|\bplease\b|\bwe\b/i);
  });

  test('says what people typed and adds the full stop they left out', () => {
    const said = (what: string) =>
      sentenceOf({ type: 'deviation.recorded', what, why: 'The door was locked.', agreedBy: 'W' });
    expect(said('Step 4 came before 3')).toBe(said('Step 4 came before 3.'));
    expect(said('Step 4 came before 3')).toContain('Step 4 came before 3. Why:');
  });

  test('there is one for every type of event', () => {
    const types = eventSchema.options.map(({ shape }) => shape.type.value);
    expect([...new Set([...events, ...every].map(({ type }) => type))].sort()).toEqual(
      [...types].sort(),
    );
    for (const event of every) expect(sentenceOf(event)).toMatch(/^[\p{L}\d].*[.!?][”"]?$/su);
  });

  test('a full stop is never doubled, whoever set the first', () => {
    const ends = ['it broke.', 'it broke', 'he said "stop."', 'why?', 'so (as agreed).', 'late. '];
    for (const said of ends)
      for (const event of [
        { type: 'note.added', by: 'Robin Jr.', note: said },
        { type: 'token.lost', why: said },
        { type: 'token.deleted', how: 'revoke-self', proof: said },
        { type: 'resumed', sentence: said },
        { type: 'promote.accepted', warnings: [said, said] },
        { type: 'found.cancelled', nonce, by: 'Robin Jr.', why: said },
      ].map((draft) => eventSchema.parse(draft)))
        expect(sentenceOf(event)).toMatch(/^[^.]*(\.(?!["”)]?\.)[^.]*)*[.?]["”)]*$/);
  });

  test('a doubt about the token is told in words', () => {
    for (const doubt of ['not-printable', 'unknown-prefix', 'from-a-newer-version'])
      expect(sentenceOf({ type: 'token.decoded', doubts: [doubt] })).not.toContain(doubt);
  });

  test('a share counted by its progress alone does not read like a reply', () => {
    const [reply, status] = (['reply', 'status'] as const).map((shownBy) =>
      sentenceOf({ type: 'share.accepted', progress: 2, shownBy }),
    );
    expect(status).not.toBe(reply);
    expect(status).toContain('the reply was lost');
  });
});
