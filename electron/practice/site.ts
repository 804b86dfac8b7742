import type { NodeAddress } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { shareWord } from '../../shared/profile.ts';
import { Secret } from '../../shared/secret.ts';
import { Activations } from './activations.ts';
import type { Minted } from './attempts.ts';
import { buildStage } from './build-stage.ts';
import { Authority, type Identity } from './certificates.ts';
import { PracticeFaults } from './faults.ts';
import { Listener } from './listener.ts';
import { LoadBalancer } from './load-balancer.ts';
import { encryptText, readPgpKey } from './pgp.ts';
import { resolveOptions, type PracticeOptions } from './options.ts';
import { KeyMaterial } from './shares.ts';
import { clusterOf, serve, type RequestRecord, type Stage } from './stage.ts';
import { doors } from './door.ts';
import { TokenStore } from './token-store.ts';
import { mintToken } from './token.ts';
import { newClusterId, SiteClock, type World } from './world.ts';

export type { PracticeOptions } from './options.ts';
export type { PracticeFaults } from './faults.ts';
export { everySwitchSetting, switchAnswers, type PracticeSwitches } from './switches.ts';

const secondaryNodes = 3;

/** What a key holder finds in a practice envelope. */
export interface Envelope {
  /** 1-based. */
  readonly number: number;
  readonly of: number;
  readonly word: 'unseal key' | 'recovery key';
  readonly share: Secret<'share'>;
}

/**
 * A primary and its three-node DR secondary, inside this process: real TLS on loopback, real Shamir
 * shares, Vault's calls and its words. Nothing is written to disk; `stop()` leaves nothing behind.
 */
export class PracticeSite {
  readonly primary: NodeAddress;
  /** The DR secondary's nodes; the first one leads at the start. */
  readonly nodes: readonly NodeAddress[];
  /** Reaches a live node of the DR secondary: the address its clients would use. */
  readonly loadBalancer: NodeAddress;
  readonly caPem: string;
  readonly clientCertificate: Identity;
  /** In base64. */
  readonly shares: readonly Secret<'share'>[];
  /** Valid on the primary, on the promoted cluster, and from 2.0 on for an attempt's calls. */
  readonly rootToken: Secret<'vault-token'>;
  /** The performance secondary's one node, and a root token of its own; where the site has one. */
  readonly performance:
    { readonly node: NodeAddress; readonly rootToken: Secret<'vault-token'> } | undefined;
  readonly clusterId: string;
  readonly secondaryId: string;
  readonly faults: PracticeFaults;
  readonly #stage: Stage;
  readonly #balancer: LoadBalancer;

  private constructor(
    stage: Stage,
    balancer: LoadBalancer,
    client: Identity,
    primary: NodeAddress,
    rootToken: string,
    performanceToken: string,
  ) {
    this.#stage = stage;
    this.#balancer = balancer;
    this.primary = primary;
    this.nodes = stage.secondary.members.map((member) => member.address);
    this.loadBalancer = balancer.address;
    this.caPem = stage.authority.caPem;
    this.clientCertificate = client;
    this.shares = stage.world.keys.shares.map((share) => wrap(share));
    this.rootToken = Secret.of('vault-token', rootToken);
    const performance = stage.performance?.members[0]?.address;
    this.performance =
      performance === undefined
        ? undefined
        : { node: performance, rootToken: Secret.of('vault-token', performanceToken) };
    this.clusterId = stage.world.clusterId;
    this.secondaryId = stage.world.secondaryId;
    this.faults = new PracticeFaults(stage);
  }

  /** Throws `input.invalid` for impossible options and `practice.not-running` when no port opens. */
  static async start(options: PracticeOptions = {}): Promise<PracticeSite> {
    const resolved = resolveOptions(options);
    const { allowUnauthenticated, version, primaryVersion, performanceSecondary, ...settings } =
      resolved;
    const world: World = {
      ...settings,
      keys: await KeyMaterial.make(resolved.shares, resolved.threshold),
      clock: new SiteClock(),
      clusterId: newClusterId(),
      secondaryId: 'practice-dr',
      minted: [],
      batchTokens: new TokenStore(),
      clusters: [],
      activations: new Activations(),
      licence: { expiresAt: new Date('2027-12-31T00:00:00Z') },
    };
    const authority = await Authority.create();
    const identity = await authority.server('good');
    const opened: Listener[] = [];
    let stage: Stage | undefined;
    // Nobody can know the ports before `start` has returned, so no request comes before the stage stands.
    const open = async (): Promise<Listener> => {
      const listener = await Listener.open({
        identity,
        caPem: authority.caPem,
        serve: async (address, incoming, outgoing) => {
          if (stage === undefined) incoming.socket.destroy();
          else await serve(stage, address, incoming, outgoing);
        },
        refuses: (address) => stage === undefined || clusterOf(stage, address).phase === 'resets',
      });
      opened.push(listener);
      return listener;
    };
    try {
      const primary = await open();
      const nodes: Listener[] = [];
      while (nodes.length < secondaryNodes) nodes.push(await open());
      const performance = performanceSecondary ? await open() : undefined;
      const versions = { primary: primaryVersion, secondary: version };
      stage = buildStage(world, versions, authority, { primary, nodes, performance });
      const clusters = stage;
      const balancer = await LoadBalancer.open(() => {
        // It leads to the DR secondary, whose clients are to come; after a fail-back to the first primary.
        const isBack = clusters.primary.turn?.to === 'primary';
        const served = isBack ? clusters.primary : clusters.secondary;
        if (served.phase === 'resets') return [];
        return (isBack ? [primary] : nodes).filter((node) => node.isUp).map(({ port }) => port);
      });
      const rootToken = mintToken(primaryVersion, 'prefixed');
      stage.primary.keep(rootToken, 'root');
      const performanceToken = mintToken(primaryVersion, 'prefixed');
      stage.performance?.keep(performanceToken, 'root');
      if (allowUnauthenticated) {
        for (const { members } of world.clusters) {
          for (const member of members) member.doors = new Set(doors);
        }
      }
      return new PracticeSite(
        stage,
        balancer,
        await authority.client(),
        primary.address,
        rootToken,
        performanceToken,
      );
    } catch (error) {
      for (const listener of opened) await listener.down();
      throw error;
    }
  }

  /** What the site has handed out in this run: for the practice secrets a rehearsal prints, nothing else. */
  get minted(): readonly Minted[] {
    return this.#stage.world.minted;
  }

  /** What was asked of each node, oldest first. */
  get requests(): readonly RequestRecord[] {
    return this.#stage.requests;
  }

  /** A well-formed share that belongs to another cluster. */
  foreignShare(): Secret<'share'> {
    return wrap(this.#stage.world.keys.foreignShare());
  }

  /** Envelope `index` (0-based), as its holder would open it. Throws `input.invalid` beyond the last. */
  envelope(index: number): Envelope {
    const share = this.shares[index];
    if (share === undefined) {
      throw new Trouble({
        code: 'input.invalid',
        known: `There are ${this.shares.length} practice envelopes.`,
        safe: 'Nothing was opened.',
        next: 'Choose one of them.',
      });
    }
    const word = shareWord(this.#stage.world.seal);
    return { number: index + 1, of: this.shares.length, word, share };
  }

  /**
   * The same share as `vault operator init -pgp-keys` hands it out: base64 of the binary message.
   *
   * @param publicKey base64 of the holder's binary public key.
   * @throws Trouble `input.invalid` beyond the last envelope, `pgp.key-unfit` for a key that cannot encrypt.
   */
  async encryptedEnvelope(index: number, publicKey: string): Promise<string> {
    const { share } = this.envelope(index);
    const read = await readPgpKey(publicKey);
    const hex = Buffer.from(share.expose(), 'base64').toString('hex');
    const message = read.ok ? await encryptText(hex, read.key) : undefined;
    if (message !== undefined) return message;
    throw new Trouble({
      code: 'pgp.key-unfit',
      known: 'The practice share cannot be encrypted to this key.',
      safe: 'No envelope was made.',
      next: 'Give a public key that can encrypt, of the holder whose envelope it is.',
    });
  }

  /** Closes every port and connection. Harmless when called twice. */
  async stop(): Promise<void> {
    await this.#balancer.close();
    for (const listener of this.#stage.listeners) await listener.down();
  }
}

const wrap = (share: Buffer): Secret<'share'> => Secret.of('share', share.toString('base64'));
