import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OtherRecordLine, ToldRecord } from '../../shared/contract/other-records.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import type { Report, ReportMeta } from '../../shared/report/report.ts';
import { foldOf, peopleIn, told, type Telling } from '../../shared/report/telling.ts';
import type { Entry } from '../../shared/transcript/entry.ts';
import type { Stands } from '../../shared/transcript/rules.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { JournalStore, ListedJournal } from '../transcript/store.ts';
import { notRemoved, otherName } from './record-trouble.ts';

/** The records of one kind, as the Records screen uses them, whatever their events are. */
export interface Shelf {
  readonly store: Pick<JournalStore<unknown>, 'folder' | 'read'>;
  readonly signatures: RecordSignatures;
  list(): Promise<readonly OtherRecordLine[]>;
  has(id: CeremonyId): Promise<boolean>;
  /** @throws Trouble `journal.*`. */
  read(id: CeremonyId): Promise<ToldRecord>;
  /** @throws Trouble `journal.*`. */
  report(id: CeremonyId, meta: ReportMeta): Promise<Report>;
  /**
   * Removes a record that has ended, for good.
   *
   * @param typed its cluster's name, as the person typed it.
   * @throws Trouble `rule.not-now`, `input.invalid`, `journal.write-failed`.
   */
  remove(id: CeremonyId, typed: string): Promise<void>;
}

export interface ShelfOptions<E, S extends Stands> {
  readonly telling: Telling<E, S>;
  readonly store: JournalStore<E>;
  readonly signatures: RecordSignatures;
}

/** A kind of record with its store, its events' types closed over. */
export function shelfOf<E, S extends Stands>(options: ShelfOptions<E, S>): Shelf {
  const { telling, store, signatures } = options;
  const entriesOf = async (id: CeremonyId) => (await store.read(id)).entries;
  const read = async (id: CeremonyId): Promise<ToldRecord> => {
    const entries = await entriesOf(id);
    const state = foldOf(telling.kind, entries);
    const report = told(telling, entries, { appVersion: '', madeAt: entries[0]?.at ?? '' });
    return {
      id,
      title: report.title,
      noun: report.noun,
      cluster: report.cluster.name,
      practice: report.cluster.kind === 'practice',
      headline: report.headline,
      ended: telling.kind.outcome(state) !== undefined,
      openItems: [...report.openItems],
      lines: report.log.map(({ mark, ...line }) => (mark ? { ...line, mark } : line)),
    };
  };
  return {
    store,
    signatures,
    list: async () => (await store.list()).map((journal) => lineOf(telling, journal)).reverse(),
    has: async (id) => (await store.list()).some((journal) => journal.id === id),
    read,
    report: async (id, meta) => told(telling, await entriesOf(id), meta),
    async remove(id, typed) {
      const { ended, cluster } = await read(id);
      if (!ended) throw notEnded;
      if (typed !== cluster) throw otherName;
      await store.close(id);
      try {
        await rm(join(store.folder, `${id}.jsonl`));
        await rm(join(store.folder, `${id}.signatures.jsonl`), { force: true });
      } catch {
        throw notRemoved;
      }
    },
  };
}

function lineOf<E, S extends Stands>(
  telling: Telling<E, S>,
  journal: ListedJournal<E>,
): OtherRecordLine {
  const name = `${journal.id}.jsonl`;
  if (!journal.readable) return { kind: 'unreadable', name, reason: journal.problem.known };
  try {
    return readableLine(telling, journal.id, journal.entries);
  } catch (thrown) {
    return { kind: 'unreadable', name, reason: problemOf(thrown).known };
  }
}

function readableLine<E, S extends Stands>(
  telling: Telling<E, S>,
  id: CeremonyId,
  entries: readonly Entry<E>[],
): OtherRecordLine {
  const first = entries[0];
  const state = foldOf(telling.kind, entries);
  const opening = first === undefined ? undefined : telling.opening(first.event);
  if (first === undefined || opening === undefined) throw new Trouble(notAnOpening);
  return {
    kind: 'readable',
    id,
    noun: telling.noun,
    cluster: opening.cluster.name,
    practice: opening.cluster.kind === 'practice',
    openedAt: first.at,
    lastAt: entries.at(-1)?.at ?? first.at,
    headline: telling.headline(state),
    ended: telling.kind.outcome(state) !== undefined,
    openItems: state.openItems.length,
    people: [...peopleIn(telling, entries)],
  };
}

const notAnOpening = {
  code: 'journal.tampered',
  known: 'It does not begin with an opening.',
  safe: 'The file was left as it is.',
  next: 'Keep the file for whoever looks into it.',
} as const;

const notEnded = new Trouble({
  code: 'rule.not-now',
  known: 'This record has not ended: it is still written to.',
  safe: 'Nothing was deleted.',
  next: 'End what it is about first.',
});
