import { drBearerOf, isAuthenticated } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import type { TokenEntry } from './token-store.ts';
import { logical, noContent, permissionDenied, refuse, wrongMethod, type Reply } from './reply.ts';
import { isWrite, readBody, type PracticeRequest } from './request.ts';
import { demandsToken } from './version.ts';

/** `PUT …/dr/secondary/promote` on the active node of a DR secondary (§4.1). */
export function promote(cluster: Cluster, request: PracticeRequest): Reply {
  const authorised = authorise(cluster, request);
  if (!authorised.ok) return authorised.reply;
  const { fields } = authorised;
  const force = fields.get('force') === true || fields.get('force') === 'true';
  const refusal = force ? undefined : catchingUp(cluster);
  if (refusal !== undefined) return refuse(503, refusal);
  const address = fields.get('primary_cluster_addr');
  cluster.promote(typeof address === 'string' ? address : '');
  return { ...promoteReply(cluster), lastWords: true };
}

/** `PUT …/dr/secondary/operation-token/delete`: a DR operation token has no other end (§4.1). */
export function deleteOperationToken(cluster: Cluster, request: PracticeRequest): Reply {
  const { switches } = cluster.world;
  if (cluster.mode === 'primary' && cluster.promotion !== undefined) {
    if (switches.deleteTokenAfterPromotion === 'unsupported-path') {
      return refuse(404, 'unsupported path');
    }
    if (switches.deleteTokenAfterPromotion === 'not-a-dr-secondary') {
      return notDrSecondary(cluster);
    }
  }
  const asksForToken = demandsToken(cluster.version) && switches.deleteNeedsVaultToken;
  if (asksForToken && !isAuthenticated(cluster, request)) return permissionDenied();
  const authorised = authorise(cluster, request);
  if (!authorised.ok) return authorised.reply;
  const { kind } = authorised.bearer;
  if (kind === 'batch') return refuse(400, 'batch tokens cannot be revoked');
  if (kind !== 'dr-operation') return permissionDenied(switches.badDrTokenStatus);
  cluster.revoke(authorised.token);
  return switches.deleteTokenStatus === 204 ? noContent : logical(null);
}

export const notDrSecondary = (cluster: Cluster): Reply =>
  refuse(cluster.world.switches.notDrSecondaryStatus, 'Not a DR secondary.');

type Authorised =
  | {
      readonly ok: true;
      readonly fields: ReadonlyMap<string, unknown>;
      readonly token: string;
      readonly bearer: TokenEntry;
    }
  | { readonly ok: false; readonly reply: Reply };

/** `dr_operation_token` in the body is the credential; the header is not looked at (§4.1). */
export function authorise(cluster: Cluster, request: PracticeRequest): Authorised {
  if (!isWrite(request.method)) return { ok: false, reply: wrongMethod() };
  const body = readBody(request.body);
  if (body.kind === 'malformed') return { ok: false, reply: body.reply };
  const fields = body.kind === 'fields' ? body.fields : new Map<string, unknown>();
  const token = fields.get('dr_operation_token');
  if (typeof token !== 'string' || token === '') {
    return { ok: false, reply: refuse(400, 'DR operation token was not provided') };
  }
  const bearer = drBearerOf(cluster, token, request.path);
  if (bearer === undefined) {
    return { ok: false, reply: permissionDenied(cluster.world.switches.badDrTokenStatus) };
  }
  return { ok: true, fields, token, bearer };
}

/** The text of a refusal to promote before replication has caught up, if it is refused. */
function catchingUp(cluster: Cluster): string | undefined {
  if (cluster.refusals.left > 0) {
    cluster.refusals = { ...cluster.refusals, left: cluster.refusals.left - 1 };
    return cluster.refusals.text;
  }
  return cluster.state === 'merkle-sync' ? cluster.world.switches.catchingUpText : undefined;
}

const brief = 'Vault will be unavailable for a brief period and will resume service shortly.';

function promoteReply(cluster: Cluster): Reply {
  switch (cluster.world.switches.promoteReply) {
    case '200-warnings':
      return logical(null, [`This cluster is being promoted to a replication primary. ${brief}`]);
    case '200-other-warning':
      return logical(null, [`This cluster has begun its promotion to primary. ${brief}`]);
    case '200-stale-sample':
      return {
        status: 200,
        json: { progress: 0, required: 1, complete: false, ...logical(null).json },
      };
    case '204':
      return noContent;
  }
}
