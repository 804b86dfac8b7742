import { createHash } from 'node:crypto';
import type { NodeAddress } from '../../shared/ids.ts';
import type { Cluster, Member } from './cluster.ts';
import { performanceSection } from './performance.ts';
import { logical, type Reply } from './reply.ts';

const heartbeatMs = 4_000;
const never = '-62135596800';

/** `sys/replication/status`: both kinds of replication (§3.5). */
export const replicationStatus = (cluster: Cluster): Reply =>
  logical({ dr: drSection(cluster), performance: performanceSection(cluster) });

/** `sys/replication/dr/status`: the DR section directly in `data`. */
export const drStatus = (cluster: Cluster): Reply => logical(drSection(cluster));

export const performanceStatus = (cluster: Cluster): Reply => logical(performanceSection(cluster));

/** The address nodes would replicate on. Nothing listens there. */
export const clusterAddress = (address: NodeAddress): string => {
  const { hostname, port } = new URL(address);
  return `https://${hostname}:${Number(port) + 1}`;
};

const drSection = (cluster: Cluster): Readonly<Record<string, unknown>> => {
  const { mode } = cluster;
  switch (mode) {
    case 'disabled':
      return { mode };
    case 'primary':
      return { mode, ...common(cluster), ...primarySection(cluster) };
    case 'secondary':
      return { mode, ...common(cluster), ...secondarySection(cluster) };
  }
};

/** What both sides show, in either kind of replication. */
export const common = (cluster: Cluster): Readonly<Record<string, unknown>> => ({
  cluster_id: cluster.world.clusterId,
  corrupted_merkle_tree: false,
  last_corruption_check_epoch: never,
  last_reindex_epoch: never,
  // Equal on both sides while the secondary is in step.
  merkle_root: createHash('sha1').update(`${cluster.world.clusterId}/${cluster.wal}`).digest('hex'),
  ssct_generation_counter: 0,
});

const primarySection = (cluster: Cluster): Readonly<Record<string, unknown>> => ({
  state: 'running',
  last_wal: cluster.wal,
  last_dr_wal: cluster.wal,
  primary_cluster_addr: cluster.promotion?.primaryClusterAddress ?? '',
  known_secondaries: [...cluster.knownSecondaries],
  secondaries: cluster.followers.map((follower) => ({
    node_id: follower.attachment?.secondaryId ?? '',
    ...neighbour(cluster, follower, follower.leader ?? follower.members[0], follower.isConnected),
  })),
});

function secondarySection(cluster: Cluster): Readonly<Record<string, unknown>> {
  const { attachment, isConnected } = cluster;
  const primary = attachment?.primary;
  const addresses = primary?.members.map((member) => clusterAddress(member.address)) ?? [];
  return {
    ...states(cluster),
    known_primary_cluster_addrs: addresses,
    primary_cluster_addr: addresses[0] ?? '',
    primaries:
      primary?.members.map((member) => neighbour(cluster, primary, member, isConnected)) ?? [],
    last_remote_wal: cluster.wal,
    last_start: (attachment?.since ?? cluster.startedAt).toISOString(),
    secondary_id: attachment?.secondaryId ?? '',
  };
}

/** `state` as Vault names it, and gRPC's name for the connection beneath. */
function states(cluster: Cluster): { readonly state: string; readonly connection_state: string } {
  const { state } = cluster;
  switch (state) {
    case 'idle':
      return { state, connection_state: 'shutdown' };
    case 'lost':
      return {
        state: cluster.world.switches.stateWithoutPrimary,
        connection_state: 'transient_failure',
      };
    case 'connecting':
      return { state, connection_state: 'connecting' };
    case 'merkle-sync':
    case 'stream-wals':
      return { state, connection_state: 'ready' };
  }
}

/** A node of another cluster as this one sees it. */
export function neighbour(
  cluster: Cluster,
  other: Cluster,
  member: Member | undefined,
  connected: boolean,
): Readonly<Record<string, unknown>> {
  const now = cluster.now().getTime();
  return {
    api_address: member?.address ?? '',
    cluster_address: member === undefined ? '' : clusterAddress(member.address),
    connection_status: connected ? 'connected' : 'disconnected',
    last_heartbeat: new Date(now - heartbeatMs).toISOString(),
    last_heartbeat_duration_ms: '0',
    clock_skew_ms: String(other.clockOf(member).getTime() - now),
    replication_primary_canary_age_ms: '400',
  };
}
