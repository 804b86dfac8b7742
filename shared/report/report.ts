import type { CeremonyEvent, Cluster } from '../ceremony/events.ts';
import { ceremonyKind } from '../ceremony/record-kind.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import type { CeremonyId, Digest } from '../ids.ts';
import type { Entry } from '../transcript/entry.ts';
import type { Deviation } from '../transcript/rules.ts';
import { inWords } from './amounts.ts';
import { utcDay, utcTime } from './instants.ts';
import { closed, outcomeSentences, sentenceOf } from './sentences.ts';
import { peopleNamedIn } from './people.ts';
import { summaryOf, type Fact } from './summary.ts';
import { told, type Telling } from './telling.ts';

/** What goes on paper beside the record itself. */
export interface ReportMeta {
  /** The app that makes the report; the one that made the record is on the record. */
  readonly appVersion: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** What a verifier said of the record, where one was asked. */
  readonly verdict?: string;
}

export interface LogLine {
  readonly seq: number;
  readonly at: string;
  readonly says: string;
  /** For the eye that runs down the page; the sentence says it too. */
  readonly mark: 'deviation' | 'trouble' | undefined;
}

/** A record for people who were not in the room: all text, nothing drawn yet, no secret. */
export interface Report extends ReportMeta {
  readonly id: CeremonyId;
  readonly cluster: Pick<Cluster, 'name' | 'kind'>;
  /** Stands over it: "Record of a key ceremony". */
  readonly title: string;
  /** What it is the record of, in one word: "Ceremony". */
  readonly noun: string;
  readonly recordedWith: string;
  /** One sentence: how it ended. */
  readonly headline: string;
  readonly summary: readonly Fact[];
  readonly deviations: readonly Omit<Deviation, 'line'>[];
  readonly openItems: readonly string[];
  readonly log: readonly LogLine[];
  readonly hashes: readonly { readonly seq: number; readonly at: string; readonly hash: Digest }[];
  readonly head: Digest;
  /** The first eight words of the head, as a witness writes them down. */
  readonly headWords: readonly string[];
}

/** How the record of a ceremony is told. */
export const ceremonyTelling: Telling<CeremonyEvent, CeremonyState> = {
  kind: ceremonyKind,
  title: 'Record of a key ceremony',
  noun: 'Ceremony',
  sentenceOf,
  markOf,
  opening: (event) => (event.type === 'ceremony.opened' ? event : undefined),
  headline: headlineOf,
  summary: (entries, state) => [
    { name: 'What', says: whatSays(state.cluster) },
    { name: 'When', says: whenSays(entries, state.phase === 'ended') },
    ...summaryOf(entries),
  ],
  namedIn: peopleNamedIn,
};

/**
 * A ceremony's record as a report.
 *
 * @param entries the whole record, its hashes checked before.
 * @throws Trouble `journal.tampered` where its events do not follow from one another.
 */
export const reportOf = (entries: readonly Entry<CeremonyEvent>[], meta: ReportMeta): Report =>
  told(ceremonyTelling, entries, meta);

function headlineOf(state: CeremonyState): string {
  const promoted = state.phase === 'aftercare' || (state.phase === 'ended' && state.promoted);
  const ended =
    state.phase === 'ended' ? outcomeSentences[state.outcome] : 'The ceremony has not ended yet.';
  return promoted ? `The secondary was promoted. ${ended}` : ended;
}

const whatSays = ({ name, kind, nodes }: Cluster): readonly string[] => [
  `A key ceremony for a DR operation token, and with it the promotion of the DR secondary ${name}.`,
  kind === 'practice'
    ? 'This was practice: the clusters are inside the app, and no real one was touched.'
    : closed(`Its nodes: ${nodes.join(', ')}`),
];

/** From the first line to the last, for every kind of record. */
export function whenSays(
  entries: readonly { readonly at: string }[],
  ended: boolean,
): readonly string[] {
  const from = entries[0]?.at ?? '';
  const to = entries.at(-1)?.at ?? '';
  const day = utcDay(from) === utcDay(to) ? '' : `${utcDay(to)}, `;
  const length = inWords(Date.parse(to) - Date.parse(from));
  return [
    `${utcDay(from)}, from ${utcTime(from)} to ${day}${utcTime(to)}${ended ? '' : ', the last line so far'} (${length}).`,
  ];
}

function markOf(event: CeremonyEvent): LogLine['mark'] {
  switch (event.type) {
    case 'deviation.recorded':
    case 'found.cancelled':
      return 'deviation';
    case 'attempt.gone':
    case 'attempt.superseded':
    case 'primary.alarm':
    case 'promote.refused':
    case 'promote.unknown':
    case 'round.failed':
    case 'share.elsewhere':
    case 'share.refused':
    case 'share.unknown':
    case 'token.decode.failed':
    case 'token.delete.failed':
    case 'token.left':
    case 'token.lost':
      return 'trouble';
    default:
      return undefined;
  }
}
