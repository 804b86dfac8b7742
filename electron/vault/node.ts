import type { z } from 'zod';
import { expiredLeafOf, type ExpiredLeaf } from '../../shared/ceremony/findings.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { problemOf } from '../../shared/problem.ts';
import { bodyForVault, headersOf, secretsOf, type VaultCall } from './call.ts';
import { failure, type Asked } from './failure.ts';
import { askThroughNodeVault } from './node-vault.ts';
import type { PeerInfo } from './peer.ts';
import { fieldsOf, judge } from './reply.ts';
import type { Route } from './route.ts';
import { redactor } from './sanitise.ts';
import { notVault } from './refusal.ts';
import { send, type Message, type Sink, type WireReply } from './transport.ts';

interface Circumstances {
  /** Every address of the profile: told apart from strangers when a node points elsewhere. */
  readonly known: readonly NodeAddress[];
  readonly namespace: string | undefined;
  readonly pinOnlyForSecrets: boolean;
  readonly timeoutMs: number;
  readonly closed: AbortSignal;
  readonly onCertificate:
    ((node: NodeAddress, expired: ExpiredLeaf | undefined) => void) | undefined;
}

/** One node of a cluster, asked at its own address only. */
export class VaultNode {
  readonly address: NodeAddress;
  readonly #route: Route;
  readonly #circumstances: Circumstances;
  #lastPeer: PeerInfo | undefined;
  #lastServerDate: Date | undefined;

  constructor(route: Route, circumstances: Circumstances) {
    this.address = route.address;
    this.#route = route;
    this.#circumstances = circumstances;
  }

  /** What the node's certificate said when it last answered. */
  lastPeer(): PeerInfo | undefined {
    return this.#lastPeer;
  }

  /** The `Date` of the node's last answer, by its own clock. */
  lastServerDate(): Date | undefined {
    return this.#lastServerDate;
  }

  /**
   * Makes one call, once, and reads the reply's fields by `schema`. Fields inside `data` and beside
   * it are handed over as one flat object: Vault does both, by version.
   * @throws VaultFailure for everything that can go wrong.
   */
  async ask<T>(call: VaultCall, schema: z.ZodType<T>): Promise<{ status: number; value: T }> {
    const asked: Asked = { address: this.address, changes: call.method !== 'GET' };
    const { known, namespace, timeoutMs } = this.#circumstances;
    const redact = redactor(secretsOf(call));
    const route = this.#routeFor(call);
    const headers = headersOf(call, namespace, asked);

    const { status, body } = await askThroughNodeVault(this.address, call, async (wanted) => {
      if (wanted.uri !== `${this.address}/v1/${call.path}`) throw strayed(asked);
      const message = {
        method: wanted.method,
        target: wanted.uri.slice(this.address.length),
        headers,
        body: bodyForVault(wanted.fields, asked),
      };
      const reply = await this.#send(route, asked, message, { timeoutMs });
      this.#lastPeer = reply.peer;
      this.#lastServerDate = reply.date;
      if (reply.date !== undefined) route.clock.note(reply.date);
      return judge(asked, call, reply, known, redact);
    });

    const parsed = schema.safeParse(fieldsOf(body));
    if (parsed.success) return { status, value: parsed.data };
    const fields = new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the body'));
    throw notVault(asked, `unexpected or missing: ${[...fields].slice(0, 8).join(', ')}`, status);
  }

  /**
   * Reads a body that is not JSON and may be large, piece by piece, within `timeoutMs`. Past
   * node-vault, which holds a whole reply in memory and knows JSON only.
   * @throws VaultFailure, also where the body ended early; what the sink throws counts as that.
   */
  async download(call: VaultCall, sink: Sink, timeoutMs: number): Promise<void> {
    const asked: Asked = { address: this.address, changes: false };
    const { known, namespace } = this.#circumstances;
    const { method, path } = call;
    const headers = headersOf(call, namespace, asked);
    const message = { method, target: `/v1/${path}`, headers, body: undefined };
    const reply = await this.#send(this.#routeFor(call), asked, message, { timeoutMs, sink });
    if (reply.status === 200) return;
    judge(asked, call, reply, known, redactor(secretsOf(call)));
    throw notVault(asked, `HTTP ${reply.status} in place of the file`, reply.status);
  }

  /** One message, and word of the certificate that it met. */
  async #send(
    route: Route,
    asked: Asked,
    message: Message,
    limits: { timeoutMs: number; sink?: Sink },
  ): Promise<WireReply> {
    const { closed, onCertificate } = this.#circumstances;
    try {
      const reply = await send(route, asked, message, { ...limits, closed });
      onCertificate?.(this.address, undefined);
      return reply;
    } catch (thrown) {
      const expired = expiredLeafOf(this.address, problemOf(thrown));
      if (expired) onCertificate?.(this.address, expired);
      throw thrown;
    }
  }

  /** The pin holds wherever a secret goes. */
  #routeFor(call: VaultCall): Route {
    const withoutPin = this.#circumstances.pinOnlyForSecrets && secretsOf(call).length === 0;
    return withoutPin ? { ...this.#route, pinnedRoot: undefined } : this.#route;
  }
}

function strayed(asked: Asked) {
  return failure(
    asked,
    {
      code: 'vault.address-refused',
      known: `A call meant for ${asked.address} was about to go elsewhere.`,
      next: 'Leave this step and open it again. If it happens twice, finish by hand with the commands shown.',
    },
    { delivery: 'not-sent' },
  );
}
