import type { AttemptSeen } from '../../shared/contract/holder.ts';
import type { NodeAddress, ProfileId } from '../../shared/ids.ts';
import type { PinnedProfile } from '../../shared/offline/match-profile.ts';
import { problemOf } from '../../shared/problem.ts';
import type { Connection } from '../vault/connection.ts';
import { leadingNode, seeAttempt, stillLeads, type Route, type Seen } from './see-attempt.ts';

/** Where the attempt of an invitation lives, and what Vault said last of it. */
export class Lookout {
  readonly #connect: (profile: ProfileId) => Promise<Connection>;
  #seen: AttemptSeen | undefined;
  /** The one that led at the last look. */
  #node: NodeAddress | undefined;

  constructor(connect: (profile: ProfileId) => Promise<Connection>) {
    this.#connect = connect;
  }

  get seen(): AttemptSeen | undefined {
    return this.#seen;
  }

  saw(seen: Seen): void {
    this.#seen = seen;
  }

  /** What kept the attempt from being read stands where a reading would. */
  failed(thrown: unknown): void {
    this.#node = undefined;
    this.#seen = { state: 'failed', at: new Date().toISOString(), problem: problemOf(thrown) };
  }

  /** @throws Trouble with what keeps the attempt from being read. */
  async look(route: Route): Promise<Seen> {
    const seen = await this.at(route, (connection, node) => seeAttempt(connection, node, route));
    this.saw(seen);
    return seen;
  }

  /** Does something at the node that leads now. @throws Trouble where none can be found. */
  async at<T>(
    { profile }: Pick<Route, 'profile'>,
    work: (connection: Connection, node: NodeAddress) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#connect(profile.id);
    try {
      return await work(connection, await this.#leading(connection, profile));
    } finally {
      connection.close();
    }
  }

  forget(): void {
    this.#seen = undefined;
    this.#node = undefined;
  }

  async #leading(connection: Connection, profile: PinnedProfile): Promise<NodeAddress> {
    const before = this.#node;
    if (before && (await stillLeads(connection, before).catch(() => false))) return before;
    this.#node = await leadingNode(connection, profile);
    return this.#node;
  }
}
