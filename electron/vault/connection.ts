import { Trouble } from '../../shared/problem.ts';
import type { Digest, NodeAddress } from '../../shared/ids.ts';
import type { Profile } from '../../shared/profile.ts';
import { ClockWitness } from './clock.ts';
import { VaultNode } from './node.ts';
import { hostAndPort, proxyAddress, type Route } from './route.ts';
import { authoritiesOf, secureContextOf, type ClientCertificate } from './tls-material.ts';

export type { ClientCertificate } from './tls-material.ts';
export type { PeerInfo } from './peer.ts';
export type { VaultNode } from './node.ts';

/** What of a profile it takes to reach its nodes. */
export type ConnectionProfile = Pick<
  Profile,
  'nodes' | 'primaryNodes' | 'namespace' | 'proxy' | 'tls' | 'pins'
>;

export interface ConnectionOptions {
  /** In place of the profile's files: the practice clusters make theirs in memory. */
  readonly clientCertificate?: ClientCertificate;
  /** For each call, from the name look-up to the last byte. Milliseconds; 30,000 unless told. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  /** Expired leaves that two people trust for one ceremony: each for one node, for its dates only. */
  readonly trusted?: readonly { readonly node: NodeAddress; readonly leaf: Digest }[];
}

/** The way to one cluster's nodes, and to no other host. Holds no open socket between calls. */
export class Connection {
  readonly #nodes: ReadonlyMap<NodeAddress, VaultNode>;
  readonly #closed: AbortController;

  private constructor(nodes: ReadonlyMap<NodeAddress, VaultNode>, closed: AbortController) {
    this.#nodes = nodes;
    this.#closed = closed;
  }

  /**
   * Reads the profile's CA, client certificate and key, and checks them. Connects to nothing yet.
   * @throws Trouble `profile.invalid`, naming what cannot be used and why.
   */
  static async open(
    profile: ConnectionProfile,
    options: ConnectionOptions = {},
  ): Promise<Connection> {
    const secureContext = await secureContextOf(profile.tls, options.clientCertificate);
    const proxy = profile.proxy === undefined ? undefined : proxyAddress(profile.proxy);
    const hasClientCertificate =
      options.clientCertificate !== undefined || profile.tls.clientCertFile !== undefined;
    const clock = new ClockWitness(options.now ?? (() => new Date()));
    const closed = new AbortController();
    const trusted = options.trusted ?? [];
    const authorities = trusted.length === 0 ? [] : await authoritiesOf(profile.tls);
    const known = [...new Set([...profile.nodes, ...profile.primaryNodes])];
    const nodes = known.map((address): [NodeAddress, VaultNode] => {
      const place = hostAndPort(address);
      const route: Route = {
        address,
        ...place,
        expectedName: profile.tls.serverName ?? place.host,
        proxy,
        secureContext,
        hasClientCertificate,
        clock,
        pinnedRoot: profile.pins?.rootFingerprint,
        expired: trusted
          .filter((one) => one.node === address)
          .map(({ leaf }) => ({ leaf, authorities }))[0],
      };
      const node = new VaultNode(route, {
        known,
        namespace: profile.namespace,
        // The pin is the secondary's. A primary under another CA may still be asked how it is.
        pinOnlyForSecrets: !profile.nodes.includes(address),
        timeoutMs: options.timeoutMs ?? 30_000,
        closed: closed.signal,
      });
      return [address, node];
    });
    return new Connection(new Map(nodes), closed);
  }

  /**
   * One node by its own address; the same object every time.
   * @throws Trouble `vault.address-refused` when the profile does not list it.
   */
  node(address: NodeAddress): VaultNode {
    const node = this.#nodes.get(address);
    if (node !== undefined) return node;
    throw new Trouble({
      code: 'vault.address-refused',
      known: `${address} is not an address of this cluster’s profile.`,
      safe: 'Nothing was connected to, and nothing was sent.',
      next: 'If you know that node, add its address to the profile.',
      facts: { address },
    });
  }

  /** Cuts off the calls under way and refuses later ones. */
  close(): void {
    this.#closed.abort('closed');
  }
}
