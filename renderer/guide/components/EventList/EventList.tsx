import type { CeremonyEvent, Recorded } from '../../../../shared/ceremony/events.ts';
import { sentenceOf } from '../../../../shared/report/sentences.ts';
import { LineList, type Tone } from './LineList.tsx';

/** The record of a ceremony as people read it. */
export function EventList({ records }: { records: readonly Recorded[] }) {
  return (
    <LineList
      lines={records.map(({ seq, at, event }) => ({
        seq,
        at,
        says: sentenceOf(event),
        tone: toneOf(event),
      }))}
    />
  );
}

function toneOf(event: CeremonyEvent): Tone {
  switch (event.type) {
    case 'attempt.start.failed':
    case 'attempt.key-differs':
    case 'share.refused':
    case 'share.not-counted':
    case 'share.unknown':
    case 'share.elsewhere':
    case 'round.failed':
    case 'attempt.superseded':
    case 'attempt.gone':
    case 'attempt.cancel.failed':
    case 'found.cancel.failed':
    case 'token.decode.failed':
    case 'token.delete.failed':
    case 'token.left':
    case 'token.lost':
    case 'promote.refused':
    case 'promote.unknown':
    case 'primary.alarm':
      return 'trouble';
    case 'note.added':
    case 'deviation.recorded':
      return 'aside';
    case 'promoted':
    case 'token.deleted':
    case 'share.accepted':
      return 'good';
    default:
      return 'plain';
  }
}
