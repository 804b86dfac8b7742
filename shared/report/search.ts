/** What a list of records can be searched by. */
export interface Findable {
  readonly cluster: string;
  readonly people: readonly string[];
  /** When it was opened, as an instant and as the list shows it. */
  readonly openedAt: string;
  readonly shownAt: string;
}

/**
 * Whether every word of a search is found in a record's cluster, people or date. Case, accents and
 * width make no difference; a search of nothing finds everything.
 */
export function finds(search: string, record: Findable): boolean {
  const text = plain(
    [record.cluster, ...record.people, record.openedAt.slice(0, 10), record.shownAt].join('\n'),
  );
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const plain = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
