import type { AttemptKind, AttemptSlot } from './attempts.ts';
import type { Cluster, Member } from './cluster.ts';
import { isAuthenticated } from './bearer.ts';
import { doorOf, rekeyStatus, turnedAway, type Door } from './door.ts';
import { deleteOperationToken, notDrSecondary, promote } from './dr-operations.ts';
import { health } from './health.ts';
import { leaderStatus, sealStatus } from './node-status.ts';
import { isPolicyPath, capabilitiesSelf, policies } from './policy-api.ts';
import { raftConfiguration, raftSnapshot } from './raft-api.ts';
import { drStatus, performanceStatus, replicationStatus } from './replication.ts';
import { flat, logical, refuse, sealedReply, wrongMethod, type Reply } from './reply.ts';
import { isWrite, type PracticeRequest } from './request.ts';
import { demote, revokeSecondary, secondaryToken } from './primary-operations.ts';
import { lookupSelf, otherPath, renewSelf, revokeSelf } from './token-api.ts';
import { createToken, isCreatePath } from './token-create.ts';
import { isRolePath, tokenRoles } from './token-roles.ts';
import { unseal } from './unseal.ts';
import { updateDrPrimary, updatePerformancePrimary } from './update-primary.ts';
import { demandsToken } from './version.ts';

/** What one node of a cluster answers to one request. */
export async function answer(
  cluster: Cluster,
  member: Member,
  request: PracticeRequest,
): Promise<Reply> {
  const own = await answerForItself(cluster, member, request);
  if (own !== undefined) return own;
  const door = doorOf(request.path);
  if (!cluster.initialised && door !== undefined) {
    return refuse(400, 'server is not yet initialized');
  }
  if (cluster.isSealed(member)) return sealedReply();
  // A core that is being promoted answers for its status only.
  if (cluster.phase === 'still-secondary' && !request.path.endsWith('/status')) {
    return sealedReply();
  }
  const active = cluster.leader ?? member;
  // Whose configuration counts: the node's that was asked, or the active one's that does the work.
  const keeper = cluster.world.switches.doorDecidedBy === 'node-asked' ? member : active;
  const turned = door === undefined ? undefined : turnedAway(cluster, keeper, request, door);
  if (turned !== undefined && keeper === member) return turned;
  if (member !== cluster.leader) {
    const handedBack = answerAsStandby(cluster, request, door !== undefined);
    if (handedBack !== undefined) return handedBack;
  }
  return turned ?? answerAsActive(cluster, active, request, door);
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
  door: Door | undefined,
): Promise<Reply> {
  if (isRootOnly(request.path) && isNamespaced(request.namespace)) {
    return cluster.world.switches.namespacedRootPath === '404-unsupported-path'
      ? refuse(404, 'unsupported path')
      : refuse(400, 'operation unavailable in namespaces');
  }
  if (door === 'rekey') return rekeyStatus(cluster, request);
  if (door !== undefined) return answerAttempt(cluster, active.attempts, request, door);
  const secondary = cluster.mode === 'secondary';
  switch (request.path) {
    case 'sys/storage/raft/configuration':
      return raftConfiguration(cluster, request);
    case 'sys/replication/status':
      return request.method === 'GET' ? replicationStatus(cluster) : unsupported();
    case 'sys/replication/dr/status':
      return request.method === 'GET' ? drStatus(cluster) : unsupported();
    case 'sys/replication/performance/status':
      return request.method === 'GET' ? performanceStatus(cluster) : unsupported();
    case 'sys/replication/dr/secondary/promote':
      return secondary ? promote(cluster, request) : notDrSecondary(cluster);
    case 'sys/replication/dr/secondary/update-primary':
      return secondary ? updateDrPrimary(cluster, request) : notDrSecondary(cluster);
    case 'sys/replication/dr/secondary/operation-token/delete':
      return secondary || cluster.promotion !== undefined
        ? deleteOperationToken(cluster, request)
        : notDrSecondary(cluster);
  }
  if (secondary) return refuse(400, 'path disabled in replication DR secondary mode');
  return answerAsPrimary(cluster, request);
}

/** The ordinary paths of a primary: each admits the caller by token and policy. */
function answerAsPrimary(cluster: Cluster, request: PracticeRequest): Reply {
  const { path } = request;
  if (path === 'auth/token/lookup-self') return lookupSelf(cluster, request);
  if (path === 'auth/token/renew-self') return renewSelf(cluster, request);
  if (path === 'auth/token/revoke-self') return revokeSelf(cluster, request);
  if (path === 'sys/capabilities-self') return capabilitiesSelf(cluster, request);
  if (path === 'sys/storage/raft/snapshot') return raftSnapshot(cluster, request);
  if (path.startsWith('sys/replication/')) return answerReplication(cluster, request);
  if (isPolicyPath(path)) return policies(cluster, request);
  if (isRolePath(path)) return tokenRoles(cluster, request);
  if (isCreatePath(path)) return createToken(cluster, request);
  return otherPath(cluster, request);
}

function answerReplication(cluster: Cluster, request: PracticeRequest): Reply {
  if (request.path === 'sys/replication/performance/secondary/update-primary') {
    return updatePerformancePrimary(cluster, request);
  }
  if (cluster.mode !== 'primary') return otherPath(cluster, request);
  switch (request.path) {
    case 'sys/replication/dr/primary/demote':
      return demote(cluster, request);
    case 'sys/replication/dr/primary/secondary-token':
      return secondaryToken(cluster, request, 'dr');
    case 'sys/replication/performance/primary/secondary-token':
      return secondaryToken(cluster, request, 'performance');
    case 'sys/replication/dr/primary/revoke-secondary':
      return revokeSecondary(cluster, request);
    default:
      return otherPath(cluster, request);
  }
}

async function answerAttempt(
  cluster: Cluster,
  slot: AttemptSlot,
  request: PracticeRequest,
  door: 'generate-root' | 'generate-operation-token',
): Promise<Reply> {
  const { world } = cluster;
  const reply = await callAttempt(slot, request, door === 'generate-root' ? 'root' : 'dr');
  const wrapped =
    demandsToken(cluster.version) &&
    world.switches.authenticatedShape === 'data' &&
    isAuthenticated(cluster, request);
  return wrapped && reply.status === 200 ? logical(reply.json ?? null) : reply;
}

async function callAttempt(
  slot: AttemptSlot,
  request: PracticeRequest,
  kind: AttemptKind,
): Promise<Reply> {
  // Vault reads a share from a call of any method (V`http/sys_generate_root.go`; OpenBao does so too).
  if (!request.path.endsWith('/attempt')) return slot.update(kind, request.body);
  if (isWrite(request.method)) return slot.start(kind, request.body);
  if (request.method === 'GET') return slot.status();
  if (request.method === 'DELETE') return slot.cancel();
  return wrongMethod();
}

const isRootOnly = (path: string): boolean =>
  path.startsWith('sys/replication/') || path.startsWith('sys/generate-root/');

const isNamespaced = (namespace: string): boolean =>
  !['', '/', 'root', 'root/'].includes(namespace);

const unsupported = (): Reply => refuse(405, '1 error occurred:\n\t* unsupported operation\n\n');
