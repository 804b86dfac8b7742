import type { AttemptKind, AttemptSlot } from './attempts.ts';
import type { Cluster, Member } from './cluster.ts';
import { deleteOperationToken, notDrSecondary, promote } from './dr-operations.ts';
import { health } from './health.ts';
import { leaderStatus, sealStatus } from './node-status.ts';
import { drStatus, performanceStatus, replicationStatus } from './replication.ts';
import {
  flat,
  logical,
  permissionDenied,
  refuse,
  sealedReply,
  wrongMethod,
  type Reply,
} from './reply.ts';
import { isWrite, type PracticeRequest } from './request.ts';
import { lookupSelf, otherPath, revokeSelf } from './token-api.ts';
import { unseal } from './unseal.ts';
import { demandsToken } from './version.ts';

/** What one node of a cluster answers to one request. */
export async function answer(
  cluster: Cluster,
  member: Member,
  request: PracticeRequest,
): Promise<Reply> {
  const own = await answerForItself(cluster, member, request);
  if (own !== undefined) return own;
  const family = attemptFamily(request.path);
  if (!cluster.initialised && family !== undefined) {
    return refuse(400, 'server is not yet initialized');
  }
  if (cluster.isSealed(member)) return sealedReply();
  // A core that is being promoted answers for its status only.
  if (cluster.phase === 'still-secondary' && !request.path.endsWith('/status')) {
    return sealedReply();
  }
  if (member !== cluster.leader) {
    const handedBack = answerAsStandby(cluster, request, family !== undefined);
    if (handedBack !== undefined) return handedBack;
  }
  const active = cluster.leader ?? member;
  return answerAsActive(cluster, active, request, family);
}

/** Calls that every node answers itself, whatever its state and role. */
async function answerForItself(
  cluster: Cluster,
  member: Member,
  request: PracticeRequest,
): Promise<Reply | undefined> {
  switch (request.path) {
    case 'sys/health':
      return health(cluster, member, request);
    case 'sys/seal-status':
      return request.method === 'GET' ? sealStatus(cluster, member) : wrongMethod();
    case 'sys/leader':
      return request.method === 'GET' ? leaderStatus(cluster, member) : wrongMethod();
    case 'sys/init':
      return request.method === 'GET' ? flat({ initialized: cluster.initialised }) : wrongMethod();
    case 'sys/unseal':
      return unseal(cluster, member, request);
    default:
      return undefined;
  }
}

/** A standby hands a call on (undefined), sends the caller to the active node, or refuses (§1.4). */
function answerAsStandby(
  cluster: Cluster,
  request: PracticeRequest,
  isAttempt: boolean,
): Reply | undefined {
  const { leader } = cluster;
  if (leader === undefined) {
    return refuse(500, 'local node not active but active cluster node not found');
  }
  const habit = cluster.standbyFault ?? cluster.world.switches.standbyAnswer;
  if (habit === 'refuse' && isAttempt) {
    return refuse(isWrite(request.method) ? 400 : 500, 'Vault is in standby mode');
  }
  if (habit === 'forward' && request.forwardable) return undefined;
  const query = request.query.toString();
  const location = `${leader.address}/v1/${request.path}${query === '' ? '' : `?${query}`}`;
  return { status: 307, headers: { location } };
}

async function answerAsActive(
  cluster: Cluster,
  active: Member,
  request: PracticeRequest,
  family: AttemptFamily | undefined,
): Promise<Reply> {
  if (isRootOnly(request.path) && isNamespaced(request.namespace)) {
    return cluster.world.switches.namespacedRootPath === '404-unsupported-path'
      ? refuse(404, 'unsupported path')
      : refuse(400, 'operation unavailable in namespaces');
  }
  if (family !== undefined) return answerAttempt(cluster, active.attempts, request, family);
  const secondary = cluster.mode === 'secondary';
  switch (request.path) {
    case 'sys/replication/status':
      return request.method === 'GET' ? replicationStatus(cluster) : unsupported();
    case 'sys/replication/dr/status':
      return request.method === 'GET' ? drStatus(cluster) : unsupported();
    case 'sys/replication/performance/status':
      return request.method === 'GET' ? performanceStatus() : unsupported();
    case 'sys/replication/dr/secondary/promote':
      return secondary ? promote(cluster, request) : notDrSecondary(cluster);
    case 'sys/replication/dr/secondary/operation-token/delete':
      return secondary || cluster.promotion !== undefined
        ? deleteOperationToken(cluster, request)
        : notDrSecondary(cluster);
  }
  if (secondary) return refuse(400, 'path disabled in replication DR secondary mode');
  if (request.path === 'auth/token/lookup-self') return lookupSelf(cluster, request);
  if (request.path === 'auth/token/revoke-self') return revokeSelf(cluster, request);
  return otherPath(cluster, request);
}

interface AttemptFamily {
  readonly kind: AttemptKind;
  readonly call: 'attempt' | 'update';
}

const families: Readonly<Record<string, AttemptFamily>> = {
  'sys/generate-root/attempt': { kind: 'root', call: 'attempt' },
  'sys/generate-root/update': { kind: 'root', call: 'update' },
  'sys/replication/dr/secondary/generate-operation-token/attempt': { kind: 'dr', call: 'attempt' },
  'sys/replication/dr/secondary/generate-operation-token/update': { kind: 'dr', call: 'update' },
};

const attemptFamily = (path: string): AttemptFamily | undefined =>
  Object.hasOwn(families, path) ? families[path] : undefined;

/** From 2.0 on a token is asked for first; its reply then may come inside `data` (§1.3). */
async function answerAttempt(
  cluster: Cluster,
  slot: AttemptSlot,
  request: PracticeRequest,
  family: AttemptFamily,
): Promise<Reply> {
  const { world } = cluster;
  if (family.kind === 'dr' && cluster.mode !== 'secondary') return notDrSecondary(cluster);
  const authenticated = cluster.tokens.kindOf(request.token) === 'root';
  if (demandsToken(world.version) && !authenticated && !world.allowUnauthenticated) {
    return permissionDenied();
  }
  const reply = await callAttempt(slot, request, family);
  const wrapped =
    demandsToken(world.version) && authenticated && world.switches.authenticatedShape === 'data';
  return wrapped && reply.status === 200 ? logical(reply.json ?? null) : reply;
}

async function callAttempt(
  slot: AttemptSlot,
  request: PracticeRequest,
  { kind, call }: AttemptFamily,
): Promise<Reply> {
  if (isWrite(request.method)) {
    return call === 'attempt' ? slot.start(kind, request.body) : slot.update(kind, request.body);
  }
  if (call === 'attempt' && request.method === 'GET') return slot.status();
  if (call === 'attempt' && request.method === 'DELETE') return slot.cancel();
  return wrongMethod();
}

const isRootOnly = (path: string): boolean =>
  path.startsWith('sys/replication/') || path.startsWith('sys/generate-root/');

const isNamespaced = (namespace: string): boolean =>
  !['', '/', 'root', 'root/'].includes(namespace);

const unsupported = (): Reply => refuse(405, '1 error occurred:\n\t* unsupported operation\n\n');
