import type { Recorded } from '../../../shared/ceremony/events.ts';
import { apply, fold, type Folded } from '../../../shared/ceremony/fold.ts';

/** The records of one ceremony as they arrive, in order, each once, with what they add up to. */
export interface RecordBook {
  readonly records: readonly Recorded[];
  /** Absent while no record is known. */
  readonly folded: Folded | undefined;
  /** A number is missing between two records: the journal is read again before anything is believed. */
  readonly gap: boolean;
}

export const emptyBook: RecordBook = { records: [], folded: undefined, gap: false };

/** Adds records, in any order and as often as they come. The next in line is folded alone. */
export function take(book: RecordBook, incoming: readonly Recorded[]): RecordBook {
  const seen = new Set(book.records.map((record) => record.seq));
  const fresh = incoming.filter(({ seq }) => !seen.has(seq) && seen.add(seq));
  if (fresh.length === 0) return book;

  const [only, ...more] = fresh;
  const last = book.records.at(-1);
  if (only && more.length === 0 && last && !book.gap && only.seq === last.seq + 1)
    return { ...book, records: [...book.records, only], folded: next(book.folded, only) };

  const records = [...book.records, ...fresh].sort((a, b) => a.seq - b.seq);
  return { records, folded: fold(records), gap: hasGap(records) };
}

function next(folded: Folded | undefined, record: Recorded): Folded {
  if (folded && !folded.ok) return folded;
  const step = apply(folded?.state, record);
  return step.ok
    ? { ok: true, state: step.state }
    : { ok: false, seq: record.seq, reason: step.reason };
}

/** A journal starts with `ceremony.opened` and counts on from there. */
const hasGap = (records: readonly Recorded[]): boolean =>
  records[0]?.event.type !== 'ceremony.opened' ||
  records.some((record, place) => record.seq !== (records[0]?.seq ?? 0) + place);
