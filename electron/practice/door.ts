import { isAuthenticated } from './bearer.ts';
import type { Cluster, Member } from './cluster.ts';
import { notDrSecondary } from './dr-operations.ts';
import { flat, permissionDenied, refuse, wrongMethod, type Reply } from './reply.ts';
import type { PracticeRequest } from './request.ts';
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
  const letIn = !demandsToken(cluster.version) || node.doors.has(door);
  if (!letIn && !isAuthenticated(cluster, request)) return permissionDenied();
  return gone ? notDrSecondary(cluster) : undefined;
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
