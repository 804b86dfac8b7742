import { randomUUID } from 'node:crypto';
import type { Cluster, Member } from './cluster.ts';
import { sealStatus } from './node-status.ts';
import { refuse, wrongMethod, type Reply } from './reply.ts';
import { isWrite, readBody, type PracticeRequest } from './request.ts';
import { combine, decodeShare, longestShare, shortestShare } from './shares.ts';

/** `PUT sys/unseal`: node by node, with the same rules for a share as an attempt (§8, last list). */
export async function unseal(
  cluster: Cluster,
  member: Member,
  request: PracticeRequest,
): Promise<Reply> {
  if (!isWrite(request.method)) return wrongMethod();
  const body = readBody(request.body);
  if (body.kind === 'empty') return refuse(400, 'failed to parse JSON input: EOF');
  if (body.kind === 'malformed') return body.reply;
  if (!cluster.initialised) return refuse(400, 'server is not yet initialized');
  const key = body.fields.get('key');
  if (body.fields.get('reset') === true) {
    member.unsealParts = [];
    member.unsealNonce = '';
    return sealStatus(cluster, member);
  }
  if (typeof key !== 'string' || key === '') {
    return refuse(400, "'key' must be specified in request body as JSON, or 'reset' set to true");
  }
  if (!member.sealed) return sealStatus(cluster, member);
  const decoded = decodeShare(key);
  if (!decoded.ok) return refuse(400, decoded.error);
  if (decoded.share.length < shortestShare) {
    return refuse(400, `invalid key: key is shorter than minimum ${shortestShare} bytes`);
  }
  if (decoded.share.length > longestShare) {
    return refuse(400, `invalid key: key is longer than maximum ${longestShare} bytes`);
  }
  if (!member.unsealParts.some((part) => part.equals(decoded.share))) {
    member.unsealParts = [...member.unsealParts, decoded.share];
  }
  if (member.unsealNonce === '') member.unsealNonce = randomUUID();
  if (member.unsealParts.length < cluster.world.keys.threshold) return sealStatus(cluster, member);
  return finish(cluster, member);
}

/** Recovery keys open nothing: only the key service unseals such a node (§1.6). */
async function finish(cluster: Cluster, member: Member): Promise<Reply> {
  const parts = member.unsealParts;
  member.unsealParts = [];
  member.unsealNonce = '';
  const combined = await combine(parts);
  if (!combined.ok) return refuse(400, `failed to compute root key: ${combined.error}`);
  const { keys, seal } = cluster.world;
  if (seal === 'auto-unseal' || !keys.isRootKey(combined.key)) {
    return refuse(
      400,
      'unable to retrieve stored keys: invalid key: failed to decrypt keys from storage: cipher: message authentication failed',
    );
  }
  cluster.unseal(member);
  return sealStatus(cluster, member);
}
