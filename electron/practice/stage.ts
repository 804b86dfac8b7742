import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { NodeAddress } from '../../shared/ids.ts';
import type { Authority } from './certificates.ts';
import type { Cluster } from './cluster.ts';
import { deliver, deliverHuge, deliverPage, readRequest } from './exchange.ts';
import type { Listener } from './listener.ts';
import { refuse, type Reply } from './reply.ts';
import { kindOf, type PracticeRequest } from './request.ts';
import { answer } from './routes.ts';
import type { WireFault, WireFaults } from './wire-faults.ts';
import type { World } from './world.ts';

/** One line of what the site was asked; never a body, a header or a query. */
export interface RequestRecord {
  readonly at: string;
  readonly node: NodeAddress;
  readonly method: string;
  readonly path: string;
  readonly status: number | 'dropped';
}

/** The moving parts of a site, as its requests and its faults see them. */
export interface Stage {
  readonly world: World;
  readonly authority: Authority;
  readonly primary: Cluster;
  readonly secondary: Cluster;
  readonly performance: Cluster | undefined;
  readonly listeners: readonly Listener[];
  readonly wire: WireFaults;
  readonly requests: RequestRecord[];
}

export const listenerOf = (stage: Stage, address: NodeAddress): Listener | undefined =>
  stage.listeners.find((listener) => listener.address === address);

export const clustersOf = (stage: Stage): readonly Cluster[] => [
  stage.primary,
  stage.secondary,
  ...(stage.performance === undefined ? [] : [stage.performance]),
];

export const clusterOf = (stage: Stage, address: NodeAddress): Cluster =>
  clustersOf(stage).find((cluster) => cluster.member(address) !== undefined) ?? stage.secondary;

/** One exchange on a node's port, from the first byte to the last, and its line in `requests`. */
export async function serve(
  stage: Stage,
  address: NodeAddress,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // The caller may hang up while an answer is being written.
  outgoing.on('error', () => undefined);
  const read = await readRequest(incoming);
  if (read.kind === 'aborted') return;
  if (read.kind === 'too-large') {
    await deliver(outgoing, refuse(413, 'http: request body too large'), new Date(), undefined);
    incoming.destroy();
    return;
  }
  const { request } = read;
  const record = (status: number | 'dropped'): void => {
    const { method, path } = request;
    stage.requests.push({ at: new Date().toISOString(), node: address, method, path, status });
  };
  const drop = (): void => {
    record('dropped');
    incoming.socket.destroy();
  };

  // Without a reference: a long latency must not keep a stopped site's process alive.
  if (stage.wire.latencyMs > 0) await delay(stage.wire.latencyMs, undefined, { ref: false });
  const fault = stage.wire.take(kindOf(request.method, request.path), address);
  const cluster = clusterOf(stage, address);
  const isGone = (): boolean => cluster.phase === 'resets';
  if (fault?.kind === 'drop-before' || isGone()) return drop();
  if (fault?.kind === 'not-vault') {
    record(fault.status);
    return deliverPage(outgoing, fault.status);
  }
  if (fault?.kind === 'huge') {
    record(200);
    return deliverHuge(outgoing, fault.bytes);
  }
  const reply = instead(fault, request) ?? (await answerOf(cluster, address, request));
  const cutOff = isGone() && reply.lastWords !== true;
  if (fault?.kind === 'drop-after' || cutOff || outgoing.destroyed) return drop();
  record(reply.status);
  await deliver(outgoing, reply, cluster.clockOf(cluster.member(address)), fault);
}

async function answerOf(
  cluster: Cluster,
  address: NodeAddress,
  request: PracticeRequest,
): Promise<Reply> {
  const member = cluster.member(address);
  if (member === undefined || request.path.startsWith('/')) return refuse(404);
  return answer(cluster, member, request);
}

/** A reply that comes in place of the node's own; the node has not seen the request. */
function instead(fault: WireFault | undefined, request: PracticeRequest): Reply | undefined {
  switch (fault?.kind) {
    case 'redirect': {
      const location = new URL(`/v1/${request.path}`, fault.to).href;
      return { status: 307, headers: { location } };
    }
    case 'rate-limit':
      return {
        ...refuse(429, `request path "${request.path}": rate limit quota exceeded`),
        headers: { 'Retry-After': '1' },
      };
    default:
      return undefined;
  }
}
