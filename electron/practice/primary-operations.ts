import { randomBytes } from 'node:crypto';
import type { ReplicationKind } from './activations.ts';
import { admit } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import { readDuration } from './duration.ts';
import { performanceMode } from './performance.ts';
import { logical, noContent, refuse, wrongMethod, type Reply } from './reply.ts';
import { isWrite, readBody, type PracticeRequest } from './request.ts';

const halfAnHour = 1_800;

/** `PUT …/dr/primary/demote`: becomes a secondary of nobody, and keeps its data and its id (§4.2). */
export function demote(cluster: Cluster, request: PracticeRequest): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'update');
  if (!admitted.ok) return admitted.reply;
  cluster.demote();
  const warning =
    'This cluster is being demoted to a replication secondary. Vault will be unavailable for a brief period and will resume service shortly.';
  return { ...logical(null, [warning]), lastWords: true };
}

/** `PUT …/primary/secondary-token`: an activation token for one secondary, good once, 30 minutes by default (§4.2). */
export function secondaryToken(
  cluster: Cluster,
  request: PracticeRequest,
  kind: ReplicationKind,
): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'update', 'sudo');
  if (!admitted.ok) return admitted.reply;
  if (kind === 'performance' && performanceMode(cluster) !== 'primary') {
    return refuse(400, 'Not a performance primary.');
  }
  const body = readBody(request.body);
  if (body.kind === 'malformed') return body.reply;
  const given = body.kind === 'fields' ? body.fields : new Map<string, unknown>();
  const id = given.get('id');
  if (typeof id !== 'string' || id === '') return refuse(400, 'missing id');
  if (cluster.knownSecondaries.has(id)) {
    return refuse(400, `a secondary with the id "${id}" is already known`);
  }
  const ttl = given.has('ttl') ? readDuration(given.get('ttl')) : halfAnHour;
  if (ttl === undefined) return refuse(400, 'error parsing ttl');
  const token = cluster.world.activations.issue({
    kind,
    primary: cluster,
    secondaryId: id,
    expiresAt: new Date(cluster.now().getTime() + ttl * 1000),
  });
  cluster.write(() => cluster.knownSecondaries.add(id));
  if (typeof given.get('secondary_public_key') === 'string') return logical({ token });
  const reply = logical(null);
  const wrapInfo = {
    token,
    accessor: randomBytes(12).toString('hex'),
    ttl,
    creation_time: cluster.now().toISOString(),
    creation_path: request.path,
  };
  return { ...reply, json: { ...reply.json, wrap_info: wrapInfo } };
}

/** `PUT …/dr/primary/revoke-secondary`: that secondary is no longer fed. */
export function revokeSecondary(cluster: Cluster, request: PracticeRequest): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'update');
  if (!admitted.ok) return admitted.reply;
  const body = readBody(request.body);
  const id = body.kind === 'fields' ? body.fields.get('id') : undefined;
  if (typeof id !== 'string' || id === '') return refuse(400, 'missing id');
  cluster.write(() => cluster.knownSecondaries.delete(id));
  return cluster.world.switches.revokeSecondaryStatus === 204 ? noContent : logical(null);
}
