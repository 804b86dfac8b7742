import { createHash } from 'node:crypto';
import type { NodeAddress } from '../../shared/ids.ts';
import type { Cluster } from './cluster.ts';
import { logical, type Reply } from './reply.ts';

const heartbeatMs = 4_000;
const never = '-62135596800';

/** `sys/replication/status`: both kinds of replication (§3.5). */
export const replicationStatus = (cluster: Cluster): Reply =>
  logical({ dr: drSection(cluster), performance: { mode: 'disabled' } });

/** `sys/replication/dr/status`: the DR section directly in `data`. */
export const drStatus = (cluster: Cluster): Reply => logical(drSection(cluster));

export const performanceStatus = (): Reply => logical({ mode: 'disabled' });

/** The address nodes would replicate on. Nothing listens there. */
export const clusterAddress = (address: NodeAddress): string => {
  const { hostname, port } = new URL(address);
  return `https://${hostname}:${Number(port) + 1}`;
};

const drSection = (cluster: Cluster): Readonly<Record<string, unknown>> => ({
  mode: cluster.mode,
  cluster_id: cluster.world.clusterId,
  corrupted_merkle_tree: false,
  last_corruption_check_epoch: never,
  last_reindex_epoch: never,
  merkle_root: merkleRoot(cluster),
  ssct_generation_counter: 0,
  ...(cluster.mode === 'primary' ? primarySection(cluster) : secondarySection(cluster)),
});

function primarySection(cluster: Cluster): Readonly<Record<string, unknown>> {
  const secondary = cluster.kind === 'primary' ? cluster.peer : undefined;
  const attached = secondary?.promotion === undefined ? secondary : undefined;
  return {
    state: 'running',
    last_wal: cluster.wal,
    last_dr_wal: cluster.wal,
    primary_cluster_addr: cluster.promotion?.primaryClusterAddress ?? '',
    known_secondaries: attached === undefined ? [] : [cluster.world.secondaryId],
    secondaries:
      attached === undefined
        ? []
        : attached.members
            .filter((member) => member === attached.leader)
            .map((member) => ({
              node_id: cluster.world.secondaryId,
              ...neighbour(cluster, member.address, true),
            })),
  };
}

function secondarySection(cluster: Cluster): Readonly<Record<string, unknown>> {
  const { world, peer } = cluster;
  const connected = cluster.isConnected;
  const promoting = cluster.promotion !== undefined;
  const primaryAddresses = peer?.members.map((member) => clusterAddress(member.address)) ?? [];
  const lost = promoting ? 'idle' : world.switches.stateWithoutPrimary;
  return {
    state: connected ? cluster.lag.state : lost,
    connection_state: connected ? 'ready' : promoting ? 'shutdown' : 'transient_failure',
    known_primary_cluster_addrs: primaryAddresses,
    primary_cluster_addr: primaryAddresses[0] ?? '',
    primaries: peer?.members.map((member) => neighbour(cluster, member.address, connected)) ?? [],
    last_remote_wal: cluster.wal,
    last_start: cluster.startedAt.toISOString(),
    secondary_id: world.secondaryId,
  };
}

const neighbour = (
  cluster: Cluster,
  address: NodeAddress,
  connected: boolean,
): Readonly<Record<string, unknown>> => ({
  api_address: address,
  cluster_address: clusterAddress(address),
  connection_status: connected ? 'connected' : 'disconnected',
  last_heartbeat: new Date(cluster.now().getTime() - heartbeatMs).toISOString(),
  last_heartbeat_duration_ms: '0',
  clock_skew_ms: '0',
  replication_primary_canary_age_ms: '400',
});

/** Equal on both sides while the secondary is in step. */
const merkleRoot = (cluster: Cluster): string =>
  createHash('sha1').update(`${cluster.world.clusterId}/${cluster.wal}`).digest('hex');
