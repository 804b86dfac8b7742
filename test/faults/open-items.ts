import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import { fold } from '../../shared/ceremony/fold.ts';

const at = '2026-11-23T03:00:00.000Z';

/** What somebody still has to see to, as the state lists it after these events. */
export function openItemsOf(events: readonly CeremonyEvent[]): readonly string[] {
  const folded = fold(events.map((event, place) => ({ seq: place + 1, at, event })));
  return folded.ok ? folded.state.openItems : [];
}
