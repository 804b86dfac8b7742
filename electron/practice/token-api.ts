import { admit } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import { logical, noContent, refuse, withAuth, wrongMethod, type Reply } from './reply.ts';
import { isWrite, type PracticeRequest } from './request.ts';
import type { Terms } from './token-store.ts';

/** `GET auth/token/lookup-self` on a primary. */
export function lookupSelf(cluster: Cluster, request: PracticeRequest): Reply {
  if (request.method !== 'GET' && !isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'read');
  if (!admitted.ok) return admitted.reply;
  const { bearer } = admitted;
  const terms = 'terms' in bearer ? bearer.terms : undefined;
  return logical({
    accessor: '',
    creation_time: Math.floor(bearer.since.getTime() / 1000),
    creation_ttl: terms?.creationTtl ?? 0,
    display_name: terms?.displayName ?? bearer.kind,
    entity_id: '',
    expire_time: terms?.expiresAt.toISOString() ?? null,
    explicit_max_ttl: 0,
    id: request.token,
    meta: null,
    num_uses: 0,
    orphan: terms === undefined || terms.parent === undefined,
    path: terms?.path ?? 'auth/token/root',
    policies: terms?.policies ?? ['root'],
    ttl: terms === undefined ? 0 : secondsLeft(cluster, terms),
    type: bearer.kind === 'batch' ? 'batch' : 'service',
    ...(terms === undefined
      ? {}
      : {
          issue_time: bearer.since.toISOString(),
          renewable: terms.renewable,
          ...(terms.role === undefined ? {} : { role: terms.role }),
        }),
  });
}

/** `PUT auth/token/renew-self` on a primary: only what was made renewable. */
export function renewSelf(cluster: Cluster, request: PracticeRequest): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  const { token } = request;
  const admitted = admit(cluster, token, request.path, 'update');
  if (!admitted.ok) return admitted.reply;
  const { bearer } = admitted;
  if (bearer.kind === 'batch') return refuse(400, 'batch tokens cannot be renewed');
  if (!('terms' in bearer) || !bearer.terms.renewable) return refuse(400, 'lease is not renewable');
  const { terms } = bearer;
  const expiresAt = new Date(cluster.now().getTime() + terms.creationTtl * 1000);
  cluster.write(({ tokens }) => tokens.add(token, { ...bearer, terms: { ...terms, expiresAt } }));
  return withAuth(
    { client_token: token, lease_duration: terms.creationTtl, renewable: true },
    null,
  );
}

/** `PUT auth/token/revoke-self` on a primary. */
export function revokeSelf(cluster: Cluster, request: PracticeRequest): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'update');
  if (!admitted.ok) return admitted.reply;
  if (admitted.bearer.kind === 'batch') return refuse(400, 'batch tokens cannot be revoked');
  cluster.revoke(request.token);
  return noContent;
}

/** Every other path of a primary: nothing is mounted here but what a failover needs. */
export function otherPath(cluster: Cluster, request: PracticeRequest): Reply {
  const admitted = admit(cluster, request.token, request.path);
  return admitted.ok
    ? refuse(404, `no handler for route "${request.path}". route entry not found.`)
    : admitted.reply;
}

const secondsLeft = (cluster: Cluster, terms: Terms): number =>
  Math.max(0, Math.floor((terms.expiresAt.getTime() - cluster.now().getTime()) / 1000));
