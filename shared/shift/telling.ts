import { count } from '../report/amounts.ts';
import { whenSays } from '../report/report.ts';
import type { Telling } from '../report/telling.ts';
import type { Entry } from '../transcript/entry.ts';
import type { ShiftEvent } from './events.ts';
import { shiftKind } from './record-kind.ts';
import { shiftSentence } from './sentences.ts';
import type { ShiftState } from './state.ts';

/** How the record of a shift is told. */
export const shiftTelling: Telling<ShiftEvent, ShiftState> = {
  kind: shiftKind,
  title: 'Record of a shift with batch tokens',
  noun: 'Shift',
  sentenceOf: shiftSentence,
  markOf,
  opening: (event) => (event.type === 'shift.opened' ? event : undefined),
  headline({ phase, operator, handedTo }) {
    if (phase === 'open') return `The shift of ${operator} has not ended yet.`;
    return handedTo === undefined
      ? `The shift of ${operator} ended. Nobody went on.`
      : `The shift of ${operator} was handed over to ${handedTo}.`;
  },
  summary: (entries, state) => [
    {
      name: 'What',
      says: [
        `A shift for ${state.cluster.name}: the DR operation batch tokens with which its DR secondary can be promoted.`,
        ...(state.cluster.kind === 'practice'
          ? ['This was practice: no real one was touched.']
          : []),
      ],
    },
    { name: 'When', says: whenSays(entries, state.phase === 'ended') },
    { name: 'Who', says: [...new Set(entries.flatMap(({ event }) => namedIn(event)))] },
    { name: 'Batch tokens', says: tokensSay(entries, state) },
  ],
  namedIn,
};

function tokensSay(entries: readonly Entry<ShiftEvent>[], state: ShiftState): readonly string[] {
  const told = entries.flatMap(({ event }) => {
    switch (event.type) {
      case 'batch.issued':
      case 'batch.issue.failed':
      case 'batch.pasted':
      case 'batch.expired':
      case 'batch.forgotten':
      case 'batch.missing':
        return [shiftSentence(event)];
      default:
        return [];
    }
  });
  const left = `${count(state.tokens.length, 'token')} in the keychain at the last line.`;
  return told.length > 12
    ? [...told.slice(0, 12), 'More in the log below.', left]
    : [...told, left];
}

function namedIn(event: ShiftEvent): readonly string[] {
  switch (event.type) {
    case 'shift.opened':
      return [event.operator];
    case 'setup.write.intended':
    case 'batch.issue.intended':
    case 'batch.pasted':
    case 'batch.forgotten':
    case 'note.added':
      return [event.by];
    case 'shift.ended':
      return event.to === undefined ? [event.by] : [event.by, event.to];
    default:
      return [];
  }
}

function markOf(event: ShiftEvent): 'trouble' | undefined {
  switch (event.type) {
    case 'setup.write.failed':
    case 'batch.issue.failed':
    case 'batch.missing':
    case 'batch.expired':
      return 'trouble';
    case 'setup.checked':
      return event.differences.length > 0 ? 'trouble' : undefined;
    case 'batch.checked':
      return event.doubts.length > 0 ? 'trouble' : undefined;
    case 'batch.tried':
      return event.result === 'accepted' ? undefined : 'trouble';
    default:
      return undefined;
  }
}
