import type { Cluster, Member } from './cluster.ts';
import { clusterAddress } from './replication.ts';
import { flat, sealedReply, type Reply } from './reply.ts';

/** `GET sys/seal-status`: works in every state. `t`, `n` and `progress` concern unsealing (§3.2). */
export function sealStatus(cluster: Cluster, member: Member): Reply {
  const { version } = cluster;
  const { keys, seal } = cluster.world;
  const sealed = cluster.isSealed(member);
  return flat({
    type: seal === 'shamir' ? 'shamir' : 'awskms',
    initialized: cluster.initialised,
    sealed,
    t: cluster.initialised ? keys.threshold : 0,
    n: cluster.initialised ? keys.shares.length : 0,
    progress: member.unsealParts.length,
    nonce: member.unsealNonce,
    version: `${version.text}+ent`,
    build_date: '2026-03-11T12:08:04Z',
    migration: false,
    ...(sealed ? {} : { cluster_name: cluster.name, cluster_id: cluster.ownId }),
    recovery_seal: seal === 'auto-unseal',
    storage_type: 'raft',
    removed_from_cluster: false,
  });
}

/** `GET sys/leader`: a sealed node cannot say (§3.3). */
export function leaderStatus(cluster: Cluster, member: Member): Reply {
  if (cluster.isSealed(member)) return sealedReply();
  const { leader } = cluster;
  const isSelf = leader === member;
  return flat({
    ha_enabled: true,
    is_self: isSelf,
    active_time: isSelf ? cluster.startedAt.toISOString() : '0001-01-01T00:00:00Z',
    leader_address: leader?.address ?? '',
    leader_cluster_address: leader === undefined ? '' : clusterAddress(leader.address),
    performance_standby: false,
    performance_standby_last_remote_wal: 0,
    ...(isSelf ? { last_wal: cluster.wal } : {}),
    raft_committed_index: 9120,
    raft_applied_index: 9120,
  });
}
