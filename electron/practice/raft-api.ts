import { gzipSync } from 'node:zlib';
import { admit } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import { authorise } from './dr-operations.ts';
import { clusterAddress } from './replication.ts';
import { logical, refuse, wrongMethod, type Reply } from './reply.ts';
import type { PracticeRequest } from './request.ts';

/**
 * `sys/storage/raft/configuration`: a GET with a token on a primary; on a DR secondary a write with
 * `dr_operation_token` in the body, and no GET (§3.6).
 */
export function raftConfiguration(cluster: Cluster, request: PracticeRequest): Reply {
  if (cluster.mode !== 'secondary') {
    if (request.method !== 'GET') return wrongMethod();
    const admitted = admit(cluster, request.token, request.path, 'read');
    return admitted.ok ? configuration(cluster) : admitted.reply;
  }
  if (request.method === 'GET') {
    return refuse(400, 'path disabled in replication DR secondary mode');
  }
  const authorised = authorise(cluster, request);
  return authorised.ok ? configuration(cluster) : authorised.reply;
}

/** `GET sys/storage/raft/snapshot` on a primary: bytes, not JSON; a few of them here. */
export function raftSnapshot(cluster: Cluster, request: PracticeRequest): Reply {
  if (request.method !== 'GET') return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'read');
  if (!admitted.ok) return admitted.reply;
  const content = { cluster: cluster.name, cluster_id: cluster.ownId, last_wal: cluster.wal };
  return {
    status: 200,
    bytes: gzipSync(JSON.stringify(content)),
    headers: { 'Content-Type': 'application/gzip' },
  };
}

const configuration = (cluster: Cluster): Reply =>
  logical({
    config: {
      index: 0,
      servers: cluster.members.map((member, at) => ({
        address: new URL(clusterAddress(member.address)).host,
        leader: member === cluster.leader,
        node_id: `${cluster.name}-${at + 1}`,
        protocol_version: '3',
        voter: true,
      })),
    },
  });
