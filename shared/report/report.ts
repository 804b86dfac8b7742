import type { CeremonyEvent, Cluster } from '../ceremony/events.ts';
import { fold } from '../ceremony/fold.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { toWords } from '../codec/words.ts';
import type { CeremonyId, Digest } from '../ids.ts';
import { Trouble } from '../problem.ts';
import type { Entry } from '../transcript/entry.ts';
import { inWords } from './amounts.ts';
import { utcDay, utcTime } from './instants.ts';
import { closed, outcomeSentences, sentenceOf } from './sentences.ts';
import { summaryOf, type Fact } from './summary.ts';

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
  readonly recordedWith: string;
  /** One sentence: how it ended. */
  readonly headline: string;
  readonly summary: readonly Fact[];
  readonly deviations: CeremonyState['deviations'];
  readonly openItems: readonly string[];
  readonly log: readonly LogLine[];
  readonly hashes: readonly { readonly seq: number; readonly at: string; readonly hash: Digest }[];
  readonly head: Digest;
  /** The first eight words of the head, as a witness writes them down. */
  readonly headWords: readonly string[];
}

/**
 * A record as a report.
 *
 * @param entries the whole record, its hashes checked before.
 * @throws Trouble `journal.tampered` where its events do not follow from one another.
 */
export function reportOf(entries: readonly Entry<CeremonyEvent>[], meta: ReportMeta): Report {
  const opened = entries[0];
  const last = entries.at(-1);
  const folded = fold(entries);
  if (!folded.ok) throw doesNotFollow(folded.seq, folded.reason);
  if (opened?.event.type !== 'ceremony.opened' || !last)
    throw doesNotFollow(1, 'It is not an opening.');
  const { state } = folded;
  return {
    ...meta,
    id: state.id,
    cluster: state.cluster,
    recordedWith: opened.event.appVersion,
    headline: headlineOf(state),
    summary: [
      { name: 'What', says: whatSays(state.cluster) },
      { name: 'When', says: whenSays(opened.at, last.at, state.phase === 'ended') },
      ...summaryOf(entries),
    ],
    deviations: state.deviations,
    openItems: state.openItems,
    log: entries.map(({ seq, at, event }) => ({
      seq,
      at,
      says: closed(sentenceOf(event)),
      mark: markOf(event),
    })),
    hashes: entries.map(({ seq, at, hash }) => ({ seq, at, hash })),
    head: last.hash,
    headWords: toWords(last.hash).slice(0, 8),
  };
}

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

function whenSays(from: string, to: string, ended: boolean): readonly string[] {
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

const doesNotFollow = (seq: number, reason: string): Trouble =>
  new Trouble({
    code: 'journal.tampered',
    known: `Line ${seq} of the record cannot follow the lines before it. ${reason}`,
    safe: 'The record was left as it is.',
    next: 'Keep the file for whoever looks into it.',
  });
