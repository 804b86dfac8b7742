import { expect, test } from 'vitest';
import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { apply, fold } from '../../../shared/ceremony/fold.ts';
import { record } from '../../fakes/events.ts';
import { recordsOf, scenes } from '../../preview/scenes.ts';

/* With a batch token there are no shares, and the second person is asked for the same factor. */
const scene = scenes.find(({ name }) => name === 'way-arm');
if (!scene) throw new Error('no scene');

test('a wrong PIN is counted before a batch token promotes, as before any other promote', () => {
  const before = recordsOf(scene, new Date(0)).map(({ event }) => event);
  const armed = recordsOf(
    scenes.find(({ name }) => name === 'way-armed') ?? scene,
    new Date(0),
  ).slice(before.length);
  const events: CeremonyEvent[] = [
    ...before,
    { type: 'pin.set', person: 'Wanda' },
    ...armed.map(({ event }) => event),
  ];
  const folded = fold(events.map((event, place) => record(place + 1, event)));
  if (!folded.ok) throw new Error(folded.reason);
  expect(folded.state.phase).toBe('armed');
  const next = apply(
    folded.state,
    record(events.length + 1, { type: 'pin.refused', person: 'Wanda' }),
  );
  expect(next).toMatchObject({ ok: true, state: { pin: { person: 'Wanda', refused: 1 } } });
});
