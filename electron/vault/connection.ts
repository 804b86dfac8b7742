import { Trouble } from '../../shared/problem.ts';
import type { ExpiredLeaf } from '../../shared/ceremony/findings.ts';
import type { Digest, NodeAddress } from '../../shared/ids.ts';
import type { Profile, TlsSettings } from '../../shared/profile.ts';
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
  'nodes' | 'primaryNodes' | 'namespace' | 'proxy' | 'tls' | 'primaryTls' | 'others' | 'pins'
>;

export interface ConnectionOptions {
  /** In place of the profile's files: the practice clusters make theirs in memory. */
  readonly clientCertificate?: ClientCertificate;
  /** For each call, from the name look-up to the last byte. Milliseconds; 30,000 unless told. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  /** Expired leaves that two people trust for one ceremony: each for one node, for its dates only. */
  readonly trusted?: readonly { readonly node: NodeAddress; readonly leaf: Digest }[];
  /** Told of each call: the expired certificate it was refused for, or that the certificate was accepted. */
  readonly onCertificate?: (node: NodeAddress, expired: ExpiredLeaf | undefined) => void;
}

/** The way to one site's nodes, and to no other host. Holds no open socket between calls. */
export class Connection {
  readonly #nodes: ReadonlyMap<NodeAddress, VaultNode>;
  readonly #closed: AbortController;

  private constructor(nodes: ReadonlyMap<NodeAddress, VaultNode>, closed: AbortController) {
    this.#nodes = nodes;
    this.#closed = closed;
  }

  /**
   * Reads the profile's CA, client certificate and key, and checks them. Connects to nothing yet.
   * What cannot be used of another cluster's TLS settings closes that cluster's nodes only: each of
   * their calls says why, and the DR secondary is reached all the same.
   * @throws Trouble `profile.invalid`, naming what of the DR secondary's cannot be used and why.
   */
  static async open(
    profile: ConnectionProfile,
    options: ConnectionOptions = {},
  ): Promise<Connection> {
    const { clientCertificate } = options;
    const own: Trust = {
      tls: profile.tls,
      context: await secureContextOf(profile.tls, clientCertificate),
    };
    const proxy = profile.proxy === undefined ? undefined : proxyAddress(profile.proxy);
    const clock = new ClockWitness(options.now ?? (() => new Date()));
    const closed = new AbortController();
    const trusts = new Map<NodeAddress, Trust>();
    for (const { nodes, tls } of clustersOf(profile)) {
      const trust = tls === undefined ? own : await trustElsewhere(tls, clientCertificate);
      // An address that is listed twice is the DR secondary's first: that is the strictest.
      for (const address of nodes) if (!trusts.has(address)) trusts.set(address, trust);
    }
    const known = [...trusts.keys()];
    const expired = await expiredLeaves(options.trusted ?? [], trusts);
    const nodes = [...trusts].map(([address, { tls, context }]): [NodeAddress, VaultNode] => {
      const place = hostAndPort(address);
      const route: Route = {
        address,
        ...place,
        expectedName: tls.serverName ?? place.host,
        proxy,
        secureContext: context,
        hasClientCertificate: clientCertificate !== undefined || tls.clientCertFile !== undefined,
        clock,
        // A cluster with a CA of its own is held to that one: the pin is of the secondary's.
        pinnedRoot: tls !== own.tls && tls.caPem ? undefined : profile.pins?.rootFingerprint,
        expired: expired.get(address),
      };
      const node = new VaultNode(route, {
        known,
        namespace: profile.namespace,
        // The pin is the secondary's. Another cluster under another CA may still be asked how it is.
        pinOnlyForSecrets: !profile.nodes.includes(address),
        timeoutMs: options.timeoutMs ?? 30_000,
        closed: closed.signal,
        onCertificate: options.onCertificate,
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

/** Each leaf with the authorities that must still stand behind it: those of its own cluster. */
async function expiredLeaves(
  trusted: readonly { readonly node: NodeAddress; readonly leaf: Digest }[],
  trusts: ReadonlyMap<NodeAddress, Trust>,
): Promise<ReadonlyMap<NodeAddress, NonNullable<Route['expired']>>> {
  const leaves = new Map<NodeAddress, NonNullable<Route['expired']>>();
  for (const { node, leaf } of trusted) {
    const trust = trusts.get(node);
    if (trust) leaves.set(node, { leaf, authorities: await authoritiesOf(trust.tls) });
  }
  return leaves;
}

/** How the nodes of one cluster must show themselves, and how we show ourselves to them. */
interface Trust {
  readonly tls: TlsSettings;
  readonly context: Route['secureContext'];
}

const clustersOf = (
  profile: ConnectionProfile,
): readonly { nodes: readonly NodeAddress[]; tls?: TlsSettings | undefined }[] => [
  { nodes: profile.nodes },
  { nodes: profile.primaryNodes, tls: profile.primaryTls },
  ...(profile.others ?? []),
];

async function trustElsewhere(
  tls: TlsSettings,
  given: ClientCertificate | undefined,
): Promise<Trust> {
  try {
    return { tls, context: await secureContextOf(tls, given) };
  } catch (thrown) {
    if (thrown instanceof Trouble) return { tls, context: thrown };
    throw thrown;
  }
}
