import type { ReplicationKind } from './activations.ts';
import { Attachment } from './attachment.ts';
import { admit } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import { authorise } from './dr-operations.ts';
import { performanceMode } from './performance.ts';
import { clusterAddress } from './replication.ts';
import { logical, refuse, wrongMethod, type Reply } from './reply.ts';
import { isWrite, readBody, textsOf, type PracticeRequest } from './request.ts';
import { isNewer } from './version.ts';

/** `PUT …/dr/secondary/update-primary`: whom a DR secondary follows from now on (§4.1). */
export function updateDrPrimary(cluster: Cluster, request: PracticeRequest): Reply {
  const authorised = authorise(cluster, request);
  if (!authorised.ok) return authorised.reply;
  return reattach(cluster, authorised.fields, 'dr');
}

/** `PUT …/performance/secondary/update-primary`, with a token of the performance secondary itself. */
export function updatePerformancePrimary(cluster: Cluster, request: PracticeRequest): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'update');
  if (!admitted.ok) return admitted.reply;
  if (performanceMode(cluster) !== 'secondary') return refuse(400, 'Not a performance secondary.');
  const body = readBody(request.body);
  if (body.kind === 'malformed') return body.reply;
  return reattach(cluster, body.kind === 'fields' ? body.fields : new Map(), 'performance');
}

/** An activation token, or the addresses of the primary's nodes; neither: it follows nobody. */
function reattach(
  cluster: Cluster,
  fields: ReadonlyMap<string, unknown>,
  kind: ReplicationKind,
): Reply {
  const token = fields.get('token');
  const addresses = textsOf(fields.get('update_primary_addrs'));
  if (typeof token === 'string' && token !== '') {
    if (addresses.length > 0) {
      return refuse(400, 'only one of token and update_primary_addrs may be given');
    }
    return byToken(cluster, token, kind);
  }
  if (addresses.length > 0) return byAddresses(cluster, addresses);
  cluster.attachTo(undefined);
  return accepted;
}

function byToken(cluster: Cluster, token: string, kind: ReplicationKind): Reply {
  const { world } = cluster;
  const activation = world.activations.take(token, kind, cluster.now());
  if (activation === undefined) {
    return refuse(400, 'error unwrapping the secondary activation token: invalid token');
  }
  const { primary, secondaryId } = activation;
  if (world.switches.olderSecondary === 'refused' && isNewer(primary.version, cluster.version)) {
    return refuse(400, 'the primary runs a newer version of Vault than this secondary');
  }
  cluster.attachTo(new Attachment(primary, secondaryId, world.outageMs));
  return accepted;
}

/** Keeps the id it was known by; only a tie that was there before can be moved so (§4.1). */
function byAddresses(cluster: Cluster, addresses: readonly string[]): Reply {
  const { world, attachment } = cluster;
  if (cluster.freshlyDemoted) {
    return refuse(400, 'update_primary_addrs cannot be used on a demoted cluster; use token');
  }
  const id = attachment?.secondaryId ?? world.secondaryId;
  const primary = world.clusters.find(
    (other) =>
      other !== cluster &&
      other.members.some(({ address }) => addresses.includes(hostOf(clusterAddress(address)))),
  );
  // The promoted cluster knows the ids of its predecessor: they came with its data.
  if (primary?.mode === 'primary') primary.knownSecondaries.add(id);
  cluster.attachTo(new Attachment(primary, id, world.outageMs));
  return accepted;
}

const hostOf = (address: string): string => new URL(address).host;

const accepted: Reply = logical(null, [
  'Vault has successfully updated its primary. Replication will resume shortly.',
]);
