import type { Cluster } from './cluster.ts';
import { logical, noContent, refuse, wrongMethod, type Reply } from './reply.ts';
import { isWrite, type PracticeRequest } from './request.ts';
import type { TokenKind } from './token.ts';

/** `GET auth/token/lookup-self` on a primary. */
export function lookupSelf(cluster: Cluster, request: PracticeRequest): Reply {
  if (request.method !== 'GET' && !isWrite(request.method)) return wrongMethod();
  const kind = usableKind(cluster, request.token);
  if (kind === undefined) return badToken();
  const since = cluster.tokens.since(request.token) ?? cluster.startedAt;
  return logical({
    accessor: '',
    creation_time: Math.floor(since.getTime() / 1000),
    creation_ttl: 0,
    display_name: kind,
    entity_id: '',
    expire_time: null,
    explicit_max_ttl: 0,
    id: request.token,
    meta: null,
    num_uses: 0,
    orphan: true,
    path: 'auth/token/root',
    policies: ['root'],
    ttl: 0,
    type: 'service',
  });
}

/** `PUT auth/token/revoke-self` on a primary. */
export function revokeSelf(cluster: Cluster, request: PracticeRequest): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  if (usableKind(cluster, request.token) === undefined) return badToken();
  cluster.tokens.revoke(request.token);
  return noContent;
}

/** Every other path of a primary: nothing is mounted here but what a failover needs. */
export const otherPath = (cluster: Cluster, request: PracticeRequest): Reply =>
  usableKind(cluster, request.token) === undefined
    ? badToken()
    : refuse(404, `no handler for route "${request.path}". route entry not found.`);

/** The kind of a token that ordinary paths accept; a DR operation token only where the switch says so. */
function usableKind(cluster: Cluster, token: string): TokenKind | undefined {
  const kind = cluster.tokens.kindOf(token);
  if (kind !== 'dr-operation') return kind;
  return cluster.world.switches.revokeSelfAfterPromotion === 'works' ? kind : undefined;
}

const badToken = (): Reply =>
  refuse(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
