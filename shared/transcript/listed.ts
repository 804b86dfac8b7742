/** The first so many of a list and how many there are: a hostile file cannot make a report grow without end. */
export interface Listed<T> {
  readonly total: number;
  readonly first: readonly T[];
}

/** How many of each list a report shows. */
export const longestList = 200;

/** Collects a list of any length in bounded memory. */
export class Collector<T> implements Listed<T> {
  total = 0;
  readonly first: T[] = [];

  add(item: T): void {
    this.total += 1;
    if (this.first.length < longestList) this.first.push(item);
  }

  listed(): Listed<T> {
    return { total: this.total, first: this.first };
  }
}
