import { count } from '../report/amounts.ts';
import { whenSays } from '../report/report.ts';
import type { Telling } from '../report/telling.ts';
import type { PartEvent } from './events.ts';
import { partKind } from './record-kind.ts';
import { partSentence } from './sentences.ts';
import type { PartState } from './state.ts';

/** How the record of a part is told. */
export const partTelling: Telling<PartEvent, PartState> = {
  kind: partKind,
  title: 'Record of a part in a ceremony',
  noun: 'Part',
  sentenceOf: partSentence,
  markOf,
  opening: (event) => (event.type === 'part.opened' ? event : undefined),
  headline: ({ phase, sealedBy, opened }) => {
    if (phase === 'open') return 'The work at the offline desk has not ended yet.';
    if (sealedBy.length > 0)
      return `${count(sealedBy.length, 'share')} sealed at the offline desk.`;
    return opened === undefined
      ? 'The work at the offline desk ended.'
      : `At the offline desk a ${opened === 'token' ? 'DR operation token' : 'key share'} was opened.`;
  },
  summary: (entries, state) => [
    {
      name: 'What',
      says: [
        'What was done at the offline desk of one laptop. The ceremony itself is on the record of the laptop that conducts it.',
        ...(state.cluster.kind === 'practice' ? ['This was practice.'] : []),
      ],
    },
    { name: 'When', says: whenSays(entries, state.phase === 'ended') },
    { name: 'Who', says: [...new Set(entries.flatMap(({ event }) => namedIn(event)))] },
  ],
  namedIn,
};

function namedIn(event: PartEvent): readonly string[] {
  switch (event.type) {
    case 'invitation.read':
      return [event.operator];
    case 'signer.trusted':
      return [event.comparedBy, event.agreedBy];
    case 'share.sealed':
    case 'sealed-share.checked':
      return [event.holder];
    case 'token.sealed':
      return [event.from];
    case 'note.added':
      return [event.by];
    case 'secret.shown':
    case 'otp.shown':
      return [event.to, event.agreedBy];
    default:
      return [];
  }
}

function markOf(event: PartEvent): 'deviation' | 'trouble' | undefined {
  switch (event.type) {
    case 'signer.trusted':
      return 'deviation';
    case 'secret.open.failed':
      return 'trouble';
    case 'secret.opened':
      return event.doubts.length > 0 ? 'trouble' : undefined;
    case 'invitation.read':
      return event.verdict === 'refused' ? 'trouble' : undefined;
    case 'part.ended':
      return event.why === 'interrupted' ? 'trouble' : undefined;
    default:
      return undefined;
  }
}
