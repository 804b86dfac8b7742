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
  headline,
  summary: (entries, state) => [
    {
      name: 'What',
      says: [
        `What was done ${place(state)}. The ceremony itself is on the record of the laptop that conducts it.`,
        ...(state.cluster.kind === 'practice' ? ['This was practice.'] : []),
      ],
    },
    { name: 'When', says: whenSays(entries, state.phase === 'ended') },
    { name: 'Who', says: [...new Set(entries.flatMap(({ event }) => namedIn(event)))] },
  ],
  namedIn,
};

const place = ({ role }: Pick<PartState, 'role'>): string =>
  role === 'holder' ? 'on a holder’s laptop' : 'at the offline desk of one laptop';

/** How far it came, in one sentence. */
function headline(state: PartState): string {
  const { role, phase, sealedBy, token, opened } = state;
  const gave = state.gave.length + state.gaveBefore;
  const here = role === 'holder' ? 'on a holder’s laptop' : 'at the offline desk';
  if (token) return `An encoded token waits ${here} to be handed to ${token.invitation.operator}.`;
  if (phase === 'open') return `The work ${here} has not ended yet.`;
  const done = [
    ...(gave > 0 ? [`${count(gave, 'share')} given to Vault`] : []),
    ...(sealedBy.length > 0 ? [`${count(sealedBy.length, 'share')} sealed`] : []),
  ];
  if (done.length > 0) return `${done.join(' and ')} ${here}.`;
  return opened === undefined
    ? `The work ${here} ended.`
    : `At the offline desk a ${opened === 'token' ? 'DR operation token' : 'key share'} was opened.`;
}

function namedIn(event: PartEvent): readonly string[] {
  switch (event.type) {
    case 'invitation.read':
      return [event.operator];
    case 'signer.trusted':
      return [event.comparedBy, event.agreedBy];
    case 'share.sealed':
    case 'sealed-share.checked':
    case 'words.compared':
    case 'share.intended':
      return [event.holder];
    case 'token.sealed':
      return [event.from];
    case 'note.added':
    case 'token.forgotten':
      return [event.by];
    case 'token.offered':
      return [event.to];
    case 'token.handed':
      return [event.to, event.by];
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
    case 'share.refused':
    case 'share.unknown':
    case 'round.began':
    case 'token.kept':
    case 'token.forgotten':
    case 'token.missing':
    case 'part.resumed':
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
