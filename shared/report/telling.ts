import type { Cluster } from '../ceremony/events.ts';
import type { CeremonyId } from '../ids.ts';
import { Trouble } from '../problem.ts';
import { toWords } from '../codec/words.ts';
import type { Entry } from '../transcript/entry.ts';
import type { RecordKind } from '../transcript/kind.ts';
import type { Stands } from '../transcript/rules.ts';
import type { LogLine, Report, ReportMeta } from './report.ts';
import { closed } from './sentences.ts';
import type { Fact } from './summary.ts';

/** How one kind of record is told to people who were not there. */
export interface Telling<E, S extends Stands> {
  readonly kind: RecordKind<E, S>;
  /** Stands over the report: "Record of a key ceremony". */
  readonly title: string;
  /** What it is the record of, in one word with a capital: "Ceremony". */
  readonly noun: string;
  /** One event as one or two sentences. */
  sentenceOf(event: E): string;
  markOf(event: E): LogLine['mark'];
  /** The opening event's own part; `undefined` for every other event. */
  opening(event: E):
    | {
        readonly id: CeremonyId;
        readonly cluster: Pick<Cluster, 'name' | 'kind'>;
        readonly appVersion: string;
      }
    | undefined;
  /** One sentence: how it ended. */
  headline(state: S): string;
  summary(entries: readonly Entry<E>[], state: S): readonly Fact[];
  /** Whom an event names. */
  namedIn(event: E): readonly string[];
}

/**
 * What a list of entries adds up to by the rules of its kind.
 *
 * @throws Trouble `journal.tampered` where they do not follow from one another.
 */
export function foldOf<E, S extends Stands>(
  kind: Pick<RecordKind<E, S>, 'apply'>,
  entries: readonly Entry<E>[],
): S {
  let state: S | undefined;
  for (const entry of entries) {
    const step = kind.apply(state, entry);
    if (!step.ok) throw doesNotFollow(entry.seq, step.reason);
    state = step.state;
  }
  if (state === undefined) throw doesNotFollow(1, 'It is empty.');
  return state;
}

/**
 * A record of any kind as a report.
 *
 * @param entries the whole record, its hashes checked before.
 * @throws Trouble `journal.tampered` where its events do not follow from one another.
 */
export function told<E, S extends Stands>(
  telling: Telling<E, S>,
  entries: readonly Entry<E>[],
  meta: ReportMeta,
): Report {
  const state = foldOf(telling.kind, entries);
  const first = entries[0];
  const last = entries.at(-1);
  const opening = first === undefined ? undefined : telling.opening(first.event);
  if (opening === undefined || last === undefined) throw doesNotFollow(1, 'It is not an opening.');
  const { id, cluster, appVersion } = opening;
  return {
    ...meta,
    id,
    cluster,
    title: telling.title,
    noun: telling.noun,
    recordedWith: appVersion,
    headline: telling.headline(state),
    summary: telling.summary(entries, state),
    deviations: state.deviations.map((deviation) => ({ ...deviation })),
    openItems: state.openItems,
    log: entries.map(({ seq, at, event }) => ({
      seq,
      at,
      says: closed(telling.sentenceOf(event)),
      mark: telling.markOf(event),
    })),
    hashes: entries.map(({ seq, at, hash }) => ({ seq, at, hash })),
    head: last.hash,
    headWords: toWords(last.hash).slice(0, 8),
  };
}

/** Everybody whom a record names, each once, in the order in which they come up. */
export const peopleIn = <E, S extends Stands>(
  { namedIn }: Pick<Telling<E, S>, 'namedIn'>,
  entries: readonly Entry<E>[],
): readonly string[] => [...new Set(entries.flatMap(({ event }) => namedIn(event)))];

const doesNotFollow = (seq: number, reason: string): Trouble =>
  new Trouble({
    code: 'journal.tampered',
    known: `Line ${seq} of the record cannot follow the lines before it. ${reason}`,
    safe: 'The record was left as it is.',
    next: 'Keep the file for whoever looks into it.',
  });
