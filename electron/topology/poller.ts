import type { NodeAddress, ProfileId } from '../../shared/ids.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Depth, NodeReading, SiteReading } from '../../shared/topology/reading.ts';
import { addressesOf, siteOf } from '../../shared/topology/site.ts';
import type { Connection } from '../vault/connection.ts';
import { Gate } from './gate.ts';
import { News } from './news.ts';
import { usualPace, waitBefore, type Pace } from './pace.ts';
import { SiteWatch } from './site-watch.ts';

export interface PollerOptions {
  /** @throws Trouble `profile.unknown`, `practice.not-running`. */
  readonly profile: (id: ProfileId) => Profile;
  readonly connect: (id: ProfileId, how: { readonly timeoutMs: number }) => Promise<Connection>;
  /** Hears of new readings in batches, at most once in `newsGapMs`. */
  readonly tell: (sites: readonly SiteReading[]) => void;
  readonly limits?: Partial<PollerLimits>;
}

export interface PollerLimits {
  readonly pace: Pace;
  /** Nodes asked at the same time; each has one connection open. */
  readonly atOnce: number;
  /** So many of these are for nodes that answered the last time. */
  readonly forAnswering: number;
  /** For each call to a node. Milliseconds. */
  readonly patienceMs: number;
  readonly newsGapMs: number;
}

const usualLimits: PollerLimits = {
  pace: usualPace,
  atOnce: 24,
  forAnswering: 8,
  patienceMs: 4_000,
  newsGapMs: 500,
};

export interface Wanted {
  readonly profileId: ProfileId;
  readonly depth: Depth;
}

/**
 * Looks at the sites that are on the screen, and at no other: it starts with nothing wanted, and
 * contacts a site only after `watch` named it. Only reads, without a token. Needs no window.
 */
export class Poller {
  readonly #options: PollerOptions;
  readonly #limits: PollerLimits;
  readonly #gate: Gate;
  readonly #news: News;
  readonly #watched = new Map<ProfileId, { watch: SiteWatch; nodes: number }>();
  /** Outlives the watching, so that "since" and "last seen" stay true while another screen is open. */
  readonly #readings = new Map<ProfileId, Map<NodeAddress, NodeReading>>();
  readonly #problems = new Map<ProfileId, Problem>();
  #wanted: readonly Wanted[] = [];
  #paused = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#limits = { ...usualLimits, ...options.limits };
    this.#gate = new Gate(this.#limits.atOnce, this.#limits.forAnswering);
    this.#news = new News(options.tell, this.#limits.newsGapMs);
  }

  /** From now on exactly these sites are looked at. Gives what is known of them already. */
  watch(wanted: readonly Wanted[]): readonly SiteReading[] {
    this.#wanted = wanted;
    this.#adjust();
    return wanted.map(({ profileId }) => this.reading(profileId));
  }

  /** Looks at these sites at once, without waiting for their turn. Those not watched are left alone. */
  lookNow(ids: readonly ProfileId[]): void {
    for (const id of ids) {
      if (this.#problems.has(id)) this.#end(id);
      else this.#watched.get(id)?.watch.wake();
    }
    this.#adjust();
  }

  /** What is known of a site, from this run of the app. Asks nobody. */
  reading(profileId: ProfileId): SiteReading {
    const problem = this.#problems.get(profileId);
    const nodes = [...(this.#readings.get(profileId)?.values() ?? [])];
    return { profileId, ...(problem ? { problem } : {}), nodes };
  }

  /** Looks at nothing until `resume`: the screen is locked, or the machine goes to sleep. */
  pause(): void {
    this.#paused = true;
    this.#adjust();
  }

  resume(): void {
    this.#paused = false;
    this.#adjust();
  }

  /** Looks at nothing any more, until `watch` is called again. */
  stop(): void {
    this.watch([]);
    this.#news.drop();
  }

  #adjust(): void {
    const wanted = new Map(
      this.#paused ? [] : this.#wanted.map(({ profileId, depth }) => [profileId, depth]),
    );
    for (const id of [...this.#watched.keys()]) if (!wanted.has(id)) this.#end(id);
    for (const [id, depth] of wanted) {
      const running = this.#watched.get(id)?.watch;
      if (running === undefined) this.#begin(id, depth);
      else if (running.depth !== depth) {
        running.depth = depth;
        running.wake();
      }
    }
  }

  #begin(id: ProfileId, depth: Depth): void {
    this.#problems.delete(id);
    const nodes = this.#addressesOf(id);
    if (nodes === undefined) return;
    // The profile may have been edited: what is no longer part of it is forgotten.
    const kept = [...(this.#readings.get(id) ?? [])].filter(([node]) => nodes.includes(node));
    const readings = new Map(kept);
    this.#readings.set(id, readings);
    const watch = new SiteWatch(id, nodes, depth, {
      gate: this.#gate,
      connect: (profileId) =>
        this.#options.connect(profileId, { timeoutMs: this.#limits.patienceMs }),
      waitAfter: (failures) =>
        waitBefore(this.#limits.pace, { failures, watched: this.#nodesWatched() }),
      lastReading: (node) => readings.get(node),
      onReading: (reading) => {
        readings.set(reading.node, reading);
        this.#news.add({ profileId: id, nodes: [reading] });
      },
      onProblem: (problem) => this.#trouble(id, problem),
    });
    this.#watched.set(id, { watch, nodes: nodes.length });
  }

  #addressesOf(id: ProfileId): readonly NodeAddress[] | undefined {
    try {
      return addressesOf(siteOf(this.#options.profile(id)));
    } catch (thrown) {
      this.#trouble(id, problemOf(thrown));
      return undefined;
    }
  }

  #trouble(profileId: ProfileId, problem: Problem): void {
    this.#problems.set(profileId, problem);
    this.#news.add({ profileId, problem, nodes: [] });
  }

  #end(id: ProfileId): void {
    this.#watched.get(id)?.watch.stop();
    this.#watched.delete(id);
  }

  #nodesWatched(): number {
    return [...this.#watched.values()].reduce((sum, { nodes }) => sum + nodes, 0);
  }
}
