import type { Recorded } from '../../../../../shared/ceremony/events.ts';

/** What was said when the ceremony was taken up again, as long as nothing has happened since. */
export function resumedSentence(
  records: readonly Recorded[],
): { at: string; sentence: string } | undefined {
  for (const { at, event } of records.toReversed()) {
    switch (event.type) {
      case 'resumed':
        return { at, sentence: event.sentence };
      case 'interrupted':
      case 'note.added':
      case 'deviation.recorded':
      case 'watch.observed':
        continue;
      default:
        return undefined;
    }
  }
  return undefined;
}
