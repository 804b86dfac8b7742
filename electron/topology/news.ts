import type { ProfileId } from '../../shared/ids.ts';
import { mergeReadings, type SiteReading } from '../../shared/topology/reading.ts';

/**
 * Collects what is new and tells it in batches: however many nodes there are, the windows hear of
 * them at most once in `gapMs`.
 */
export class News {
  readonly #tell: (sites: readonly SiteReading[]) => void;
  readonly #gapMs: number;
  readonly #untold = new Map<ProfileId, SiteReading>();
  #timer: NodeJS.Timeout | undefined;
  #lastTold = -Infinity;

  constructor(tell: (sites: readonly SiteReading[]) => void, gapMs: number) {
    this.#tell = tell;
    this.#gapMs = gapMs;
  }

  add(news: SiteReading): void {
    this.#untold.set(news.profileId, mergeReadings(this.#untold.get(news.profileId), news));
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#lastTold + this.#gapMs - performance.now());
    this.#timer = setTimeout(() => this.#flush(), wait);
  }

  /** What was not told yet is dropped. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#untold.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    this.#lastTold = performance.now();
    const sites = [...this.#untold.values()];
    this.#untold.clear();
    this.#tell(sites);
  }
}
