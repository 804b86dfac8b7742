import { allows, bearerOf } from './bearer.ts';
import type { Cluster, Member } from './cluster.ts';
import { notDrSecondary } from './dr-operations.ts';
import type { Capability } from './policy.ts';
import { flat, permissionDenied, refuse, wrongMethod, type Reply } from './reply.ts';
import { isWrite, type PracticeRequest } from './request.ts';
import { demandsToken } from './version.ts';

/** The names `enable_unauthenticated_access` knows in a server's configuration (§0.1). */
export const doors = ['generate-root', 'generate-operation-token', 'rekey'] as const;
export type Door = (typeof doors)[number];

const paths: Readonly<Record<string, Door>> = {
  'sys/generate-root/attempt': 'generate-root',
  'sys/generate-root/update': 'generate-root',
  'sys/replication/dr/secondary/generate-operation-token/attempt': 'generate-operation-token',
  'sys/replication/dr/secondary/generate-operation-token/update': 'generate-operation-token',
  'sys/rekey/init': 'rekey',
};

/** The family a path belongs to, if from 2.0 on it asks for a token beside the shares. */
export const doorOf = (path: string): Door | undefined => paths[path];

/** Why a node turns a call of such a family away, or undefined where it lets it in. */
export function turnedAway(
  cluster: Cluster,
  node: Member,
  request: PracticeRequest,
  door: Door,
): Reply | undefined {
  const gone = door === 'generate-operation-token' && cluster.mode !== 'secondary';
  const { drPathsOnPrimary } = cluster.world.switches;
  if (gone && drPathsOnPrimary === 'not-a-dr-secondary') return notDrSecondary(cluster);
  if (gone && drPathsOnPrimary === 'unsupported-path') return refuse(404, 'unsupported path');
  const letIn = !demandsToken(cluster.world.version) || node.doors.has(door);
  if (!letIn && !isAuthenticated(cluster, request)) return permissionDenied();
  return gone ? notDrSecondary(cluster) : undefined;
}

/** From 2.0 on: a root token, or an orphan batch token whose policy allows the call (§0.1, [U] the policy). */
export function isAuthenticated(cluster: Cluster, request: PracticeRequest): boolean {
  const bearer = bearerOf(cluster, request.token);
  if (bearer === undefined || bearer.kind === 'dr-operation') return false;
  if (cluster.mode === 'secondary' && bearer.kind === 'service') return false;
  if ('terms' in bearer && bearer.terms.parent !== undefined) return false;
  return allows(cluster, bearer, request.path, capabilityFor(cluster, request.method));
}

function capabilityFor(cluster: Cluster, method: string): Capability {
  if (isWrite(method)) return cluster.world.switches.attemptWriteNeeds;
  return method === 'DELETE' ? 'delete' : 'read';
}

/** `GET sys/rekey/init`: nothing is rekeyed here; the path answers to be probed. */
export const rekeyStatus = (cluster: Cluster, request: PracticeRequest): Reply =>
  request.method === 'GET'
    ? flat({
        nonce: '',
        started: false,
        t: 0,
        n: 0,
        progress: 0,
        required: cluster.world.keys.threshold,
        pgp_fingerprints: null,
        backup: false,
        verification_required: false,
      })
    : wrongMethod();
